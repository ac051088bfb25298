#include "feedmux/market_calendar.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace feedmux {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr auto kStocks = Calendar::UsEquities;

/// New York's wall clock.
constexpr std::int64_t Eastern(std::chrono::year_month_day day, nanoseconds time_of_day) {
  return FromEastern({std::chrono::local_days{day}, time_of_day});
}

struct Boundary {
  std::int64_t utc_ns;
  Phase before;
  Phase after;
};

void ExpectChange(Calendar calendar, const Boundary& at) {
  for (const std::int64_t before : {std::int64_t{1}, kSecondNs, 60 * kSecondNs}) {
    EXPECT_EQ(PhaseAt(calendar, at.utc_ns - before), at.before);
    EXPECT_EQ(NextChange(calendar, at.utc_ns - before), at.utc_ns);
  }
  for (const std::int64_t after : {std::int64_t{0}, std::int64_t{1}, kSecondNs, 60 * kSecondNs}) {
    EXPECT_EQ(PhaseAt(calendar, at.utc_ns + after), at.after);
    EXPECT_GT(NextChange(calendar, at.utc_ns + after), at.utc_ns + after);
  }
}

TEST(Calendar, IsFoundByItsName) {
  for (std::size_t i = 0; i < kCalendarNames.size(); ++i) {
    const auto calendar = static_cast<Calendar>(i);
    EXPECT_EQ(CalendarFromName(Name(calendar)), calendar);
  }
  EXPECT_EQ(CalendarFromName("Always"), std::nullopt);
  EXPECT_EQ(Name(Phase::AfterHours), "after_hours");
}

TEST(Calendar, AlwaysNeverChanges) {
  EXPECT_EQ(PhaseAt(Calendar::Always, 0), Phase::Regular);
  EXPECT_EQ(NextChange(Calendar::Always, 0), kNever);
}

TEST(UsEquities, HasFourPhasesADayInWinterAndInSummer) {
  for (const auto day : {2024y / 1 / 22, 2024y / 7 / 9}) {
    ExpectChange(kStocks, {Eastern(day, 4h), Phase::Closed, Phase::PreMarket});
    ExpectChange(kStocks, {Eastern(day, 9h + 30min), Phase::PreMarket, Phase::Regular});
    ExpectChange(kStocks, {Eastern(day, 16h), Phase::Regular, Phase::AfterHours});
    ExpectChange(kStocks, {Eastern(day, 20h), Phase::AfterHours, Phase::Closed});
  }
}

TEST(UsEquities, OpensAnHourEarlierInUtcAfterTheClocksChange) {
  constexpr std::int64_t kFriday = 1'709'908'200 * kSecondNs;  // 2024-03-08T14:30:00Z
  constexpr std::int64_t kMonday = 1'710'163'800 * kSecondNs;  // 2024-03-11T13:30:00Z
  ExpectChange(kStocks, {kFriday, Phase::PreMarket, Phase::Regular});
  ExpectChange(kStocks, {kMonday, Phase::PreMarket, Phase::Regular});
}

TEST(UsEquities, EndsAnEarlyDayAtOneAndItsAfterHoursAtFive) {
  for (const auto day : {2024y / 7 / 3, 2024y / 11 / 29, 2024y / 12 / 24}) {
    ExpectChange(kStocks, {Eastern(day, 13h), Phase::Regular, Phase::AfterHours});
    ExpectChange(kStocks, {Eastern(day, 17h), Phase::AfterHours, Phase::Closed});
  }
}

TEST(UsEquities, IsClosedOverTheWeekend) {
  const std::int64_t friday_end = Eastern(2024y / 6 / 7, 20h);
  EXPECT_EQ(NextChange(kStocks, friday_end), Eastern(2024y / 6 / 10, 4h));
  for (auto wait = 0h; wait < 56h; wait += 1h) {
    EXPECT_EQ(PhaseAt(kStocks, friday_end + nanoseconds{wait}.count()), Phase::Closed);
  }
}

TEST(UsEquities, IsClosedOnAHolidayFromTheEveningBefore) {
  const std::int64_t eve = Eastern(2024y / 12 / 24, 17h);
  EXPECT_EQ(NextChange(kStocks, eve), Eastern(2024y / 12 / 26, 4h));
  EXPECT_EQ(PhaseAt(kStocks, Eastern(2024y / 12 / 25, 12h)), Phase::Closed);
}

TEST(UsEquities, FindsTheWayOutOfTheLongestClosure) {
  EXPECT_EQ(NextChange(kStocks, Eastern(2001y / 9 / 10, 20h)), Eastern(2001y / 9 / 17, 4h));
}

