#include <chrono>     // steady_clock, milliseconds
#include <exception>  // exception
#include <iterator>   // size
#include <memory>     // unique_ptr
#include <string>     // string
#include <thread>     // jthread
#include <vector>     // vector

#include "contract_test.hpp"
#include "isolated.hpp"
#include "running_connection.hpp"
#include "session.hpp"

namespace feedmux::contract {

namespace {

using namespace std::chrono_literals;
using Tickers = std::vector<std::string>;

constexpr std::chrono::seconds kPatience{10};  // for what should happen, on a busy machine

std::unique_ptr<Connection> NewConnection(const Subject& subject, Source& source,
                                          ConnectionIndex index = 1) {
  const std::string number = std::to_string(index);
  auto connection = source.NewConnection({.index = index,
                                          .connection_id = "connection_" + number,
                                          .name = "name_" + number,
                                          .tickers = subject.arguments.tickers});
  Require(connection != nullptr, "NewConnection gave nothing");
  return connection;
}

void NamesDefaultTickers(const Subject& subject) {
  Session session{subject};
  for (const std::string& ticker : session.source().DefaultTickers()) {
    Require(!ticker.empty(), "a default ticker is empty");
  }
}

/// Calls it, and fails the test with its name if it throws.
template <typename Call>
auto Ask(const char* method, const Call& call) {
  try {
    return call();
  } catch (const std::exception& error) {
    Fail(std::string{method} + " threw: " + error.what());
  } catch (...) {
    Fail(std::string{method} + " threw something that is no std::exception");
  }
}

void TellsItsCalendarTapeAndPace(const Subject& subject) {
  Session session{subject};
  const Source& source = session.source();
  const auto calendar =
      static_cast<unsigned>(Ask("MarketCalendar", [&] { return source.MarketCalendar(); }));
  Require(calendar < kCalendarNames.size(),
          "MarketCalendar gave " + std::to_string(calendar) + ", which is no Calendar");
  Ask("SendsOneTape", [&] { return source.SendsOneTape(); });
  Ask("IsBusy", [&] { return source.IsBusy(); });
}

void SpellsEveryTicker(const Subject& subject) {
  Session session{subject};
  Tickers tickers = session.source().DefaultTickers();
  tickers.insert(tickers.end(), subject.arguments.tickers.begin(), subject.arguments.tickers.end());
  for (const char* ticker : {"*", "A", "-", "BRK.B", "EUR-USD", "EUR/USD", "X:BTC-USD", "tést",
                             "O:SPY251219C00650000"}) {
    tickers.emplace_back(ticker);
  }
  tickers.emplace_back(1000, 'A');
  for (const std::string& ticker : tickers) {
    const std::string spelled =
        Ask("TickSpelling", [&] { return session.source().TickSpelling(ticker); });
    Require(!spelled.empty(), "TickSpelling of '" + ticker + "' is empty");
    Require(spelled.find_first_of(" \t\r\n,") == std::string::npos,
            "TickSpelling of '" + ticker + "' is '" + spelled + "', which can be no symbol");
  }
}

void MakesConnectionsFromSeveralThreads(const Subject& subject) {
  Session session{subject};
  constexpr int kThreads = 4;
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 10; ++j) {
        NewConnection(subject, session.source(), static_cast<ConnectionIndex>(i + 1));
      }
    });
  }
}

void ConnectionsAreIndependent(const Subject& subject) {
  Session session{subject};
  auto first = NewConnection(subject, session.source(), 1);
  const auto second = NewConnection(subject, session.source(), 2);
  Require(first != second, "NewConnection gave the same connection twice");
  RunningConnection still_running{session.host(), *second, 2};
  {
    RunningConnection running{session.host(), *first, 1};
    running.publisher().WaitForConnected(200ms);
  }
  first.reset();
  if (!still_running.has_ended() && still_running.publisher().is_connected()) {
    const auto ticks = still_running.publisher().ticks();
    still_running.publisher().WaitForTicks(ticks + 1, 200ms);
    Require(!still_running.has_ended() || still_running.error().has_value(),
            "a connection ended because another one was stopped");
  }
}

void PublishesValidBatches(const Subject& subject) {
  Session session{subject};
  const auto connection = NewConnection(subject, session.source());
  RunningConnection running{session.host(), *connection, 1};
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < deadline && !running.has_ended()) {
    if (running.publisher().WaitForTicks(1000, 100ms)) return;
  }
  if (running.has_ended()) Skip("there is no feed at the address given");
  Require(running.publisher().is_connected(), "did not connect, and did not say so, in 10 s");
}

void ReturnsWhenStoppedBeforeRun(const Subject& subject) {
  Session session{subject};
  const auto connection = NewConnection(subject, session.source());
  std::stop_source stop;
  stop.request_stop();
  RunningConnection running{session.host(), *connection, 1, stop};
  running.StopInTime();
  Require(!running.error(), "threw instead of returning");
}

void ReturnsWhenStoppedRightAfterRun(const Subject& subject) {
  constexpr int kTimes = 20;
  Session session{subject};
  for (int i = 0; i < kTimes; ++i) {
    const auto connection = NewConnection(subject, session.source());
    RunningConnection{session.host(), *connection, 1};
  }
}

void ReturnsWhenStoppedWhileStreaming(const Subject& subject) {
  Session session{subject};
  const auto connection = NewConnection(subject, session.source());
  RunningConnection running{session.host(), *connection, 1};
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!running.publisher().WaitForConnected(10ms)) {
    if (running.has_ended()) Skip("there is no feed at the address given");
    Require(std::chrono::steady_clock::now() < deadline, "did not connect in 10 s");
  }
  running.StopInTime();
  Require(!running.error(), "threw instead of returning");
}

