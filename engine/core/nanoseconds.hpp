#pragma once

#include <chrono>   // nanoseconds
#include <cstdint>  // int64_t

namespace feedmux {

inline constexpr std::int64_t kSecondNs = 1'000'000'000;

inline std::int64_t Ns(std::chrono::nanoseconds time) { return time.count(); }

}  // namespace feedmux
