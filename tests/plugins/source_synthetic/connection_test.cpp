#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "feedmux/testing/fake_host.hpp"
#include "feedmux/testing/make_options.hpp"
#include "feedmux/testing/recording_publisher.hpp"
#include "market.hpp"
#include "options.hpp"
#include "synthetic_source.hpp"

namespace feedmux::synthetic {
namespace {

using feedmux::testing::FakeHost;
using feedmux::testing::MakeOptions;
using feedmux::testing::RecordingPublisher;
using testing::Describe;
using namespace std::chrono_literals;

/// One connection that runs until the end of the test.
class Session {
 public:
  Session(std::initializer_list<std::pair<std::string_view, std::string>> options,
          std::vector<std::string> tickers, std::string name = "primary")
      : source_(host_, MakeOptions(kOptionTable, options)),
        connection_(
            source_.NewConnection({1, "connection_1", std::move(name), std::move(tickers)})),
        thread_([this](const std::stop_token& stop) { connection_->Run(publisher_, stop); }) {}

  ~Session() {
    Stop();
    EXPECT_EQ(publisher_.Imbalance(), 0);
    EXPECT_THAT(host_.log().UnexpectedLines(), ::testing::IsEmpty());
  }

  void Stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
  }

  FakeHost& host() { return host_; }
  SyntheticSource& source() { return source_; }
  Connection& connection() { return *connection_; }
  RecordingPublisher& publisher() { return publisher_; }
  void Advance(std::chrono::nanoseconds by) { host_.manual_clock().Advance(by); }

  /// Ticks of `ticker` so far.
  std::size_t CountOf(std::string_view ticker) {
    const SymbolId symbol = host_.symbols().Intern(ticker);
    std::size_t count = 0;
    for (const Tick& tick : publisher_.Ticks()) count += tick.symbol == symbol ? 1 : 0;
    return count;
  }

