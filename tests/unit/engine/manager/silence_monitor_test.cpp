#include "manager/silence_monitor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "core/nanoseconds.hpp"
#include "manager/feed_simulation.hpp"

namespace feedmux {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;
using ::testing::Optional;

constexpr auto kMonday = 2024y / 6 / 3;
constexpr auto kTuesday = 2024y / 6 / 4;
constexpr auto kFriday = 2024y / 6 / 7;
constexpr auto kStocks = Calendar::UsEquities;
constexpr SilencePrior kNoPrior{0, 0};

FeedSimulation Connected(Calendar calendar, std::int64_t now_ns, std::size_t symbols = 100,
                         const SilencePrior& prior = kNoPrior) {
  FeedSimulation feed{calendar, now_ns, 1, prior};
  feed.Connect(symbols);
  return feed;
}

// What is learned.

TEST(SilenceMonitor, FindsSilenceWithin45SecondsFromOneTickASecond) {
  for (const double rate : {1.0, 1.5, 2.0, 5.0, 10.0, 20.0}) {
    FeedSimulation feed = Connected(Calendar::Always, 0);
    EXPECT_EQ(feed.Run(2h, Poisson(rate)), 0);
    EXPECT_THAT(feed.SecondsToStale(), Optional(AllOf(Ge(5), Le(45)))) << rate;
  }
}

TEST(SilenceMonitor, FindsSilenceWithin6SecondsFrom50TicksASecond) {
  for (const double rate : {50.0, 500.0, 5000.0}) {
    FeedSimulation feed = Connected(Calendar::Always, 0);
    EXPECT_EQ(feed.Run(1h, Poisson(rate)), 0);
    EXPECT_THAT(feed.SecondsToStale(), Optional(AllOf(Ge(5), Le(6)))) << rate;
  }
}

TEST(SilenceMonitor, FindsSilenceTenMinutesAfterTheFirstTick) {
  FeedSimulation feed = Connected(Calendar::Always, 0);
  feed.Run(10min, Poisson(50));
  EXPECT_THAT(feed.SecondsToStale(), Optional(15));
}

TEST(SilenceMonitor, FindsSilenceWithin45SecondsFromTenBusySecondsOn) {
  FeedSimulation feed = Connected(Calendar::Always, 0);
  feed.Run(12s, Poisson(50));
  EXPECT_THAT(feed.SecondsToStale(), Optional(AllOf(Ge(15), Le(45))));
}

TEST(SilenceMonitor, ProvesNothingByTheSilenceOfAQuietFeed) {
  FeedSimulation feed = Connected(Calendar::Always, 0);
  feed.Run(2h, Poisson(0.1));
  EXPECT_EQ(feed.monitor.Limit(feed.now_ns), std::nullopt);
  EXPECT_EQ(feed.SecondsToStale(), std::nullopt);
}

TEST(SilenceMonitor, ProvesNothingByTheSilenceOfMinuteBars) {
  FeedSimulation feed = Connected(Calendar::Always, 0);
  const Arrivals bars = [second = 0](double, std::mt19937_64&) mutable {
    return std::uint64_t{second++ % 60 == 0 ? 500U : 0U};
  };
  EXPECT_EQ(feed.Run(2h, bars), 0);
  EXPECT_EQ(feed.SecondsToStale(), std::nullopt);
}

TEST(SilenceMonitor, StaysStaleUntilATickArrives) {
  FeedSimulation feed = Connected(Calendar::Always, 0);
  feed.Run(1h, Poisson(50));
  ASSERT_TRUE(feed.SecondsToStale());
  for (int i = 0; i < 3600; ++i) {
    feed.Pass(1s, 0);
    ASSERT_TRUE(feed.monitor.IsStale(feed.now_ns)) << i;
  }
  feed.Pass(1s, 1);
  EXPECT_FALSE(feed.monitor.IsStale(feed.now_ns));
}

TEST(SilenceMonitor, DoublesItsPatienceAfterEachStaleSession) {
  FeedSimulation feed = Connected(Calendar::Always, 0);
  feed.Run(1h, Poisson(500));
  std::vector<int> found;
  for (int session = 0; session < 6; ++session) {
    found.push_back(feed.SecondsToStale().value_or(0));
    feed.monitor.OnLost(feed.now_ns);
    feed.Connect();
  }
  // Not before 10 seconds in a new session: the answer to the subscription may take its time.
  EXPECT_THAT(found, ::testing::ElementsAre(5, 10, 20, 40, 45, 45));
  feed.Run(2min, Poisson(500));
  EXPECT_THAT(feed.SecondsToStale(), Optional(5));
}

TEST(SilenceMonitor, GetsUsedToAFeedThatBecameQuietForGood) {
  FeedSimulation feed = Connected(Calendar::Always, 0);
  feed.Run(1h, Poisson(50));
  int sessions = 0;
  const Arrivals quiet = Poisson(0.02);
  for (int minute = 0; minute < 120; ++minute) {
    feed.Run(1min, quiet);
    if (!feed.monitor.IsStale(feed.now_ns)) continue;
    feed.monitor.OnLost(feed.now_ns);
    feed.Connect();
    ++sessions;
  }
  EXPECT_LE(sessions, 12);
  EXPECT_EQ(feed.monitor.Limit(feed.now_ns), std::nullopt);
}

// Sessions.

TEST(SilenceMonitor, IsNeverStaleBeforeItIsConnectedAndAfterItIsLost) {
  FeedSimulation feed{Calendar::Always, 0, 1, {1, 1}};
  EXPECT_EQ(feed.SecondsToStale(), std::nullopt);
  feed.Connect();
  feed.Run(1h, Poisson(50));
  feed.monitor.OnLost(feed.now_ns);
  EXPECT_EQ(feed.SecondsToStale(), std::nullopt);
}

TEST(SilenceMonitor, FindsAReconnectedMuteSession) {
  for (const double rate : {1.0, 5.0, 50.0, 5000.0}) {
    FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 11h));
    feed.Run(1h, Poisson(rate));
    feed.monitor.OnLost(feed.now_ns);
    feed.now_ns += 20 * kSecondNs;
    feed.Connect();
    EXPECT_THAT(feed.SecondsToStale(), Optional(AllOf(Ge(10), Le(45)))) << rate;
  }
}

