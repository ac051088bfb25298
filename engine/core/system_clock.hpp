#pragma once

#include <chrono>  // system_clock, steady_clock

#include "feedmux/host.hpp"

namespace feedmux {

class SystemClock final : public Clock {
 public:
  std::int64_t UtcNs() const override { return Ns(std::chrono::system_clock::now()); }
  std::int64_t MonotonicNs() const override { return Ns(std::chrono::steady_clock::now()); }

 private:
  template <typename TimePoint>
  static std::int64_t Ns(TimePoint now) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count();
  }
};

}  // namespace feedmux
