#include "sink_dashboard/worker.hpp"

#include <utility>  // move

namespace feedmux::dashboard {

Worker::~Worker() {
  {
    const std::lock_guard lock{mutex_};
    is_stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Worker::Post(std::function<void()> task) {
  {
    const std::lock_guard lock{mutex_};
    if (tasks_.size() >= most_waiting_) return false;
    tasks_.push_back(std::move(task));
    if (!thread_.joinable()) thread_ = std::thread{[this] { Run(); }};
  }
  changed_.notify_all();
  return true;
}

void Worker::Run() {
  std::unique_lock lock{mutex_};
  while (true) {
    changed_.wait(lock, [this] { return is_stopping_ || !tasks_.empty(); });
    if (is_stopping_) return;
    const auto task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    lock.lock();
  }
}

}  // namespace feedmux::dashboard