TEST(SilenceMonitor, FindsAMuteSessionAfterALongOutageWithMorePatience) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 11h));
  feed.Run(1h, Poisson(50));
  feed.monitor.OnLost(feed.now_ns);
  feed.now_ns += 3600 * kSecondNs;
  feed.Connect();
  EXPECT_THAT(feed.SecondsToStale(), Optional(AllOf(Ge(15), Le(45))));
}

TEST(SilenceMonitor, DoesNotLearnFromAnOutage) {
  FeedSimulation feed = Connected(Calendar::Always, 0);
  feed.Run(1h, Poisson(50));
  for (int i = 0; i < 20; ++i) {  // it breaks before the limit, again and again
    feed.Run(2min, Poisson(50));
    for (int second = 0; second < 4; ++second) feed.Pass(1s, 0);
    feed.monitor.OnLost(feed.now_ns);
    feed.Connect();
  }
  feed.Run(2min, Poisson(50));
  EXPECT_THAT(feed.SecondsToStale(), Optional(5));
}

// Subscriptions.

TEST(SilenceMonitor, ExpectsNothingWithoutSymbols) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 10h), 0, {1, 1});
  EXPECT_EQ(feed.monitor.Limit(feed.now_ns), std::nullopt);
  EXPECT_EQ(feed.SecondsToStale(), std::nullopt);
  feed.monitor.SetSymbols(100, false);
  EXPECT_THAT(feed.SecondsToStale(), Optional(15));
}

TEST(SilenceMonitor, ForgetsWhenTheLastSymbolGoes) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 10h));
  feed.Run(1h, Poisson(50));
  feed.monitor.SetSymbols(0, false);
  EXPECT_EQ(feed.SecondsToStale(), std::nullopt);
  feed.monitor.SetSymbols(1, false);
  EXPECT_EQ(feed.SecondsToStale(), std::nullopt);
}

TEST(SilenceMonitor, ScalesWithTheRestOfALongList) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 10h), 1000);
  feed.Run(1h, Poisson(500));
  feed.monitor.SetSymbols(600, false);
  EXPECT_THAT(feed.SecondsToStale(), Optional(AllOf(Ge(20), Le(45))));
}

TEST(SilenceMonitor, KnowsLittleOfAFewSymbolsThatAreLeft) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 10h), 10);
  feed.Run(1h, Poisson(50));
  feed.monitor.SetSymbols(9, false);  // without the one that did the talking
  EXPECT_EQ(feed.Run(2h, Poisson(0.05)), 0);
}

