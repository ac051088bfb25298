#include "core/timer_queue.hpp"

#include <algorithm>  // max, min
#include <utility>    // move

namespace feedmux {

void TimerQueue::Every(std::chrono::milliseconds interval, std::function<void()> callback) {
  interval = std::max(interval, std::chrono::milliseconds{1});
  timers_.push_back({interval, std::chrono::steady_clock::now() + interval, std::move(callback)});
}

TimerQueue::TimePoint TimerQueue::NextDue() const {
  TimePoint next = TimePoint::max();
  for (const Timer& timer : timers_) next = std::min(next, timer.due);
  return next;
}

void TimerQueue::RunDue(TimePoint now) {
  // By index: a callback may add timers, which end an iterator.
  for (std::size_t i = 0; i < timers_.size(); ++i) {
    if (timers_[i].due > now) continue;
    const auto missed = (now - timers_[i].due) / timers_[i].interval;
    timers_[i].due += (missed + 1) * timers_[i].interval;
    timers_[i].callback();
  }
}

}  // namespace feedmux
