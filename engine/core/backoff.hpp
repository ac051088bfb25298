#pragma once

#include <algorithm>  // min
#include <chrono>     // milliseconds
#include <cstdint>    // uint64_t
#include <random>     // mt19937_64

namespace feedmux {

/// Waits between attempts: exponential, capped, full jitter, so that many clients that lost the
/// same peer do not come back together.
class Backoff {
 public:
  Backoff(std::chrono::milliseconds first, std::chrono::milliseconds max, std::uint64_t seed)
      : first_(std::min(first, max)), max_(max), next_(first_), random_(seed) {}

  /// The next wait: a random part of an upper limit that doubles from `first` to `max`; never less
  /// than a tenth of `first`.
  std::chrono::milliseconds Next();

  /// Begins again with `first`.
  void Reset() { next_ = first_; }

 private:
  std::chrono::milliseconds first_;
  std::chrono::milliseconds max_;
  std::chrono::milliseconds next_;  // upper limit of the next wait
  std::mt19937_64 random_;
};

}  // namespace feedmux
