#pragma once

#include <cstdint>  // int64_t

namespace feedmux::dashboard {

/// Keeps trouble that every request meets again from filling the log.
///
/// Thread: one.
class OnceAMinute {
 public:
  /// Whether to speak now.
  bool IsDue(std::int64_t monotonic_ns) {
    if (last_ns_ != 0 && monotonic_ns - last_ns_ < 60'000'000'000) return false;
    last_ns_ = monotonic_ns;
    return true;
  }

 private:
  std::int64_t last_ns_ = 0;  // 0: never
};

}  // namespace feedmux::dashboard