TEST(Forex, IsOpenFromSundayToFridayAtFive) {
  for (const auto sunday : {2024y / 1 / 21, 2024y / 3 / 10, 2024y / 11 / 3, 2024y / 12 / 22}) {
    const auto friday = std::chrono::sys_days{sunday} + std::chrono::days{5};
    const std::int64_t open = Eastern(sunday, 17h);
    const std::int64_t close = Eastern(std::chrono::year_month_day{friday}, 17h);
    ExpectChange(Calendar::Forex, {open, Phase::Closed, Phase::Regular});
    ExpectChange(Calendar::Forex, {close, Phase::Regular, Phase::Closed});
    EXPECT_EQ(NextChange(Calendar::Forex, open), close);
  }
}

TEST(UsFutures, AreOpenFromSundayEveningToFridayWithAnHoursBreakADay) {
  constexpr auto kFutures = Calendar::UsFutures;
  for (const auto sunday : {2024y / 1 / 21, 2024y / 7 / 7}) {
    const auto day = [sunday](int days) {
      return std::chrono::year_month_day{std::chrono::sys_days{sunday} + std::chrono::days{days}};
    };
    ExpectChange(kFutures, {Eastern(sunday, 18h), Phase::Closed, Phase::Regular});
    for (int weekday = 1; weekday <= 4; ++weekday) {
      ExpectChange(kFutures, {Eastern(day(weekday), 17h), Phase::Regular, Phase::Closed});
      ExpectChange(kFutures, {Eastern(day(weekday), 18h), Phase::Closed, Phase::Regular});
    }
    ExpectChange(kFutures, {Eastern(day(5), 17h), Phase::Regular, Phase::Closed});
    EXPECT_EQ(NextChange(kFutures, Eastern(day(5), 17h)), Eastern(day(7), 18h));
  }
}

TEST(UsFutures, AreClosedOverTheWeekend) {
  const std::int64_t friday_end = Eastern(2024y / 6 / 7, 17h);
  for (auto wait = 0h; wait < 49h; wait += 1h) {
    EXPECT_EQ(PhaseAt(Calendar::UsFutures, friday_end + nanoseconds{wait}.count()), Phase::Closed);
  }
}

TEST(UsFutures, OpenAnHourEarlierInUtcAfterTheClocksChange) {
  constexpr std::int64_t kBefore = 1'709'506'800 * kSecondNs;  // 2024-03-03T23:00:00Z
  constexpr std::int64_t kAfter = 1'710'108'000 * kSecondNs;   // 2024-03-10T22:00:00Z
  ExpectChange(Calendar::UsFutures, {kBefore, Phase::Closed, Phase::Regular});
  ExpectChange(Calendar::UsFutures, {kAfter, Phase::Closed, Phase::Regular});
  constexpr std::int64_t kAutumn = 1'730'674'800 * kSecondNs;  // 2024-11-03T23:00:00Z
  ExpectChange(Calendar::UsFutures, {kAutumn, Phase::Closed, Phase::Regular});
}

/// Walks from change to change and looks at the seconds around each and at the time between.
void ExpectConsistent(Calendar calendar, std::int64_t begin_ns, std::int64_t end_ns) {
  for (std::int64_t now = begin_ns; now < end_ns;) {
    const std::int64_t next = NextChange(calendar, now);
    ASSERT_GT(next, now);
    const Phase phase = PhaseAt(calendar, now);
    EXPECT_NE(PhaseAt(calendar, next), phase) << next;
    const std::int64_t step = (next - now) / 3 + 1;
    for (std::int64_t between = now; between < next; between += step) {
      EXPECT_EQ(PhaseAt(calendar, between), phase) << between;
      EXPECT_EQ(NextChange(calendar, between), next) << between;
    }
    EXPECT_EQ(PhaseAt(calendar, next - 1), phase) << next;
    now = next;
  }
}

class CalendarOverTheYears : public ::testing::TestWithParam<Calendar> {};

TEST_P(CalendarOverTheYears, NextChangeAndPhaseAgree) {
  ExpectConsistent(GetParam(), Eastern(1999y / 12 / 31, 12h), Eastern(2040y / 1 / 1, 0h));
}

INSTANTIATE_TEST_SUITE_P(Of, CalendarOverTheYears,
                         ::testing::Values(Calendar::UsEquities, Calendar::Forex,
                                           Calendar::UsFutures));

static_assert(PhaseAt(kStocks, Eastern(2024y / 1 / 22, 10h)) == Phase::Regular);

}  // namespace
}  // namespace feedmux