TEST(SilenceMonitor, IsAsStrictAsBeforeWhenSymbolsAreAdded) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 10h), 10);
  feed.Run(1h, Poisson(50));
  feed.monitor.SetSymbols(500, false);
  EXPECT_THAT(feed.SecondsToStale(), Optional(5));
}

TEST(SilenceMonitor, ForgetsTheWildcardWhenOnlyAListIsLeft) {
  FeedSimulation feed{kStocks, Eastern(kMonday, 10h), 1};
  feed.Connect(0, true);
  feed.Run(1h, Poisson(5000));
  feed.monitor.SetSymbols(20, false);
  EXPECT_EQ(feed.Run(1h, Poisson(0.05)), 0);
}

// The prior.

TEST(SilenceMonitor, BelievesThePriorOfAWildcardAndOfALongList) {
  FeedSimulation wildcard{kStocks, Eastern(kMonday, 10h), 1};
  wildcard.Connect(0, true);
  EXPECT_THAT(wildcard.SecondsToStale(), Optional(15));
  FeedSimulation list{kStocks, Eastern(kMonday, 10h), 1};
  list.Connect(500);
  EXPECT_THAT(list.SecondsToStale(), Optional(30));
}

TEST(SilenceMonitor, ExpectsNothingOfAFewUnknownSymbols) {
  FeedSimulation feed{kStocks, Eastern(kMonday, 10h), 1};
  feed.Connect(50);
  EXPECT_EQ(feed.SecondsToStale(), std::nullopt);
}

TEST(SilenceMonitor, BelievesThePriorInTheRegularSessionOnly) {
  for (const auto time : {5h, 17h, 21h}) {
    FeedSimulation feed{kStocks, Eastern(kMonday, time), 1};
    feed.Connect(0, true);
    EXPECT_EQ(feed.SecondsToStale(), std::nullopt);
  }
}

TEST(SilenceMonitor, BelievesAQuietFeedMoreThanThePrior) {
  FeedSimulation feed{kStocks, Eastern(kMonday, 10h), 1, {0.01, 20}};
  feed.Connect(200);  // which makes 15 seconds
  feed.Run(2min, Poisson(0.7));
  EXPECT_THAT(feed.monitor.Limit(feed.now_ns).value_or(99s), Ge(30s));
}

// The market's day.

TEST(SilenceMonitor, LearnsInEachPhase) {
  for (const auto time : {5h, 10h, 17h}) {
    FeedSimulation feed = Connected(kStocks, Eastern(kMonday, time));
    EXPECT_EQ(feed.Run(1h, Poisson(50)), 0);
    EXPECT_THAT(feed.SecondsToStale(), Optional(5));
  }
}

TEST(SilenceMonitor, ExpectsNothingWhileTheMarketIsClosed) {
  constexpr auto kChristmasEve = 2024y / 12 / 24;
  for (const std::int64_t begin :
       {Eastern(kMonday, 19h), Eastern(kFriday, 19h), Eastern(kChristmasEve, 16h)}) {
    FeedSimulation feed{kStocks, begin, 1, {1, 20}};
    feed.Connect(0, true);
    EXPECT_EQ(feed.Run(1h, Poisson(500)), 0);
    ASSERT_EQ(PhaseAt(kStocks, feed.now_ns), Phase::Closed);
    EXPECT_EQ(feed.Run(6h, Poisson(0)), 0);
  }
}

TEST(SilenceMonitor, GetsOverTheEndOfAPhase) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 14h));
  feed.Run(2h - 3s, Poisson(500));
  EXPECT_EQ(feed.Run(4h, Poisson(0.01)), 0) << "after hours";
  EXPECT_EQ(feed.Run(7h, Poisson(0)), 0) << "night";
}

TEST(SilenceMonitor, HasNoLimitWhereTheLastSampleWasInAnotherPhase) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 14h));
  feed.Run(2h - 1s, Poisson(500));
  EXPECT_NE(feed.monitor.Limit(feed.now_ns), std::nullopt);
  EXPECT_EQ(feed.monitor.Limit(feed.now_ns + kSecondNs), std::nullopt);
}

TEST(SilenceMonitor, FindsASessionThatIsMuteSinceTheNightAMinuteAfterTheOpen) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 14h));
  feed.Run(2h, Poisson(50));
  EXPECT_EQ(feed.Run(17h + 30min, Poisson(0)), 0);
  ASSERT_EQ(feed.now_ns, Eastern(kTuesday, 9h + 30min));
  EXPECT_THAT(feed.SecondsToStale(), Optional(AllOf(Ge(60), Le(61))));
}

