#include "us_session.hpp"

#include <chrono>  // sys_days, year_month_weekday, weekday

namespace feedmux::synthetic {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

bool IsDaylightSaving(sys_seconds utc) {
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(utc)};
  const sys_seconds begin =
      sys_days{date.year() / std::chrono::March / std::chrono::Sunday[2]} + hours{7};
  const sys_seconds end =
      sys_days{date.year() / std::chrono::November / std::chrono::Sunday[1]} + hours{6};
  return begin <= utc && utc < end;
}

}  // namespace

EasternTime ToEastern(std::int64_t utc_ns) {
  const sys_seconds utc{std::chrono::floor<seconds>(std::chrono::nanoseconds{utc_ns})};
  const sys_seconds local = utc - hours{IsDaylightSaving(utc) ? 4 : 5};
  const sys_days day = std::chrono::floor<std::chrono::days>(local);
  const unsigned iso_weekday = std::chrono::weekday{day}.iso_encoding();
  return {day.time_since_epoch().count(), (local - day).count(), iso_weekday <= 5};
}

double VolumeFactor(const EasternTime& time) {
  constexpr std::int64_t kOpen = 9 * 3600 + 30 * 60;
  constexpr std::int64_t kClose = 16 * 3600;
  if (!time.is_weekday || time.second < kOpen || time.second >= kClose) return 0.1;
  const double from_noon =
      2.0 * static_cast<double>(time.second - kOpen) / (kClose - kOpen) - 1.0;  // -1 to 1
  return 0.6 + 1.2 * from_noon * from_noon;
}

}  // namespace feedmux::synthetic
