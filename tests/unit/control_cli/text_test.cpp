#include "cli/control/text.hpp"

#include <gtest/gtest.h>

namespace feedmux {
namespace {

TEST(ControlText, GroupsDigits) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1'234'567), "1,234,567");
}

TEST(ControlText, CompactsWhatIsLong) {
  EXPECT_EQ(Compact(99'999), "99,999");
  EXPECT_EQ(Compact(123'456), "123.5K");
  EXPECT_EQ(Compact(999'999), "1.0M");
  EXPECT_EQ(Compact(12'345'678), "12.3M");
  EXPECT_EQ(Compact(2'500'000'000), "2.5G");
}

TEST(ControlText, ShowsSmallRatesWithADecimal) {
  EXPECT_EQ(RateText(0), "0.0");
  EXPECT_EQ(RateText(12.34), "12.3");
  EXPECT_EQ(RateText(1204.4), "1,204");
  EXPECT_EQ(RateText(-1), "-");
}

TEST(ControlText, ShowsAgesInTheUnitThatMatters) {
  EXPECT_EQ(AgeText(-3), "0.0s");
  EXPECT_EQ(AgeText(0.31), "0.3s");
  EXPECT_EQ(AgeText(12.7), "12s");
  EXPECT_EQ(AgeText(185), "3m");
  EXPECT_EQ(AgeText(7980), "2h13m");
  EXPECT_EQ(AgeText(3 * 86'400 + 4 * 3600), "3d4h");
}

TEST(ControlText, ShowsTheTimeOfDay) {
  EXPECT_EQ(TimeText(1'705'838'405.9), "12:00:05");
  EXPECT_EQ(TimeText(0), "never");
}

TEST(ControlText, CountsInWords) {
  EXPECT_EQ(CountOf(1, "ticker"), "1 ticker");
  EXPECT_EQ(CountOf(2000, "ticker"), "2,000 tickers");
}

TEST(ControlText, LetsNobodyControlTheTerminal) {
  EXPECT_EQ(Printable("a\x1b[2Jb\n\xc3\xa9"), "a.[2Jb...");
}

TEST(ControlText, CutsWhatIsTooLong) {
  EXPECT_EQ(Cut("abcdef", 6), "abcdef");
  EXPECT_EQ(Cut("abcdef", 4), "abc~");
}

}  // namespace
}  // namespace feedmux
