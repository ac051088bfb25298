#include "us_session.hpp"

#include <chrono>  // duration, hours, minutes

#include "feedmux/market_calendar.hpp"

namespace feedmux::synthetic {

double VolumeFactor(std::int64_t utc_ns) {
  using std::chrono::hours;
  if (PhaseAt(Calendar::UsEquities, utc_ns) != Phase::Regular) return 0.1;
  const EasternTime now = ToEastern(utc_ns);
  constexpr auto kOpen = hours{9} + std::chrono::minutes{30};
  const std::chrono::duration<double> since_open = now.time_of_day - kOpen;
  const std::chrono::duration<double> length = nyse::CloseOf(now.day) - kOpen;
  const double from_middle = 2 * (since_open / length) - 1;  // -1 to 1
  return 0.6 + 1.2 * from_middle * from_middle;
}

}  // namespace feedmux::synthetic
