#pragma once

#include <array>    // array
#include <cstdint>  // int64_t

#include "manager/latency_histogram.hpp"

namespace feedmux {

/// Quantiles over the last minute of a histogram that only grows.
class RecentLatency {
 public:
  static constexpr std::int64_t kSliceNs = 10'000'000'000;

  /// About once a second.
  void Sample(std::int64_t now_ns, const LatencyHistogram& histogram) {
    if (next_ns_ != 0 && now_ns < next_ns_) return;
    next_ns_ = now_ns + kSliceNs;
    slices_[oldest_] = histogram.Read();
    oldest_ = (oldest_ + 1) % slices_.size();
  }

  std::int64_t Quantile(const LatencyHistogram& histogram, double share) const {
    return LatencyHistogram::Quantile(slices_[oldest_], histogram.Read(), share);
  }

 private:
  std::array<LatencyHistogram::Counts, 6> slices_ = {};
  std::size_t oldest_ = 0;
  std::int64_t next_ns_ = 0;
};

}  // namespace feedmux
