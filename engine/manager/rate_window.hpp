#pragma once

#include <array>    // array
#include <cstddef>  // size_t
#include <cstdint>  // int64_t, uint64_t

namespace feedmux {

/// Rates of a count that is sampled about once a second.
class RateWindow {
 public:
  void Sample(std::int64_t now_ns, std::uint64_t count) {
    newest_ = (newest_ + 1) % samples_.size();
    samples_[newest_] = {now_ns, count};
    if (filled_ < samples_.size()) ++filled_;
  }

  /// Per second, over the last sampling interval.
  double LastSecond() const { return Over(1); }

  /// Per second, over the last minute, or since the first sample.
  double LastMinute() const { return Over(samples_.size() - 1); }

 private:
  struct Point {
    std::int64_t ns = 0;
    std::uint64_t count = 0;
  };

  double Over(std::size_t intervals) const {
    if (filled_ < 2) return 0;
    if (intervals > filled_ - 1) intervals = filled_ - 1;
    const Point& to = samples_[newest_];
    const Point& from = samples_[(newest_ + samples_.size() - intervals) % samples_.size()];
    if (to.ns <= from.ns) return 0;
    return static_cast<double>(to.count - from.count) * 1e9 / static_cast<double>(to.ns - from.ns);
  }

  std::array<Point, 61> samples_ = {};
  std::size_t newest_ = samples_.size() - 1;
  std::size_t filled_ = 0;
};

}  // namespace feedmux
