#pragma once

#include <chrono>   // milliseconds
#include <cstddef>  // size_t

namespace feedmux {

/// What a control server allows its clients, so that none of them can harm the engine.
struct ControlLimits {
  std::size_t clients = 32;
  std::size_t taps = 8;
  std::size_t request_bytes = std::size_t{1} << 20;
  std::chrono::milliseconds idle = std::chrono::minutes{1};          ///< without a whole request
  std::chrono::milliseconds slow_reader = std::chrono::seconds{10};  ///< for taking a reply
  std::chrono::milliseconds stuck_tap = std::chrono::minutes{10};    ///< for taking any tick
  /// Between two looks at a tap: what it costs the engine is one lot in this time.
  std::chrono::milliseconds tap_interval{50};
};

}  // namespace feedmux
