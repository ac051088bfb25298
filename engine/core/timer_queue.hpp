#pragma once

#include <chrono>      // steady_clock, milliseconds
#include <deque>       // deque
#include <functional>  // function

#include "feedmux/host.hpp"

namespace feedmux {

/// The repeating timers of one thread. Thread: that one only.
class TimerQueue final : public Timers {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  void Every(std::chrono::milliseconds interval, std::function<void()> callback) override;

  /// Forgets all timers. Not from a callback.
  void Clear() { timers_.clear(); }

  /// When the next timer is due; TimePoint::max() if there is none.
  TimePoint NextDue() const;

  /// Calls what is due at `now`, each timer once however many of its turns were missed. A callback
  /// that throws ends this round; its next turn comes all the same.
  void RunDue(TimePoint now);

 private:
  struct Timer {
    std::chrono::milliseconds interval;
    TimePoint due;
    std::function<void()> callback;
  };
  std::deque<Timer> timers_;  // so that a timer that adds one stays where it is
};

}  // namespace feedmux
