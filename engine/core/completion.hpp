#pragma once

#include <chrono>              // steady_clock
#include <condition_variable>  // condition_variable
#include <mutex>               // mutex

namespace feedmux {

/// Tells others that a thread has come to its end, so that they can wait for it with a deadline.
class Completion {
 public:
  void Set() {
    // Notified under the lock: whoever waits may destroy this right after.
    const std::lock_guard lock{mutex_};
    done_ = true;
    changed_.notify_all();
  }

  /// False if it was not set by then.
  bool WaitUntil(std::chrono::steady_clock::time_point deadline) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_until(lock, deadline, [this] { return done_; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool done_ = false;
};

}  // namespace feedmux
