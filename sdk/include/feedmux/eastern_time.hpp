#pragma once

#include <chrono>   // local_days, nanoseconds, sys_time
#include <cstdint>  // int64_t

namespace feedmux {

/// A moment on the wall clock of New York.
struct EasternTime {
  std::chrono::local_days day;
  std::chrono::nanoseconds time_of_day;  ///< on that clock, 0 to 24 h
};

/// First Sunday of April to last Sunday of October until 2006, second Sunday of March to first
/// Sunday of November since 2007 (Energy Policy Act of 2005, section 110), both at 2:00 local time:
/// right from 1987 until Congress changes it. Computed, because GCC 12 has no time zones.
constexpr bool IsEasternDaylightTime(std::chrono::sys_time<std::chrono::nanoseconds> utc) {
  using namespace std::chrono;
  const year year = year_month_day{floor<days>(utc)}.year();
  const bool is_long = year >= std::chrono::year{2007};
  const sys_days begin{is_long ? sys_days{year / March / Sunday[2]}
                               : sys_days{year / April / Sunday[1]}};
  const sys_days end{is_long ? sys_days{year / November / Sunday[1]}
                             : sys_days{year / October / Sunday[last]}};
  return begin + hours{7} <= utc && utc < end + hours{6};
}

/// `utc_ns`: since the Unix epoch.
constexpr EasternTime ToEastern(std::int64_t utc_ns) {
  using namespace std::chrono;
  const sys_time<nanoseconds> utc{nanoseconds{utc_ns}};
  const hours offset{IsEasternDaylightTime(utc) ? -4 : -5};
  const local_time<nanoseconds> local{(utc + offset).time_since_epoch()};
  const local_days day = floor<days>(local);
  return {day, local - day};
}

/// The inverse of ToEastern. Of the hour that comes twice in autumn, the first; an hour that spring
/// leaves out is taken as standard time.
constexpr std::int64_t FromEastern(const EasternTime& time) {
  using namespace std::chrono;
  const sys_time<nanoseconds> as_utc{time.day.time_since_epoch() + time.time_of_day};
  const sys_time<nanoseconds> daylight = as_utc + hours{4};
  const auto utc = IsEasternDaylightTime(daylight) ? daylight : as_utc + hours{5};
  return utc.time_since_epoch().count();
}

}  // namespace feedmux
