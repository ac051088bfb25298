#pragma once

#include <condition_variable>  // condition_variable
#include <cstddef>             // size_t
#include <deque>               // deque
#include <functional>          // function
#include <mutex>               // mutex
#include <thread>              // thread

namespace feedmux::dashboard {

/// A thread for what may take its time. It starts with the first task. Tasks must not throw.
class Worker {
 public:
  /// At most so many tasks wait.
  explicit Worker(std::size_t most_waiting) : most_waiting_(most_waiting) {}

  /// Waits for the task that runs; those that wait are dropped.
  ~Worker();

  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// False if too many wait.
  bool Post(std::function<void()> task);

 private:
  void Run();

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace feedmux::dashboard