TEST(SilenceMonitor, RemembersTheSessionBeforeThroughANightWithoutConnection) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 14h));
  feed.Run(1h, Poisson(50));
  feed.monitor.OnLost(feed.now_ns);
  feed.now_ns = Eastern(kTuesday, 8h);
  feed.Connect();
  EXPECT_EQ(feed.Run(1h + 30min, Poisson(0)), 0);
  EXPECT_THAT(feed.SecondsToStale(), Optional(AllOf(Ge(60), Le(61))));
}

TEST(SilenceMonitor, GetsOverAnOpenThatIsQuieterThanTheCloseWas) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 14h));
  feed.Run(2h, Poisson(2));
  feed.Run(17h + 30min, Poisson(0));
  EXPECT_EQ(feed.Run(1h, Poisson(0.03)), 0);
}

TEST(SilenceMonitor, GetsOverTheFirstBurstOfAQuietSymbol) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    FeedSimulation feed{kStocks, Eastern(kMonday, 9h), seed};
    feed.Connect(3);
    int alarms = feed.Run(30min, Poisson(0.01));
    alarms += feed.Run(3min, Poisson(2));
    alarms += feed.Run(2h, Poisson(0.05));
    EXPECT_EQ(alarms, 0) << seed;
  }
}

TEST(SilenceMonitor, GetsOverAFallingRateAtLunch) {
  for (const double rate : {2.0, 20.0, 200.0}) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      FeedSimulation feed{kStocks, Eastern(kMonday, 11h), seed};
      feed.Connect(3);
      int alarms = feed.Run(1h, Poisson(rate));
      const std::int64_t noon = feed.now_ns;
      // To a twentieth within three minutes.
      alarms += feed.Run(1h, Poisson(rate), [noon](std::int64_t now_ns) {
        return std::max(0.05, std::exp(static_cast<double>(noon - now_ns) / 60e9));
      });
      EXPECT_EQ(alarms, 0) << rate << " seed " << seed;
    }
  }
}

// The clock.

TEST(SilenceMonitor, TakesAClockThatIsSetForNoSilence) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 10h));
  feed.Run(1h, Poisson(50));
  for (const std::chrono::seconds step :
       {3600s, -3600s, -36'000s, 36'000s, 4s, -4s, 86'400s, -86'400s}) {
    feed.Pass(step, 0);
    EXPECT_FALSE(feed.monitor.IsStale(feed.now_ns));
    feed.Pass(1s, 0);
    EXPECT_FALSE(feed.monitor.IsStale(feed.now_ns));
    EXPECT_EQ(feed.Run(20min, Poisson(50)), 0);
  }
}

TEST(SilenceMonitor, DoesNotTrustAClockThatIsSetFromNightToDay) {
  FeedSimulation feed{kStocks, Eastern(kMonday, 10h), 1};
  feed.Connect(0, true);
  feed.Run(6h, Poisson(50));
  feed.Run(8h, Poisson(0));
  feed.Pass(11h, 0);
  ASSERT_EQ(PhaseAt(kStocks, feed.now_ns), Phase::Regular);
  EXPECT_EQ(feed.Run(1h, Poisson(0)), 0);
}

TEST(SilenceMonitor, FindsSilenceAfterTheClockWasSetAnHourBack) {
  FeedSimulation feed = Connected(kStocks, Eastern(kMonday, 12h));
  feed.Run(2h, Poisson(50));
  feed.Pass(-1h, 0);
  EXPECT_THAT(feed.SecondsToStale(), Optional(5));
}

TEST(SilenceMonitor, TakesAProcessThatStoodStillForNoSilence) {
  FeedSimulation feed = Connected(Calendar::Always, 0);
  feed.Run(1h, Poisson(500));
  feed.Pass(30s, 0);
  EXPECT_FALSE(feed.monitor.IsStale(feed.now_ns));
}

TEST(SilenceMonitor, TakesACounterThatBeganAnewForATick) {
  SilenceMonitor monitor{Calendar::Always};
  monitor.OnConnected(0, 1, false);
  monitor.OnSample(kSecondNs, 1'000'000);
  monitor.OnSample(2 * kSecondNs, 3);
  EXPECT_FALSE(monitor.IsStale(2 * kSecondNs));
}

}  // namespace
}  // namespace feedmux
