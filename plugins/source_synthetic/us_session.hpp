#pragma once

#include <cstdint>  // int64_t

namespace feedmux::synthetic {

/// A moment on the clock of the US stock exchanges.
struct EasternTime {
  std::int64_t day;     ///< days since 1970-01-01, in New York
  std::int64_t second;  ///< of that day, 0 to 86399
  bool is_weekday;      ///< exchange holidays are not known
};

/// By the rule in force since 2007: daylight saving time from the second Sunday of March to the
/// first of November, both at 2 in the morning.
EasternTime ToEastern(std::int64_t utc_ns);

/// How much trades at this time, with 1 as the mean of the session from 9:30 to 16:00 on a weekday:
/// 1.8 at the bells, 0.6 in the middle, 0.1 whenever the session is closed.
double VolumeFactor(const EasternTime& time);

}  // namespace feedmux::synthetic
