#pragma once

#include <chrono>   // milliseconds, steady_clock
#include <cstdint>  // fixed-width integers
#include <map>      // map
#include <memory>   // shared_ptr
#include <set>      // set
#include <string>   // string

#include "feedmux/host.hpp"
#include "sink_dashboard/identity.hpp"
#include "sink_dashboard/live_ticks.hpp"
#include "sink_dashboard/verdict.hpp"
#include "sink_dashboard/viewer.hpp"
#include "webserver/server.hpp"

namespace feedmux::dashboard {

/// Sends open pages what changes. While nobody watches it does nothing at all.
///
/// Thread: the server's.
class Live {
 public:
  /// All of them outlive it.
  Live(Host& host, webserver::Server& server, TickBoard& board, Identity& identity,
       VerdictJudge& judge, const ViewerLimits& limits = {});

  /// What serves a WebSocket of this caller.
  std::shared_ptr<webserver::Listener> Welcome(Caller caller);

  /// Ends the sockets of a session now.
  void EndSession(const std::string& session_key, const std::string& reason);

  std::size_t viewers() const { return viewers_.size(); }

  // What viewers ask for.
  void Join(Viewer& viewer);
  void Leave(Viewer& viewer);
  double NowSeconds() const;
  void CountDropped() { dropped_.Add(); }

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  void ScheduleRound(std::uint64_t watch);
  void Round();
  void SendTicks();
  void SendStatusChanges(const Health& health);
  void SendMetrics(const Health& health);
  void SendNewLogLines();
  void CheckCallers();
  void SendToAll(std::string_view event, const std::string& data);

  /// What a metrics_update has for everybody, without its closing brace.
  std::string SharedMetrics(const Health& health);
  void SendMetricsTo(Viewer& viewer, const std::string& shared);

  Host& host_;
  webserver::Server& server_;
  Identity& identity_;
  VerdictJudge& judge_;
  const ViewerLimits limits_;
  Counter& dropped_;
  LiveTicks ticks_;
  std::set<Viewer*> viewers_;
  std::uint64_t watch_ = 0;                      // number of the times that somebody began to watch
  std::map<std::string, std::string> statuses_;  // what was last sent, by connection
  std::uint64_t last_log_line_ = 0;
  SteadyTime health_read_{};
  SteadyTime metrics_sent_{};
};

}  // namespace feedmux::dashboard