void RequireReturnWhenStopped(const Subject& subject, Peer::Manner manner) {
  Session session{subject, manner};
  const auto connection = NewConnection(subject, session.source());
  RunningConnection running{session.host(), *connection, 1};
  Require(session.peer().WaitForCaller(kPatience), "did not try to connect in 10 s");
  running.StopInTime();
  Require(!running.error(), "threw instead of returning");
}

void ReturnsWhenStoppedWhileConnecting(const Subject& subject) {
  RequireReturnWhenStopped(subject, Peer::Manner::Unreachable);
}

void ReturnsWhenStoppedWhilePeerIsSilent(const Subject& subject) {
  RequireReturnWhenStopped(subject, Peer::Manner::Silent);
}

FeedError RequireFeedError(const Subject& subject, Peer::Manner manner) {
  Session session{subject, manner};
  const auto connection = NewConnection(subject, session.source());
  RunningConnection running{session.host(), *connection, 1};
  Require(running.WaitForEnd(kPatience), "Run went on for 10 s");
  Require(running.error().has_value(), "Run returned instead of throwing a FeedError");
  Require(!running.publisher().is_connected(), "called Connected");
  session.RequireNoSecret(running.error()->what());
  return *running.error();
}

void ThrowsNetworkErrorWhenRefused(const Subject& subject) {
  const FeedError error = RequireFeedError(subject, Peer::Manner::Absent);
  Require(error.kind() == FeedErrorKind::Network,
          "threw a FeedError of kind " + std::string{Name(error.kind())} + ", not network");
}

void ThrowsFeedErrorWhenPeerHangsUp(const Subject& subject) {
  RequireFeedError(subject, Peer::Manner::HangsUp);
}

void ThrowsFeedErrorWhenPeerTalksNonsense(const Subject& subject) {
  RequireFeedError(subject, Peer::Manner::Nonsense);
}

// Calls Subscribe and Unsubscribe and fails the test if one takes long.
void SubscribeAtRandom(Connection& connection, int seed) {
  constexpr std::chrono::seconds kLongest{1};
  static const Tickers kVariants[] = {{"AAPL"}, {"MSFT", "NVDA", "MSFT"},           {},
                                      {""},     {"A\"B\\", std::string(1000, 'X')}, {"*"}};
  for (int i = 0; i < 30; ++i) {
    const Tickers& tickers = kVariants[(seed + i) % std::size(kVariants)];
    const auto before = std::chrono::steady_clock::now();
    if ((seed + i) % 2 == 0) {
      connection.Subscribe(tickers);
    } else {
      connection.Unsubscribe(tickers);
    }
    if (std::chrono::steady_clock::now() - before > kLongest) {
      Fail("Subscribe or Unsubscribe blocked for more than a second");
    }
  }
}

void SubscribeFromSeveralThreads(Connection& connection) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&connection, i] { SubscribeAtRandom(connection, i); });
  }
}

void SubscribesAtAnyTimeFromAnyThread(const Subject& subject) {
  const bool has_port = HasPort(subject);
  Session session = has_port ? Session{subject, Peer::Manner::Silent} : Session{subject};
  const auto connection = NewConnection(subject, session.source());
  SubscribeFromSeveralThreads(*connection);
  {
    RunningConnection running{session.host(), *connection, 1};
    if (has_port) {
      Require(session.peer().WaitForCaller(kPatience), "did not try to connect in 10 s");
    } else {
      running.publisher().WaitForConnected(1s);
    }
    SubscribeFromSeveralThreads(*connection);
  }
  SubscribeFromSeveralThreads(*connection);
}

void LetsAConnectionGoThatNeverRan(const Subject& subject) {
  Session session{subject};
  const auto connection = NewConnection(subject, session.source());
  connection->Subscribe(subject.arguments.tickers);
}

}  // namespace

std::vector<ContractTest> SourceTests() {
  constexpr auto kSource = PluginKind::Source;
  return {
      {"names_default_tickers", kSource, NamesDefaultTickers},
      {"tells_its_calendar_tape_and_pace", kSource, TellsItsCalendarTapeAndPace},
      {"spells_every_ticker", kSource, SpellsEveryTicker},
      {"makes_connections_from_several_threads", kSource, MakesConnectionsFromSeveralThreads},
      {"lets_a_connection_go_that_never_ran", kSource, LetsAConnectionGoThatNeverRan},
      {"connections_are_independent", kSource, ConnectionsAreIndependent},
      {"publishes_valid_batches", kSource, PublishesValidBatches},
      {"subscribes_at_any_time_from_any_thread", kSource, SubscribesAtAnyTimeFromAnyThread},
      {"returns_when_stopped_before_run", kSource, ReturnsWhenStoppedBeforeRun},
      {"returns_when_stopped_right_after_run", kSource, ReturnsWhenStoppedRightAfterRun},
      {"returns_when_stopped_while_streaming", kSource, ReturnsWhenStoppedWhileStreaming},
      {"returns_when_stopped_while_connecting", kSource, ReturnsWhenStoppedWhileConnecting},
      {"returns_when_stopped_while_peer_is_silent", kSource, ReturnsWhenStoppedWhilePeerIsSilent},
      {"throws_network_error_when_refused", kSource, ThrowsNetworkErrorWhenRefused},
      {"throws_feed_error_when_peer_hangs_up", kSource, ThrowsFeedErrorWhenPeerHangsUp},
      {"throws_feed_error_when_peer_talks_nonsense", kSource, ThrowsFeedErrorWhenPeerTalksNonsense},
  };
}

}  // namespace feedmux::contract
