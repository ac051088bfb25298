#pragma once

#include <atomic>              // atomic
#include <chrono>              // steady_clock
#include <condition_variable>  // condition_variable
#include <cstdint>             // int64_t, uint64_t
#include <memory>              // unique_ptr
#include <mutex>               // mutex
#include <optional>            // optional
#include <string>              // string
#include <thread>              // thread

#include "bus/sink_queue.hpp"
#include "config/config.hpp"
#include "core/backoff.hpp"
#include "core/completion.hpp"
#include "core/log_budget.hpp"
#include "feedmux/sink.hpp"
#include "plugins/guard.hpp"
#include "plugins/plugin_host.hpp"

namespace feedmux {

/// Runs one sink on a thread of its own: starts it, hands it whatever waits, and tries again with
/// backoff while it is unavailable.
class SinkRunner {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct State {
    bool available = false;
    std::uint64_t error_count = 0;
    std::string last_error;
    std::string call;                ///< that the sink is in: "OnTicks"; empty: in none
    std::int64_t call_since_ns = 0;  ///< UTC
  };

  /// `queue` outlives the runner.
  SinkRunner(std::unique_ptr<PluginHost> host, std::unique_ptr<Sink> sink, SinkQueue& queue,
             const RetryConfig& retry);
  ~SinkRunner();

  void Start();

  /// Asks it to deliver what is queued, at the latest until `deadline`, and to end.
  void Drain(TimePoint deadline);

  /// False if the sink has not come back by then: it is stuck in a call. True if it never started.
  bool WaitUntil(TimePoint deadline) const {
    return !thread_.joinable() || ended_.WaitUntil(deadline);
  }

  /// Leaves a stuck thread behind; the process must end without unwinding.
  void Abandon() { thread_.detach(); }

  State Read() const;
  const MetricSet& metrics() const { return host_->metrics(); }

 private:
  void Run();
  template <typename F>
  std::optional<PluginError> Call(const char* method, F&& call);
  bool StartSink();
  void Deliver(Lot& lot);
  void RunTimers();

  /// After a failed call: counts, logs the first of a burst, waits. False when its time is up.
  bool BackOff(const PluginError& error);
  void Recovered();
  bool Draining() const;
  bool TimeIsUp() const;

  // Set at construction.
  const std::unique_ptr<PluginHost> host_;
  const std::unique_ptr<Sink> sink_;
  SinkQueue& queue_;

  // The sink thread's.
  Backoff backoff_;
  LogBudget timer_log_;
  LogBudget outage_log_;

  // Written by the sink thread, read by any.
  std::atomic<const char*> call_{nullptr};
  std::atomic<std::int64_t> call_since_ns_{0};

  mutable std::mutex mutex_;
  std::condition_variable drain_asked_;
  std::optional<TimePoint> drain_deadline_;  // guarded by mutex_
  State state_;                              // guarded by mutex_

  Completion ended_;
  std::thread thread_;  // declared last: it uses all of the above
};

}  // namespace feedmux
