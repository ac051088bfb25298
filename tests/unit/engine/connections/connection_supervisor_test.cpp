#include "connections/connection_supervisor.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

#include "eventually.hpp"
#include "feedmux/errors.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "support/captured_log.hpp"
#include "support/gate.hpp"
#include "support/queue_access.hpp"
#include "support/running_clock.hpp"
#include "support/scripted_source.hpp"

namespace feedmux {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using ::testing::ContainsRegex;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr ReconnectPolicy kAtOnceAgain{.first = milliseconds{1},
                                       .max = milliseconds{1},
                                       .healthy_after = hours{1},
                                       .auth_refused = seconds{100},
                                       .evicted = seconds{200}};
constexpr ReconnectPolicy kMuchLater{.first = hours{10'000}, .max = hours{10'000}};

[[noreturn]] void Lose(const std::string& why, FeedErrorKind kind = FeedErrorKind::Network) {
  throw FeedError(kind, why);
}

// The waits that the log announces, in seconds with one decimal.
std::vector<double> WaitsIn(const std::string& log) {
  static const std::regex kWait{"next attempt in ([0-9.]+) s"};
  std::vector<double> waits;
  for (std::sregex_iterator match{log.begin(), log.end(), kWait}, end; match != end; ++match) {
    waits.push_back(std::stod((*match)[1]));
  }
  return waits;
}

class ConnectionSupervisorTest : public ::testing::Test {
 protected:
  void Make(Source& source, const ReconnectPolicy& policy) {
    ManagedSource managed{"scripted", Routing::FirstAvailable, policy, {}, true};
    ManagedConnection connection;
    connection.index = 1;
    connection.connection_id = "connection_1";
    connection.name = "primary";
    connection.tickers = {"AAPL", "MSFT"};
    ConnectionSupervisor::Session session{{1, "connection_1", "primary", {}}, &source};
    supervisor_.emplace(std::vector{managed}, std::vector{connection}, std::vector{session}, bus_,
                        symbols_, clock_);
  }
  void Start(const ReconnectPolicy& policy = kAtOnceAgain) {
    Make(source_, policy);
    supervisor_->Start();
  }
  bool Ends() {
    supervisor_->RequestStop();
    return supervisor_->WaitUntil(InTenSeconds()).empty();
  }
  ConnectionHealth Read() const {
    Health health;
    health.connections.resize(1);
    supervisor_->Describe(health);
    return health.connections[0];
  }
  bool Reaches(ConnectionStatus status) {
    return Eventually([&] { return Read().status == status; });
  }

  CapturedLog log_;
  RunningClock clock_;
  testing::FakeSymbols symbols_;
  Bus bus_{1};
  SinkQueue& queue_ = bus_.AddSink({1000, kNoLimit, WhenFull::DropOldest}, {});
  SourceScript script_;
  ScriptedSource source_{script_};
  std::optional<ConnectionSupervisor> supervisor_;  // ends before what its sessions use
};

TEST_F(ConnectionSupervisorTest, IsDisconnectedBeforeItStarts) {
  Make(source_, kAtOnceAgain);
  EXPECT_EQ(Read().status, ConnectionStatus::Disconnected);
}

TEST_F(ConnectionSupervisorTest, HasEndedWhereItNeverStarted) {
  Make(source_, kAtOnceAgain);
  EXPECT_TRUE(Ends());
}

TEST_F(ConnectionSupervisorTest, GoesThroughTheStatusesOfASession) {
  Gate connect;
  Gate lose;
  script_.run = [&](Publisher& publisher, std::stop_token, const ConnectionSpec&, int) {
    connect.Pass();
    publisher.Connected();
    lose.Pass();
    Lose("reset by peer");
  };
  Start(kMuchLater);
  EXPECT_TRUE(Reaches(ConnectionStatus::Connecting));
  EXPECT_EQ(Read().connects, 0u);
  connect.Open();
  EXPECT_TRUE(Reaches(ConnectionStatus::Connected));
  EXPECT_EQ(Read().connects, 1u);
  EXPECT_EQ(Read().error_count, 0u);
  lose.Open();
  EXPECT_TRUE(Reaches(ConnectionStatus::Error));
  ASSERT_TRUE(Ends());
  EXPECT_EQ(Read().status, ConnectionStatus::Disconnected);
}

TEST_F(ConnectionSupervisorTest, RemembersWhatWentWrongAndWhen) {
  script_.run = [](Publisher&, std::stop_token, const ConnectionSpec&, int) { Lose("refused"); };
  Start(kMuchLater);
  ASSERT_TRUE(Eventually([&] { return Read().error_count == 1; }));
  EXPECT_EQ(Read().last_error, "refused");
  EXPECT_EQ(Read().last_error_ns, clock_.UtcNs());
}

TEST_F(ConnectionSupervisorTest, ASubscribeThatThrowsEndsTheSessionAndSaysSo) {
  script_.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int) {
    publisher.Connected();
    WaitForStop(stop);
  };
  script_.subscribe = [](const std::vector<std::string>&) { throw std::runtime_error("a bug"); };
  Start(kMuchLater);
  ASSERT_TRUE(Reaches(ConnectionStatus::Connected));
  supervisor_->Ask([](ConnectionManager& manager) { return manager.Subscribe({"NVDA"}, ""); });
  EXPECT_TRUE(Reaches(ConnectionStatus::Error));
  EXPECT_THAT(Read().last_error, HasSubstr("Subscribe threw an unexpected exception: a bug"));
}

