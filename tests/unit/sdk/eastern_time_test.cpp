#include "feedmux/eastern_time.hpp"

#include <gtest/gtest.h>

namespace feedmux {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

constexpr std::int64_t Utc(std::chrono::year_month_day day, std::chrono::nanoseconds time_of_day) {
  return (sys_days{day}.time_since_epoch() + time_of_day).count();
}

constexpr auto kWinter = 2024y / 1 / 22;
constexpr auto kSummer = 2024y / 7 / 3;

TEST(EasternTime, IsFiveHoursBehindInWinterAndFourInSummer) {
  EXPECT_EQ(ToEastern(Utc(kWinter, 14h + 30min)).time_of_day, 9h + 30min);
  EXPECT_EQ(ToEastern(Utc(kSummer, 13h + 30min)).time_of_day, 9h + 30min);
}

TEST(EasternTime, TurnsTheDayAtMidnightInNewYork) {
  const EasternTime before = ToEastern(Utc(kWinter, 5h - 1ns));
  const EasternTime after = ToEastern(Utc(kWinter, 5h));
  EXPECT_EQ(before.time_of_day, 24h - 1ns);
  EXPECT_EQ(after.time_of_day, 0ns);
  EXPECT_EQ(after.day, std::chrono::local_days{kWinter});
  EXPECT_EQ(before.day, after.day - std::chrono::days{1});
}

TEST(EasternTime, WorksBeforeTheEpoch) {
  const EasternTime time = ToEastern(-1);
  EXPECT_EQ(time.day, std::chrono::local_days{1969y / 12 / 31});
  EXPECT_EQ(time.time_of_day, 19h - 1ns);
}

struct Switch {
  std::chrono::year_month_day spring;
  std::chrono::year_month_day autumn;
};

class DaylightTime : public ::testing::TestWithParam<Switch> {};

TEST_P(DaylightTime, SkipsFromTwoToThreeInSpring) {
  const std::int64_t spring = Utc(GetParam().spring, 7h);
  EXPECT_EQ(ToEastern(spring - 1).time_of_day, 2h - 1ns);
  EXPECT_EQ(ToEastern(spring).time_of_day, 3h);
}

TEST_P(DaylightTime, FallsFromTwoToOneInAutumn) {
  const std::int64_t autumn = Utc(GetParam().autumn, 6h);
  EXPECT_EQ(ToEastern(autumn - 1).time_of_day, 2h - 1ns);
  EXPECT_EQ(ToEastern(autumn).time_of_day, 1h);
}

// As in the IANA time zone database.
INSTANTIATE_TEST_SUITE_P(Years, DaylightTime,
                         ::testing::Values(Switch{2000y / 4 / 2, 2000y / 10 / 29},
                                           Switch{2006y / 4 / 2, 2006y / 10 / 29},
                                           Switch{2007y / 3 / 11, 2007y / 11 / 4},
                                           Switch{2012y / 3 / 11, 2012y / 11 / 4},
                                           Switch{2024y / 3 / 10, 2024y / 11 / 3},
                                           Switch{2025y / 3 / 9, 2025y / 11 / 2},
                                           Switch{2026y / 3 / 8, 2026y / 11 / 1},
                                           Switch{2027y / 3 / 14, 2027y / 11 / 7}));

TEST(EasternTime, ComesBackFromEveryHourExceptTheRepeatedOne) {
  int repeated = 0;
  const std::int64_t hour = std::chrono::nanoseconds{1h}.count();
  for (std::int64_t utc = Utc(2024y / 1 / 1, 0h); utc < Utc(2025y / 1 / 1, 0h); utc += hour) {
    const std::int64_t back = FromEastern(ToEastern(utc));
    if (back == utc) continue;
    EXPECT_EQ(back, utc - hour);
    ++repeated;
  }
  EXPECT_EQ(repeated, 1);
}

TEST(EasternTime, TakesAnHourThatDoesNotExistAsStandardTime) {
  const EasternTime skipped{std::chrono::local_days{2024y / 3 / 10}, 2h + 30min};
  EXPECT_EQ(FromEastern(skipped), Utc(2024y / 3 / 10, 7h + 30min));
}

static_assert(ToEastern(0).time_of_day == 19h);

}  // namespace
}  // namespace feedmux
