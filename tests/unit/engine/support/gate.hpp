#pragma once

#include <condition_variable>  // condition_variable
#include <mutex>               // mutex

namespace feedmux {

/// Holds threads up until it is opened. Stays open.
class Gate {
 public:
  void Open() {
    const std::lock_guard lock{mutex_};
    open_ = true;
    opened_.notify_all();
  }
  void Pass() {
    std::unique_lock lock{mutex_};
    opened_.wait(lock, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

}  // namespace feedmux
