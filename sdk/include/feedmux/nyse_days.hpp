#pragma once

#include <algorithm>  // find
#include <array>      // array
#include <chrono>     // local_days, year_month_day

/// The days on which the New York Stock Exchange trades, from 2000 on; Nasdaq and the other US
/// stock exchanges keep the same. Source of the rules: NYSE Rule 7.2 and the yearly press releases
/// "NYSE Group Announces ... Holiday and Early Closings Calendar", of which those to 2028 are out.
/// They cannot foretell a day of mourning or a disaster. Days are those of New York.
namespace feedmux::nyse {

constexpr std::chrono::local_days Date(int year, unsigned month, unsigned day) {
  return std::chrono::local_days{std::chrono::year{year} / std::chrono::month{month} /
                                 std::chrono::day{day}};
}

/// Closures outside the rules, as listed by the exchange ("Special Closings").
inline constexpr std::array kSpecialClosings = {
    Date(2001, 9, 11),  Date(2001, 9, 12),   // attacks of September 11
    Date(2001, 9, 13),  Date(2001, 9, 14),   //
    Date(2004, 6, 11),                       // mourning of President Reagan
    Date(2007, 1, 2),                        // mourning of President Ford
    Date(2012, 10, 29), Date(2012, 10, 30),  // hurricane Sandy
    Date(2018, 12, 5),                       // mourning of President G. H. W. Bush
    Date(2025, 1, 9),                        // mourning of President Carter
};

/// Gregorian Easter Sunday, by the algorithm of Meeus, Jones and Butcher.
constexpr std::chrono::local_days Easter(std::chrono::year in_year) {
  const int year = static_cast<int>(in_year);
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
  return Date(year, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31 + 1));
}

/// Rule 7.2: a holiday on a Saturday is kept on the Friday, one on a Sunday on the Monday.
constexpr std::chrono::local_days Observed(std::chrono::local_days holiday) {
  const std::chrono::weekday weekday{holiday};
  if (weekday == std::chrono::Saturday) return holiday - std::chrono::days{1};
  if (weekday == std::chrono::Sunday) return holiday + std::chrono::days{1};
  return holiday;
}

/// A weekday on which the exchange stays closed.
constexpr bool IsHoliday(std::chrono::local_days day) {
  using namespace std::chrono;
  const year year = year_month_day{day}.year();
  const int y = static_cast<int>(year);
  // Rule 7.2 again: not on a Friday that ends the year, so a Saturday New Year is not kept at all.
  const local_days new_year = Date(y, 1, 1);
  return day == (weekday{new_year} == Saturday ? new_year : Observed(new_year)) ||
         day == local_days{year / January / Monday[3]} ||     // Martin Luther King, Jr. Day
         day == local_days{year / February / Monday[3]} ||    // Washington's Birthday
         day == Easter(year) - days{2} ||                     // Good Friday
         day == local_days{year / May / Monday[last]} ||      // Memorial Day
         (y >= 2022 && day == Observed(Date(y, 6, 19))) ||    // Juneteenth
         day == Observed(Date(y, 7, 4)) ||                    // Independence Day
         day == local_days{year / September / Monday[1]} ||   // Labor Day
         day == local_days{year / November / Thursday[4]} ||  // Thanksgiving Day
         day == Observed(Date(y, 12, 25)) ||                  // Christmas Day
         std::find(kSpecialClosings.begin(), kSpecialClosings.end(), day) != kSpecialClosings.end();
}

constexpr bool IsTradingDay(std::chrono::local_days day) {
  return std::chrono::weekday{day}.iso_encoding() <= 5 && !IsHoliday(day);
}

/// A trading day that ends at 13:00 instead of 16:00: the eve of Independence Day, the day after
/// Thanksgiving, and Christmas Eve.
constexpr bool IsEarlyClose(std::chrono::local_days day) {
  using namespace std::chrono;
  const int y = static_cast<int>(year_month_day{day}.year());
  if (!IsTradingDay(day)) return false;
  // Until 2012 a Thursday the 4th shortened the Friday after it instead of the Wednesday before.
  if (day == Date(2002, 7, 3)) return false;
  if (day == Date(2002, 7, 5)) return true;
  if (day == Date(2003, 12, 26)) return true;  // a Friday after Christmas, outside the rules
  return day == Date(y, 7, 3) || day == Date(y, 12, 24) ||
         day == local_days{year{y} / November / Thursday[4]} + days{1};
}

/// When the regular session of a trading day ends.
constexpr std::chrono::hours CloseOf(std::chrono::local_days trading_day) {
  return std::chrono::hours{IsEarlyClose(trading_day) ? 13 : 16};
}

}  // namespace feedmux::nyse