TEST_F(ConnectionSupervisorTest, ASubscribeThatBlocksHoldsUpNobodyElse) {
  Gate gate;
  script_.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int) {
    publisher.Connected();
    WaitForStop(stop);
  };
  script_.subscribe = [&](const std::vector<std::string>&) { gate.Pass(); };
  Start(kMuchLater);
  ASSERT_TRUE(Reaches(ConnectionStatus::Connected));
  supervisor_->Ask([](ConnectionManager& manager) { return manager.Subscribe({"NVDA"}, ""); });
  ASSERT_TRUE(Eventually([&] { return supervisor_->CallOf(1) == "Subscribe"; }));
  EXPECT_EQ(Read().status, ConnectionStatus::Connected);
  supervisor_->RequestStop();
  EXPECT_FALSE(supervisor_->HasEnded(1, steady_clock::now() + milliseconds{20}));
  EXPECT_EQ(supervisor_->CallOf(1), "Subscribe");
  gate.Open();
  EXPECT_TRUE(Ends());
}

TEST_F(ConnectionSupervisorTest, WhatIsSubscribedComesInOrder) {
  std::mutex mutex;
  std::vector<std::string> subscribed;
  script_.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int) {
    publisher.Connected();
    WaitForStop(stop);
  };
  script_.subscribe = [&](const std::vector<std::string>& tickers) {
    const std::lock_guard lock{mutex};
    subscribed.push_back(tickers.front());
  };
  Start();
  ASSERT_TRUE(Reaches(ConnectionStatus::Connected));
  std::vector<std::string> asked;
  for (int i = 0; i < 50; ++i) {
    asked.push_back("T" + std::to_string(i));
    supervisor_->Ask([&](ConnectionManager& m) { return m.Subscribe({asked.back()}, ""); });
  }
  EXPECT_TRUE(Eventually([&] {
    const std::lock_guard lock{mutex};
    return subscribed.size() == asked.size();
  }));
  ASSERT_TRUE(Ends());
  EXPECT_EQ(subscribed, asked);
}

TEST_F(ConnectionSupervisorTest, GivesEverySessionItsNameAndTickers) {
  ConnectionSpec seen;
  script_.run = [&](Publisher&, std::stop_token stop, const ConnectionSpec& spec, int) {
    seen = spec;
    WaitForStop(stop);
  };
  Start();
  ASSERT_TRUE(Eventually([&] { return script_.Sessions() == 1; }));
  ASSERT_TRUE(Ends());
  EXPECT_EQ(seen.connection_id, "connection_1");
  EXPECT_EQ(seen.name, "primary");
  EXPECT_THAT(seen.tickers, ElementsAre("AAPL", "MSFT"));
}

TEST_F(ConnectionSupervisorTest, ConnectsAgainAndAgain) {
  script_.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int session) {
    publisher.Connected();
    PublishTrades(publisher, 1);
    if (session < 4) Lose("reset by peer");
    WaitForStop(stop);
  };
  Start();
  ASSERT_TRUE(Eventually([&] { return Read().connects == 5; }));
  EXPECT_EQ(Read().error_count, 4u);
  ASSERT_TRUE(Ends());
  EXPECT_EQ(bus_.Read().published - bus_.Read().gap_ticks, 5u);
  EXPECT_EQ(bus_.Read().Imbalance(), 0);
}

TEST_F(ConnectionSupervisorTest, TakesASessionThatReturnsForALostOne) {
  script_.run = [](Publisher&, std::stop_token, const ConnectionSpec&, int) {};
  Start(kMuchLater);
  ASSERT_TRUE(Reaches(ConnectionStatus::Error));
  EXPECT_TRUE(Eventually([&] { return Read().error_count == 1; }));
  EXPECT_THAT(Read().last_error, HasSubstr("ended without a reason"));
}

