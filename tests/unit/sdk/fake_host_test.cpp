#include "feedmux/testing/fake_host.hpp"

#include <gmock/gmock.h>

namespace feedmux::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FakeLog, KeepsEveryLine) {
  FakeLog log;
  log.Debug("one");
  log.Error("two");
  ASSERT_EQ(log.Lines().size(), 2U);
  EXPECT_EQ(log.Lines()[1].level, LogLevel::Error);
  EXPECT_EQ(log.Lines()[1].text, "two");
  EXPECT_TRUE(log.Contains("ne"));
  EXPECT_FALSE(log.Contains("three"));
}

TEST(FakeLog, ReportsWarningsThatNobodyExpected) {
  FakeLog log;
  log.Expect("slow");
  log.Info("started");
  log.Warning("slow peer");
  log.Warning("lost peer");
  EXPECT_THAT(log.UnexpectedLines(), ElementsAre("lost peer"));
}

TEST(ManualClock, MovesOnlyWhenTold) {
  ManualClock clock;
  const auto utc = clock.UtcNs();
  const auto monotonic = clock.MonotonicNs();
  EXPECT_EQ(clock.UtcNs(), utc);
  clock.Advance(std::chrono::seconds{2});
  EXPECT_EQ(clock.UtcNs() - utc, 2'000'000'000);
  EXPECT_EQ(clock.MonotonicNs() - monotonic, 2'000'000'000);
}

TEST(FakeSymbols, GiveEachTextOneNumber) {
  FakeSymbols symbols;
  const SymbolId first = symbols.Intern("AAPL");
  const SymbolId second = symbols.Intern("MSFT");
  EXPECT_NE(first, kNoSymbol);
  EXPECT_NE(first, second);
  EXPECT_EQ(symbols.Intern("AAPL"), first);
  EXPECT_EQ(symbols.Text(second), "MSFT");
}

TEST(FakeSymbols, HaveNoTextForNoSymbol) {
  const FakeSymbols symbols;
  EXPECT_EQ(symbols.Text(kNoSymbol), "");
  EXPECT_EQ(symbols.Text(99), "");
}

TEST(FakeSymbols, NeverMoveAText) {
  FakeSymbols symbols;
  const std::string_view text = symbols.Text(symbols.Intern("AAPL"));
  for (int i = 0; i < 10'000; ++i) symbols.Intern(std::to_string(i));
  EXPECT_EQ(symbols.Text(symbols.Intern("AAPL")).data(), text.data());
}

TEST(FakeMetrics, CountByName) {
  FakeMetrics metrics;
  Counter& counter = metrics.GetCounter("redelivered", "Sent again");
  counter.Add();
  metrics.GetCounter("redelivered", "Sent again").Add(2);
  EXPECT_EQ(metrics.Value("redelivered"), 3U);
  EXPECT_EQ(metrics.Value("other"), 0U);
}

TEST(FakeTimers, FireWhenTold) {
  FakeHost host;
  int calls = 0;
  host.timers().Every(std::chrono::seconds{1}, [&] { ++calls; });
  EXPECT_EQ(host.timers().size(), 1U);
  EXPECT_EQ(calls, 0);
  host.timers().FireAll();
  host.timers().FireAll();
  EXPECT_EQ(calls, 2);
}

TEST(FakeHost, KeepsWhatWasReportedAsFailed) {
  FakeHost host;
  host.ReportFailed(2, "too large");
  host.ReportFailed(1, "refused");
  EXPECT_EQ(host.failed(), 3U);
  EXPECT_EQ(host.failed_why(), "refused");
}

TEST(FakeHost, KnowsTheConnectionsItWasGiven) {
  FakeHost host;
  host.AddConnection(2, {"connection_2", "secondary", "massive"});
  EXPECT_EQ(host.connection(2).name, "secondary");
  EXPECT_THAT(host.connection(1).name, IsEmpty());
}

TEST(FakeHost, ShowsTheHealthItWasGiven) {
  FakeHost host;
  Health health;
  health.published = 5;
  host.SetHealth(health);
  EXPECT_EQ(host.ReadHealth().published, 5U);
}

}  // namespace
}  // namespace feedmux::testing
