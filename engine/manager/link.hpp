#pragma once

#include <array>    // array
#include <cstdint>  // int64_t, uint64_t
#include <memory>   // unique_ptr
#include <string>   // string
#include <vector>   // vector

#include "core/backoff.hpp"
#include "core/log_budget.hpp"
#include "core/logging.hpp"
#include "feedmux/health.hpp"
#include "manager/quiet_time.hpp"
#include "manager/rate_window.hpp"
#include "manager/silence_monitor.hpp"

namespace feedmux {

struct ManagedConnection;

/// One connection as the manager sees it.
struct Link {
  enum class Session {
    None,      ///< waits for retry_at_ns, or for somebody
    Starting,  ///< runs, not connected yet
    Up,        ///< connected
    Ending,    ///< asked to end
  };

  Link(const ManagedConnection& managed, Log& log, const Clock& clock, const Backoff& waits,
       SilenceMonitor monitor);

  const ManagedConnection& config;
  Log& log;
  LogBudget error_log;
  Backoff backoff;
  SilenceMonitor silence;
  QuietTime quiet;
  RateWindow rate;

  Session session = Session::None;
  ConnectionStatus status = ConnectionStatus::Disconnected;
  std::int64_t status_since_utc_ns = 0;
  bool paused = false;  ///< or about to be, while it is up
  bool stale = false;
  bool evicted = false;
  bool auth_refused = false;
  bool asked_for = false;          ///< by somebody: it is tried whatever the vendor's limit
  std::uint64_t evictions = 0;     ///< without a long session between them
  std::string end_reason;          ///< why it was asked to end, if it was
  std::int64_t leave_by_ns = 0;    ///< monotonic; paused: no ticker begins to move away later
  std::int64_t retry_at_ns = 0;    ///< monotonic; meaningful in Session::None
  std::int64_t up_since_ns = 0;    ///< monotonic; of this session
  std::int64_t down_since_ns = 0;  ///< monotonic; 0: it is up
  std::int64_t down_since_utc_ns = 0;
  std::int64_t up_since_utc_ns = 0;
  std::uint64_t publish_mark = 0;  ///< at the last sample
  bool blocked = false;            ///< by a full sink, at the last sample
  bool held_up = false;            ///< the same, or it was at the sample before
  std::int64_t sampled_utc_ns = 0;
  std::int64_t keeps_up_utc_ns = 0;  ///< before it was held up; meaningful while it is
  bool healthy = false;              ///< this session has streamed for healthy_after
  std::uint64_t connects = 0;
  std::uint64_t error_count = 0;
  std::string last_error;
  std::int64_t last_error_utc_ns = 0;
};

}  // namespace feedmux