TEST_F(ConnectionSupervisorTest, SurvivesAnyException) {
  script_.run = [](Publisher&, std::stop_token stop, const ConnectionSpec&, int session) {
    if (session == 0) throw std::runtime_error("a bug");
    if (session == 1) throw 42;
    WaitForStop(stop);
  };
  Start();
  ASSERT_TRUE(Eventually([&] { return script_.Sessions() == 3; }));
  EXPECT_EQ(Read().error_count, 2u);
  ASSERT_TRUE(Ends());
  EXPECT_THAT(log_.Text(), HasSubstr("unexpected exception: a bug"));
}

TEST_F(ConnectionSupervisorTest, SurvivesASourceThatCannotMakeAConnection) {
  script_.make = [](int session) {
    if (session < 2) throw std::runtime_error("no more handles");
  };
  script_.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int) {
    publisher.Connected();
    WaitForStop(stop);
  };
  Start();
  EXPECT_TRUE(Reaches(ConnectionStatus::Connected));
  EXPECT_EQ(Read().error_count, 2u);
}

TEST_F(ConnectionSupervisorTest, SurvivesASourceThatMakesNothing) {
  class EmptySource final : public Source {
   public:
    std::unique_ptr<Connection> NewConnection(const ConnectionSpec&) override { return nullptr; }
  };
  EmptySource source;
  Make(source, kMuchLater);
  supervisor_->Start();
  EXPECT_TRUE(Eventually([&] { return Read().error_count == 1; }));
  EXPECT_THAT(Read().last_error, HasSubstr("made no connection"));
  EXPECT_TRUE(Ends());
}

TEST_F(ConnectionSupervisorTest, CountsAnErrorThatTheSessionSurvives) {
  script_.run = [&](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int) {
    publisher.Connected();
    publisher.ReportError("no answer to 3 subscriptions");
    WaitForStop(stop);
  };
  Start();
  ASSERT_TRUE(Eventually([&] { return Read().error_count == 1; }));
  EXPECT_EQ(Read().status, ConnectionStatus::Connected);
  EXPECT_EQ(Read().last_error, "no answer to 3 subscriptions");
  EXPECT_EQ(script_.Sessions(), 1);
  ASSERT_TRUE(Ends());
  EXPECT_THAT(log_.Text(), HasSubstr("no answer to 3 subscriptions"));
}

TEST_F(ConnectionSupervisorTest, DropsAHalfFilledBatchWithItsSession) {
  script_.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int session) {
    Batch& batch = publisher.NewBatch();
    if (session == 0) {
      batch.Add(Kind::Trade);
      batch.events = 1;
      Lose("reset by peer");
    }
    publisher.Publish(batch);
    WaitForStop(stop);
  };
  Start();
  ASSERT_TRUE(Eventually([&] { return bus_.Read().connections[0].frames == 1; }));
  EXPECT_EQ(bus_.Read().connections[0].ticks, 0u);
  EXPECT_EQ(bus_.Read().Imbalance(), 0);
}

TEST_F(ConnectionSupervisorTest, StopsDuringASessionWithoutAnError) {
  script_.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int) {
    publisher.Connected();
    WaitForStop(stop);
    Lose("closed because of the stop");
  };
  Start();
  ASSERT_TRUE(Reaches(ConnectionStatus::Connected));
  ASSERT_TRUE(Ends());
  EXPECT_EQ(Read().status, ConnectionStatus::Disconnected);
  EXPECT_EQ(Read().error_count, 0u);
  EXPECT_THAT(log_.Text(), Not(HasSubstr("closed because")));
}

TEST_F(ConnectionSupervisorTest, StopsDuringAWait) {
  script_.run = [](Publisher&, std::stop_token, const ConnectionSpec&, int) { Lose("refused"); };
  Start(kMuchLater);
  ASSERT_TRUE(Reaches(ConnectionStatus::Error));
  EXPECT_TRUE(Ends());
  EXPECT_EQ(script_.Sessions(), 1);
}

TEST_F(ConnectionSupervisorTest, SaysThatAStuckSessionDidNotComeBack) {
  Gate gate;
  script_.run = [&](Publisher&, std::stop_token, const ConnectionSpec&, int) { gate.Pass(); };
  Start();
  ASSERT_TRUE(Eventually([&] { return script_.Sessions() == 1; }));
  supervisor_->RequestStop();
  EXPECT_FALSE(supervisor_->HasEnded(1, steady_clock::now() + milliseconds{20}));
  gate.Open();
  EXPECT_TRUE(Ends());
}

TEST_F(ConnectionSupervisorTest, EndsWithItsOwnLife) {
  script_.run = [](Publisher&, std::stop_token stop, const ConnectionSpec&, int) {
    WaitForStop(stop);
  };
  Start();
  supervisor_.reset();
}