 private:
  FakeHost host_;
  SyntheticSource source_;
  RecordingPublisher publisher_{host_.clock()};
  std::unique_ptr<Connection> connection_;
  std::jthread thread_;  // last: it uses all of the above
};

TEST(SyntheticConnection, IsConnectedAtOnce) {
  Session session{{}, {"AAPL"}};
  EXPECT_TRUE(session.publisher().WaitForConnected());
}

TEST(SyntheticConnection, KeepsItsRate) {
  Session session{{{"rate", "200"}, {"kinds", "trade,quote"}}, {"AAPL"}};
  ASSERT_TRUE(session.publisher().WaitForTicks(1));
  for (int second = 1; second <= 3; ++second) {
    session.Advance(1s);
    ASSERT_TRUE(session.publisher().WaitForTicks(static_cast<std::size_t>(200 * second + 1)));
  }
  session.Stop();
  EXPECT_EQ(session.publisher().Ticks().size(), 601u);
  EXPECT_EQ(session.publisher().frames(), 601u);
}

TEST(SyntheticConnection, GroupsTicksIntoFramesAtHighRates) {
  Session session{{{"rate", "50000"}, {"kinds", "trade"}}, {"AAPL"}};
  ASSERT_TRUE(session.publisher().WaitForConnected());
  session.Advance(1s);
  ASSERT_TRUE(session.publisher().WaitForTicks(50'000));
  session.Stop();
  EXPECT_EQ(session.publisher().Ticks().size(), 50'000u);
  EXPECT_EQ(session.publisher().frames(), 1000u);
}

TEST(SyntheticConnection, TicksHappenWhenTheyAreDue) {
  Session session{{{"rate", "100"}, {"kinds", "trade"}}, {"AAPL"}};
  ASSERT_TRUE(session.publisher().WaitForTicks(1));
  const std::int64_t start_ns = session.publisher().Ticks()[0].ts_event_ns;
  session.Advance(2s);
  ASSERT_TRUE(session.publisher().WaitForTicks(201));
  EXPECT_EQ(session.publisher().Ticks()[200].ts_event_ns, start_ns + 2'000'000'000);
  EXPECT_EQ(session.host().clock().UtcNs(), start_ns + 2'000'000'000);
}

TEST(SyntheticConnection, SkipsAndCountsWhatALongStallLost) {
  Session session{{{"rate", "100"}, {"kinds", "trade"}}, {"AAPL"}};
  session.host().log().Expect("was not kept");
  ASSERT_TRUE(session.publisher().WaitForTicks(1));
  session.Advance(1h);
  ASSERT_TRUE(session.publisher().WaitForTicks(502));
  session.Stop();
  EXPECT_EQ(session.publisher().Ticks().size() + session.host().metrics().Value("skipped_events"),
            360'001u);
  EXPECT_EQ(session.publisher().Ticks().back().ts_event_ns, session.host().clock().UtcNs());
  EXPECT_TRUE(session.host().log().Contains("a rate of 100 per second was not kept"));
}

TEST(SyntheticConnection, AsFastAsPossibleNeedsNoClock) {
  Session session{{{"rate", "0"}}, {"AAPL", "MSFT"}};
  EXPECT_TRUE(session.publisher().WaitFor([](const auto& p) { return p.events() >= 10'000; }));
}

TEST(SyntheticConnection, WithoutTickersItSleepsUntilItGetsSome) {
  Session session{{{"rate", "0"}}, {}};
  ASSERT_TRUE(session.publisher().WaitForConnected());
  EXPECT_EQ(session.publisher().frames(), 0u);
  session.connection().Subscribe({"TSLA"});
  EXPECT_TRUE(session.publisher().WaitForTicks(1));
  EXPECT_GT(session.CountOf("TSLA"), 0u);
}

TEST(SyntheticConnection, SubscribesWhileRunning) {
  Session session{{{"rate", "0"}, {"kinds", "trade"}}, {"AAPL"}};
  ASSERT_TRUE(session.publisher().WaitForTicks(1));
  session.connection().Subscribe({"NVDA"});
  EXPECT_TRUE(
      session.publisher().WaitFor([&](const auto&) { return session.CountOf("NVDA") > 0; }));
}

TEST(SyntheticConnection, UnsubscribesWhileRunning) {
  Session session{{{"rate", "1000"}, {"kinds", "quote"}}, {"AAPL", "MSFT"}};
  ASSERT_TRUE(session.publisher().WaitForConnected());
  session.Advance(1s);
  ASSERT_TRUE(session.publisher().WaitForTicks(1001));
  session.connection().Unsubscribe({"AAPL"});
  const std::size_t before = session.CountOf("AAPL");
  EXPECT_GT(before, 0u);
  session.Advance(1s);
  ASSERT_TRUE(session.publisher().WaitForTicks(2001));
  EXPECT_EQ(session.CountOf("AAPL"), before);
}

TEST(SyntheticConnection, UnsubscribingTheLastTickerSilencesIt) {
  Session session{{{"rate", "1000"}, {"kinds", "quote"}}, {"AAPL"}};
  ASSERT_TRUE(session.publisher().WaitForTicks(1));
  session.connection().Unsubscribe({"AAPL"});
  session.Advance(1s);
  session.connection().Subscribe({"IBM"});
  EXPECT_TRUE(session.publisher().WaitFor([&](const auto&) { return session.CountOf("IBM") > 0; }));
  EXPECT_LE(session.CountOf("AAPL"), 2u);  // one more may have been under way
}

TEST(SyntheticConnection, AStarStandsForTheDefaultTickers) {
  Session session{{{"rate", "0"}, {"kinds", "trade"}}, {"*"}};
  const auto defaults = session.source().DefaultTickers();
  EXPECT_TRUE(session.publisher().WaitFor(
      [&](const auto&) { return session.CountOf(defaults.back()) > 0; }));
  EXPECT_EQ(session.CountOf("*"), 0u);
}

/// How many quotes of `ticker` the next second brings, after the change to {AAPL, *}.
std::size_t QuotesAfter(const std::vector<std::string>& unsubscribed, std::string_view ticker) {
  Session session{{{"rate", "1000"}, {"kinds", "quote"}}, {"AAPL", "*"}};
  EXPECT_TRUE(session.publisher().WaitForTicks(1));
  session.connection().Unsubscribe(unsubscribed);
  session.connection().Subscribe({"IBM"});
  // Changes are made in their order.
  EXPECT_TRUE(session.publisher().WaitFor(
      [](const auto& publisher) { return publisher.Subscriptions().back() == "IBM"; }));
  const std::size_t before = session.CountOf(ticker);
  session.Advance(1s);
  EXPECT_TRUE(session.publisher().WaitForTicks(1001));
  return session.CountOf(ticker) - before;
}

TEST(SyntheticConnection, UnsubscribingAStarLeavesWhatIsSubscribedByName) {
  EXPECT_GT(QuotesAfter({"*"}, "AAPL"), 0u);
}

TEST(SyntheticConnection, UnsubscribingAStarSilencesWhatItStoodFor) {
  EXPECT_EQ(QuotesAfter({"*"}, "MSFT"), 0u);
}

TEST(SyntheticConnection, UnsubscribingANameLeavesNoHoleInAStar) {
  EXPECT_GT(QuotesAfter({"AAPL"}, "AAPL"), 0u);
}

TEST(SyntheticConnection, UnsubscribingBothNameAndStarSilencesTheTicker) {
  EXPECT_EQ(QuotesAfter({"*", "AAPL"}, "AAPL"), 0u);
}

TEST(SyntheticConnection, StopsWhileItSleepsOrWaits) {
  Session idle{{}, {}};
  Session slow{{{"rate", "1"}, {"batch", "1000"}}, {"AAPL"}};
  ASSERT_TRUE(idle.publisher().WaitForConnected());
  ASSERT_TRUE(slow.publisher().WaitForConnected());
  const auto begin = std::chrono::steady_clock::now();
  idle.Stop();
  slow.Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
}

std::vector<std::string> FirstTicks(std::string name, std::size_t count) {
  Session session{
      {{"rate", "0"}, {"start_time", "2024-01-22T14:30:00Z"}, {"raw", "true"}, {"seed", "7"}},
      {"AAPL", "MSFT", "IBM"},
      std::move(name)};
  EXPECT_TRUE(session.publisher().WaitForTicks(count));
  session.Stop();
  auto ticks = session.publisher().Ticks();
  ticks.resize(count);
  return Describe(ticks);
}

TEST(SyntheticConnection, RepeatsItselfWithAStartTime) {
  EXPECT_EQ(FirstTicks("primary", 5000), FirstTicks("primary", 5000));
}

TEST(SyntheticConnection, EachConnectionHasItsOwnStream) {
  EXPECT_NE(FirstTicks("primary", 100), FirstTicks("secondary", 100));
}

TEST(SyntheticSource, HasTickersOfItsOwn) {
  FakeHost host;
  const SyntheticSource source{host, MakeOptions(kOptionTable)};
  EXPECT_THAT(source.DefaultTickers(), ::testing::Contains("AAPL"));
}

}  // namespace
}  // namespace feedmux::synthetic
