#pragma once

#include <cstdint>  // int64_t

namespace feedmux::synthetic {

/// How much trades at this time, with 1 as the mean of the session from 9:30 to 16:00 in New York:
/// 1.8 at the bells, 0.6 in the middle, 0.1 whenever the session is closed.
double VolumeFactor(std::int64_t utc_ns);

}  // namespace feedmux::synthetic