TEST_F(ConnectionSupervisorTest, WhatIsHeldBackPassesWhenItStops) {
  Bus bus{2};
  std::atomic<int> connected{0};
  Gate moving;
  std::atomic<bool> brought{false};
  script_.run = [&](Publisher& publisher, std::stop_token stop, const ConnectionSpec& spec, int) {
    publisher.Connected();
    publisher.Subscribed(spec.tickers);
    ++connected;
    if (spec.index == 2) {
      moving.Pass();
      PublishTrades(publisher, 3, symbols_.Intern("AAPL"));
      brought = true;
    }
    WaitForStop(stop);
  };
  std::vector<ManagedConnection> connections(2);
  std::vector<ConnectionSupervisor::Session> sessions;
  for (ConnectionIndex c = 1; c <= 2; ++c) {
    connections[c - 1u].index = c;
    connections[c - 1u].connection_id = c == 1 ? "connection_1" : "connection_2";
    connections[c - 1u].name = c == 1 ? "primary" : "secondary";
    sessions.push_back({{c, connections[c - 1u].connection_id, "", {}}, &source_});
  }
  connections[0].tickers = {"AAPL"};
  supervisor_.emplace(std::vector<ManagedSource>{{"scripted", {}, kMuchLater, {}, true}},
                      connections, sessions, bus, symbols_, clock_);
  supervisor_->Start();
  ASSERT_TRUE(Eventually([&] { return connected == 2; }));
  supervisor_->Ask([](ConnectionManager& manager) { manager.Pause("primary"); });
  moving.Open();
  ASSERT_TRUE(Eventually([&] { return brought.load(); }));
  EXPECT_EQ(bus.Read().connections[1].withheld, 3u);
  ASSERT_TRUE(Ends());
  EXPECT_EQ(bus.Read().connections[1].withheld, 0u);
  EXPECT_EQ(bus.Read().connections[1].ticks, 3u);
  supervisor_.reset();  // before what it uses
}

struct Loss {
  FeedErrorKind kind;
  double wait_s;  // `first` and `max` add a millisecond at most
  const char* level;
};

class WaitAfterALoss : public ConnectionSupervisorTest,
                       public ::testing::WithParamInterface<Loss> {};

TEST_P(WaitAfterALoss, AndItsLogLevelDependOnItsKind) {
  script_.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int session) {
    publisher.Connected();
    if (session == 0) Lose("lost", GetParam().kind);
    WaitForStop(stop);
  };
  Start();
  ASSERT_TRUE(Eventually([&] { return Read().error_count == 1; }));
  ASSERT_TRUE(Ends());
  const std::string log = log_.Text();
  EXPECT_THAT(WaitsIn(log), ElementsAre(GetParam().wait_s));
  EXPECT_THAT(
      log, ContainsRegex(std::string{"Z "} + GetParam().level + " +.connection_1 primary. lost"));
}

INSTANTIATE_TEST_SUITE_P(Kinds, WaitAfterALoss,
                         ::testing::Values(Loss{FeedErrorKind::Network, 0.0, "warning"},
                                           Loss{FeedErrorKind::Protocol, 0.0, "warning"},
                                           Loss{FeedErrorKind::Auth, 100.0, "error"},
                                           Loss{FeedErrorKind::Evicted, 200.0, "error"}),
                         [](const auto& loss) { return std::string{Name(loss.param.kind)}; });

class BackoffOfAConnection : public ConnectionSupervisorTest {
 protected:
  // Loses 16 sessions that were let in, and gives the waits between them.
  std::vector<double> Waits(milliseconds healthy_after) {
    script_.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec&,
                     int session) {
      publisher.Connected();
      if (session == 16) return WaitForStop(stop);
      Lose("lost");
    };
    Start({.first = milliseconds{5}, .max = milliseconds{200}, .healthy_after = healthy_after});
    EXPECT_TRUE(Eventually([&] { return script_.Sessions() == 17; }));
    EXPECT_TRUE(Ends());
    return WaitsIn(log_.Text());
  }
};

TEST_F(BackoffOfAConnection, GoesOnAfterASessionThatWasOnlyLetIn) {
  const std::vector<double> waits = Waits(hours{1});
  ASSERT_EQ(waits.size(), 16u);
  EXPECT_GE(*std::max_element(waits.begin(), waits.end()), 0.1);
}

TEST_F(BackoffOfAConnection, BeginsAgainAfterAHealthySession) {
  EXPECT_THAT(Waits(milliseconds{0}), Each(0.0));
}

}  // namespace
}  // namespace feedmux
