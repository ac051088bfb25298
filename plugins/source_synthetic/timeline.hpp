#pragma once

#include <cstdint>  // int64_t

namespace feedmux::synthetic {

/// The times of events that follow each other at an even rate, exact over any number of them.
class Timeline {
 public:
  /// `rate` per second; 0: time stands still until it is moved.
  Timeline(std::int64_t start_ns, std::int64_t rate) : rate_(rate), now_ns_(start_ns) {}

  std::int64_t now_ns() const { return now_ns_; }

  /// On to the next event.
  void Step() {
    if (rate_ == 0) return;
    now_ns_ += kSecond / rate_;
    rest_ += kSecond % rate_;
    if (rest_ >= rate_) {
      rest_ -= rate_;
      ++now_ns_;
    }
  }

  /// Never backwards: an earlier time is ignored.
  void MoveTo(std::int64_t time_ns) {
    if (time_ns > now_ns_) now_ns_ = time_ns;
  }

 private:
  static constexpr std::int64_t kSecond = 1'000'000'000;

  const std::int64_t rate_;
  std::int64_t now_ns_;
  std::int64_t rest_ = 0;  // of a nanosecond, in parts of `rate_`
};

}  // namespace feedmux::synthetic
