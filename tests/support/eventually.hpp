#pragma once

#include <chrono>  // steady_clock
#include <thread>  // sleep_for

namespace feedmux {

/// Waits until the condition holds, `most` at most; false if it never did.
template <typename Condition>
bool Eventually(Condition condition, std::chrono::seconds most = std::chrono::seconds{10}) {
  const auto deadline = std::chrono::steady_clock::now() + most;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::microseconds{100});
  }
  return true;
}

}  // namespace feedmux
