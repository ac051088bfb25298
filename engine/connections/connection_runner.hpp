#pragma once

#include <chrono>              // steady_clock
#include <condition_variable>  // condition_variable_any
#include <cstdint>             // int64_t, uint64_t
#include <memory>              // unique_ptr
#include <mutex>               // mutex
#include <stop_token>          // stop_source
#include <string>              // string
#include <string_view>         // string_view
#include <thread>              // thread

#include "bus/bus.hpp"
#include "connections/bus_publisher.hpp"
#include "connections/reconnect_policy.hpp"
#include "core/backoff.hpp"
#include "core/completion.hpp"
#include "core/log_budget.hpp"
#include "core/logging.hpp"
#include "feedmux/health.hpp"
#include "feedmux/source.hpp"
#include "plugins/guard.hpp"

namespace feedmux {

/// Keeps one connection up on a thread of its own: a session after the other, with the wait between
/// them that the way the last one ended calls for.
class ConnectionRunner {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct State {
    ConnectionStatus status = ConnectionStatus::Disconnected;
    std::uint64_t connects = 0;
    std::uint64_t error_count = 0;
    std::string last_error;
    std::int64_t last_error_ns = 0;
  };

  /// `source`, `bus` and `clock` outlive the runner.
  ConnectionRunner(ConnectionSpec spec, Source& source, Bus& bus, const Clock& clock,
                   const ReconnectPolicy& policy = {});
  ~ConnectionRunner();

  void Start();
  void RequestStop() { stop_.request_stop(); }

  /// False if the connection has not come back by then: it is stuck in a call. True if it never
  /// started.
  bool WaitUntil(TimePoint deadline) const {
    return !thread_.joinable() || ended_.WaitUntil(deadline);
  }

  /// Leaves a stuck thread behind; the process must end without unwinding.
  void Abandon() { thread_.detach(); }

  State Read() const;

 private:
  void Run(std::stop_token stop);
  void RunSession(std::stop_token stop);
  void OnConnected();
  void Remember(std::string_view error);
  std::chrono::milliseconds WaitAfter(const PluginError& error);
  void SetStatus(ConnectionStatus status);

  // Set at construction.
  const ConnectionSpec spec_;
  Source& source_;
  const Clock& clock_;
  const ReconnectPolicy policy_;
  NamedLog log_;

  // The connection thread's.
  LogBudget error_log_;
  BusPublisher publisher_;
  Backoff backoff_;
  TimePoint connected_at_{};  // of this session; the epoch: not yet

  mutable std::mutex mutex_;
  std::condition_variable_any stop_asked_;
  State state_;  // guarded by mutex_

  std::stop_source stop_;
  Completion ended_;
  std::thread thread_;  // declared last: it uses all of the above
};

}  // namespace feedmux
