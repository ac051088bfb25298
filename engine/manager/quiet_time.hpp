#pragma once

#include <cstdint>  // int64_t, uint64_t

#include "core/nanoseconds.hpp"

namespace feedmux {

/// For how long a connection has brought nothing, as samples about once a second tell. Times are
/// monotonic, so that setting the clock is no silence.
class QuietTime {
 public:
  /// A session begins.
  void Begin(std::int64_t now_ns, std::uint64_t ticks_total) {
    last_sample_ns_ = now_ns;
    ticks_total_ = ticks_total;
    quiet_ns_ = 0;
  }

  /// `was_due`: since the last sample, ticks could have come. A step of more than 5 s counts
  /// nothing: the process stood still.
  void Sample(std::int64_t now_ns, std::uint64_t ticks_total, bool was_due) {
    constexpr std::int64_t kLongestStepNs = 5 * kSecondNs;
    const std::int64_t step_ns = now_ns - last_sample_ns_;
    if (!was_due || ticks_total != ticks_total_) {
      quiet_ns_ = 0;
    } else if (step_ns <= kLongestStepNs) {
      quiet_ns_ += step_ns;
    }
    last_sample_ns_ = now_ns;
    ticks_total_ = ticks_total;
  }

  std::int64_t ns() const { return quiet_ns_; }

 private:
  std::int64_t last_sample_ns_ = 0;
  std::uint64_t ticks_total_ = 0;
  std::int64_t quiet_ns_ = 0;
};

}  // namespace feedmux
