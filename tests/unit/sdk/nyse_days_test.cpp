#include "feedmux/nyse_days.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace feedmux::nyse {
namespace {

using std::chrono::days;
using std::chrono::local_days;

/// The days of a year for which `test` holds, as "MM-DD".
template <typename Test>
std::vector<std::string> DaysOf(int year, Test test) {
  std::vector<std::string> found;
  for (local_days day = Date(year, 1, 1); day < Date(year + 1, 1, 1); day += days{1}) {
    if (!test(day)) continue;
    const std::chrono::year_month_day date{day};
    char text[16];
    std::snprintf(text, sizeof(text), "%02u-%02u", static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()));
    found.emplace_back(text);
  }
  return found;
}

bool IsWeekdayHoliday(local_days day) {
  return std::chrono::weekday{day}.iso_encoding() <= 5 && IsHoliday(day);
}

using Days = std::map<int, std::vector<std::string>>;

// The exchange's published calendars; 2025 to 2028 from its press releases of 2024-11-08 and
// 2025-12-23.
const Days kHolidays = {
    {2012,
     {"01-02", "01-16", "02-20", "04-06", "05-28", "07-04", "09-03", "10-29", "10-30", "11-22",
      "12-25"}},
    {2013, {"01-01", "01-21", "02-18", "03-29", "05-27", "07-04", "09-02", "11-28", "12-25"}},
    {2014, {"01-01", "01-20", "02-17", "04-18", "05-26", "07-04", "09-01", "11-27", "12-25"}},
    {2015, {"01-01", "01-19", "02-16", "04-03", "05-25", "07-03", "09-07", "11-26", "12-25"}},
    {2016, {"01-01", "01-18", "02-15", "03-25", "05-30", "07-04", "09-05", "11-24", "12-26"}},
    {2017, {"01-02", "01-16", "02-20", "04-14", "05-29", "07-04", "09-04", "11-23", "12-25"}},
    {2018,
     {"01-01", "01-15", "02-19", "03-30", "05-28", "07-04", "09-03", "11-22", "12-05", "12-25"}},
    {2019, {"01-01", "01-21", "02-18", "04-19", "05-27", "07-04", "09-02", "11-28", "12-25"}},
    {2020, {"01-01", "01-20", "02-17", "04-10", "05-25", "07-03", "09-07", "11-26", "12-25"}},
    {2021, {"01-01", "01-18", "02-15", "04-02", "05-31", "07-05", "09-06", "11-25", "12-24"}},
    {2022, {"01-17", "02-21", "04-15", "05-30", "06-20", "07-04", "09-05", "11-24", "12-26"}},
    {2023,
     {"01-02", "01-16", "02-20", "04-07", "05-29", "06-19", "07-04", "09-04", "11-23", "12-25"}},
    {2024,
     {"01-01", "01-15", "02-19", "03-29", "05-27", "06-19", "07-04", "09-02", "11-28", "12-25"}},
    {2025,
     {"01-01", "01-09", "01-20", "02-17", "04-18", "05-26", "06-19", "07-04", "09-01", "11-27",
      "12-25"}},
    {2026,
     {"01-01", "01-19", "02-16", "04-03", "05-25", "06-19", "07-03", "09-07", "11-26", "12-25"}},
    {2027,
     {"01-01", "01-18", "02-15", "03-26", "05-31", "06-18", "07-05", "09-06", "11-25", "12-24"}},
    {2028, {"01-17", "02-21", "04-14", "05-29", "06-19", "07-04", "09-04", "11-23", "12-25"}},
};

