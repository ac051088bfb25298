#pragma once

#include <array>    // array
#include <atomic>   // atomic
#include <bit>      // bit_width
#include <cstddef>  // size_t
#include <cstdint>  // int64_t, uint64_t

namespace feedmux {

/// Counts of durations, in buckets that are an eighth of a power of two wide. One thread adds, any
/// may read.
class LatencyHistogram {
 public:
  static constexpr std::size_t kBuckets = 64 * 8;
  using Counts = std::array<std::uint64_t, kBuckets>;

  /// Negative ones (clocks differ) count as nothing.
  void Add(std::int64_t ns) {
    std::atomic<std::uint64_t>& bucket = counts_[BucketOf(ns < 0 ? 0 : ns)];
    bucket.store(bucket.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }

  Counts Read() const {
    Counts counts;
    for (std::size_t i = 0; i < kBuckets; ++i) {
      counts[i] = counts_[i].load(std::memory_order_relaxed);
    }
    return counts;
  }

  /// The duration that `share` of those between two readings did not exceed, to an eighth; 0 if
  /// there were none.
  static std::int64_t Quantile(const Counts& before, const Counts& after, double share) {
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < kBuckets; ++i) all += after[i] - before[i];
    const double rank = share * static_cast<double>(all);
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < kBuckets && all > 0; ++i) {
      below += after[i] - before[i];
      if (static_cast<double>(below) >= rank && below > 0) return UpperBound(i);
    }
    return 0;
  }

 private:
  static std::size_t BucketOf(std::int64_t ns) {
    const auto value = static_cast<std::uint64_t>(ns);
    if (value < 8) return value;
    const auto exponent = static_cast<std::size_t>(std::bit_width(value) - 1);
    return (exponent - 2) * 8 + ((value >> (exponent - 3)) & 7);
  }

  static std::int64_t UpperBound(std::size_t bucket) {
    if (bucket < 8) return static_cast<std::int64_t>(bucket);
    const std::size_t exponent = bucket / 8 + 2;
    return static_cast<std::int64_t>(((std::uint64_t{9} + bucket % 8) << (exponent - 3)) - 1);
  }

  std::array<std::atomic<std::uint64_t>, kBuckets> counts_ = {};
};

}  // namespace feedmux
