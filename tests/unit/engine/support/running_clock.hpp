#pragma once

#include <chrono>
#include <cstdint>

#include "feedmux/testing/fake_host.hpp"

namespace feedmux {

/// Time of day stands still until the test moves it; intervals are real, for threads that wait.
class RunningClock final : public Clock {
 public:
  std::int64_t UtcNs() const override { return manual_.UtcNs(); }
  std::int64_t MonotonicNs() const override {
    return std::chrono::steady_clock::now().time_since_epoch().count();
  }
  void Advance(std::chrono::nanoseconds by) { manual_.Advance(by); }

 private:
  testing::ManualClock manual_;
};

}  // namespace feedmux