const Days kEarlyCloses = {
    {2000, {"07-03", "11-24"}},
    {2001, {"07-03", "11-23", "12-24"}},
    {2002, {"07-05", "11-29", "12-24"}},
    {2003, {"07-03", "11-28", "12-24", "12-26"}},
    {2004, {"11-26"}},
    {2005, {"11-25"}},
    {2006, {"07-03", "11-24"}},
    {2007, {"07-03", "11-23", "12-24"}},
    {2008, {"07-03", "11-28", "12-24"}},
    {2009, {"11-27", "12-24"}},
    {2010, {"11-26"}},
    {2011, {"11-25"}},
    {2012, {"07-03", "11-23", "12-24"}},
    {2013, {"07-03", "11-29", "12-24"}},
    {2014, {"07-03", "11-28", "12-24"}},
    {2015, {"11-27", "12-24"}},
    {2016, {"11-25"}},
    {2017, {"07-03", "11-24"}},
    {2018, {"07-03", "11-23", "12-24"}},
    {2019, {"07-03", "11-29", "12-24"}},
    {2020, {"11-27", "12-24"}},
    {2021, {"11-26"}},
    {2022, {"11-25"}},
    {2023, {"07-03", "11-24"}},
    {2024, {"07-03", "11-29", "12-24"}},
    {2025, {"07-03", "11-28", "12-24"}},
    {2026, {"11-27", "12-24"}},
    {2027, {"11-26"}},
    {2028, {"07-03", "11-24"}},
};

TEST(NyseDays, AreClosedOnThePublishedHolidays) {
  for (const auto& [year, holidays] : kHolidays) {
    EXPECT_THAT(DaysOf(year, IsWeekdayHoliday), ::testing::ElementsAreArray(holidays)) << year;
  }
}

TEST(NyseDays, CloseEarlyOnThePublishedDays) {
  for (const auto& [year, early] : kEarlyCloses) {
    EXPECT_THAT(DaysOf(year, IsEarlyClose), ::testing::ElementsAreArray(early)) << year;
  }
}

TEST(NyseDays, AreAsManyAsTheExchangeTraded) {
  const std::map<int, std::size_t> trading_days = {
      {2000, 252}, {2001, 248}, {2002, 252}, {2003, 252}, {2004, 252}, {2005, 252}, {2006, 251},
      {2007, 251}, {2008, 253}, {2009, 252}, {2010, 252}, {2011, 252}, {2012, 250}, {2013, 252},
      {2014, 252}, {2015, 252}, {2016, 252}, {2017, 251}, {2018, 251}, {2019, 252}, {2020, 253},
      {2021, 252}, {2022, 251}, {2023, 250}, {2024, 252}, {2025, 250}};
  for (const auto& [year, count] : trading_days) {
    EXPECT_EQ(DaysOf(year, IsTradingDay).size(), count) << year;
  }
}

TEST(NyseDays, DoNotKeepASaturdayNewYearOnTheFridayBefore) {
  for (const int year : {1999, 2004, 2010, 2021, 2027, 2032}) {
    EXPECT_TRUE(IsTradingDay(Date(year, 12, 31))) << year;
    EXPECT_TRUE(IsTradingDay(Date(year + 1, 1, 3))) << year;
  }
}

TEST(NyseDays, KeepASundayNewYearOnTheMonday) {
  for (const int year : {2006, 2012, 2017, 2023}) EXPECT_TRUE(IsHoliday(Date(year, 1, 2))) << year;
}

TEST(NyseDays, ClosedForSpecialReasons) {
  EXPECT_FALSE(IsTradingDay(Date(2001, 9, 11)));
  EXPECT_FALSE(IsTradingDay(Date(2001, 9, 14)));
  EXPECT_TRUE(IsTradingDay(Date(2001, 9, 17)));
  EXPECT_FALSE(IsTradingDay(Date(2004, 6, 11)));
  EXPECT_FALSE(IsTradingDay(Date(2007, 1, 2)));
}

TEST(NyseDays, KeepJuneteenthSince2022) {
  EXPECT_TRUE(IsTradingDay(Date(2020, 6, 19)));
  EXPECT_TRUE(IsTradingDay(Date(2021, 6, 18)));
  EXPECT_FALSE(IsTradingDay(Date(2022, 6, 20)));
}

TEST(NyseDays, KnowEaster) {
  EXPECT_EQ(Easter(std::chrono::year{2000}), Date(2000, 4, 23));
  EXPECT_EQ(Easter(std::chrono::year{2008}), Date(2008, 3, 23));
  EXPECT_EQ(Easter(std::chrono::year{2011}), Date(2011, 4, 24));
  EXPECT_EQ(Easter(std::chrono::year{2038}), Date(2038, 4, 25));
  EXPECT_EQ(Easter(std::chrono::year{2049}), Date(2049, 4, 18));
}

}  // namespace
}  // namespace feedmux::nyse
