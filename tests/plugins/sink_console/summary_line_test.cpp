#include "summary_line.hpp"

#include <gtest/gtest.h>

namespace feedmux::console {
namespace {

/// 12:00:01 UTC, one second in which 124,310 ticks came, three connections, two sinks.
Summary Usual() {
  Summary summary;
  summary.utc_ns = (12 * 3600 + 1) * 1'000'000'000LL;
  summary.elapsed_ns = 1'000'000'000;
  summary.ticks = {62'001, 60'210, 2'099};
  summary.total = {620'010, 602'100, 20'990};
  for (int i = 0; i < 3; ++i) {
    summary.health.connections.emplace_back().status = ConnectionStatus::Connected;
  }
  summary.health.sinks.resize(2);
  summary.health.sinks[0].name = "redis";
  summary.health.sinks[1].name = "console";
  return summary;
}

TEST(SummaryLine, SaysItAllInOneLine) {
  EXPECT_EQ(SummaryLine(Usual(), false),
            "12:00:01     124,310 ticks/s  (trade    62,001  quote    60,210  bar     2,099)"
            "  total     1,243,100  connections 3/3  queued 0  dropped 0  imbalance 0\n");
}

TEST(SummaryLine, KeepsItsColumnsWhenNothingComes) {
  Summary summary = Usual();
  summary.ticks = {};
  EXPECT_EQ(SummaryLine(summary, false),
            "12:00:01           0 ticks/s  (trade         0  quote         0  bar         0)"
            "  total     1,243,100  connections 3/3  queued 0  dropped 0  imbalance 0\n");
}

TEST(SummaryLine, DividesByTheTimeThatPassed) {
  Summary summary = Usual();
  summary.elapsed_ns = 500'000'000;
  EXPECT_NE(SummaryLine(summary, false).find("    248,620 ticks/s"), std::string::npos);
  summary.elapsed_ns = 0;
  EXPECT_NE(SummaryLine(summary, false).find("          0 ticks/s"), std::string::npos);
}

TEST(SummaryLine, ShowsOtherKindsOnceTheyCame) {
  Summary summary = Usual();
  summary.total[static_cast<std::size_t>(Kind::Luld)] = 1;
  EXPECT_NE(SummaryLine(summary, false).find("bar     2,099  luld         0)"), std::string::npos);
}

TEST(SummaryLine, CountsEnabledConnectionsOnly) {
  Summary summary = Usual();
  summary.health.connections[0].status = ConnectionStatus::Error;
  summary.health.connections[2].enabled = false;
  EXPECT_NE(SummaryLine(summary, false).find("connections 1/2  "), std::string::npos);
}

TEST(SummaryLine, NamesTheWorstSink) {
  Summary summary = Usual();
  summary.health.sinks[0].queued = 12'345;
  summary.health.sinks[0].dropped = 7;
  summary.health.sinks[1].dropped = 1'000;
  EXPECT_NE(SummaryLine(summary, false).find("queued 12,345 (redis)  dropped 1,000 (console)"),
            std::string::npos);
}

TEST(SummaryLine, NamesASinkThatIsUnavailableOrGaveTicksUp) {
  Summary summary = Usual();
  summary.health.sinks[0].available = false;
  summary.health.sinks[0].failed = 1234;
  EXPECT_NE(SummaryLine(summary, false).find("  redis unavailable  redis failed 1,234  imbalance"),
            std::string::npos);
}

TEST(SummaryLine, IsColouredOnlyWhereSomethingIsWrong) {
  Summary summary = Usual();
  EXPECT_EQ(SummaryLine(summary, true), SummaryLine(summary, false));
  summary.health.imbalance = -3;
  EXPECT_NE(SummaryLine(summary, true).find("  \x1b[1;31mimbalance -3\x1b[0m\n"),
            std::string::npos);
  EXPECT_EQ(SummaryLine(summary, false).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace feedmux::console
