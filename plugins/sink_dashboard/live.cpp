#include "sink_dashboard/live.hpp"

#include <utility>  // move
#include <vector>   // vector

#include <nlohmann/json.hpp>

#include "sink_dashboard/status_json.hpp"
#include "status_json/values.hpp"

namespace feedmux::dashboard {
namespace {

// A tick that is shown at all is shown within a tenth of a second: a little less than that passes
// between two messages.
constexpr std::chrono::milliseconds kRound{90};
constexpr std::chrono::milliseconds kHealthEvery{100};
constexpr std::chrono::milliseconds kMetricsEvery{1'000};

/// What the page must hear of at once.
std::string StatusOf(const ConnectionHealth& connection) {
  return Text(Json{Name(connection.status), connection.status_since_ns, connection.paused,
                   connection.stale, connection.evicted, connection.enabled, connection.last_error,
                   connection.last_error_ns});
}

}  // namespace

Live::Live(Host& host, webserver::Server& server, TickBoard& board, Identity& identity,
           VerdictJudge& judge, const ViewerLimits& limits)
    : host_(host),
      server_(server),
      identity_(identity),
      judge_(judge),
      limits_(limits),
      dropped_(host.metrics().GetCounter("viewers_dropped",
                                         "Viewers that were dropped because they read too slowly")),
      ticks_(host, board) {}

std::shared_ptr<webserver::Listener> Live::Welcome(Caller caller) {
  return std::make_shared<Viewer>(*this, std::move(caller), limits_);
}

double Live::NowSeconds() const { return Seconds(host_.clock().UtcNs()); }

void Live::Join(Viewer& viewer) {
  const Health health = host_.ReadHealth();
  if (viewers_.empty()) {
    ticks_.Begin();
    const auto lines = host_.RecentLog(last_log_line_);
    if (!lines.empty()) last_log_line_ = lines.back().number;
    statuses_.clear();
    for (const auto& connection : health.connections) {
      statuses_[connection.connection_id] = StatusOf(connection);
    }
    metrics_sent_ = health_read_ = std::chrono::steady_clock::now();
    ScheduleRound(++watch_);
  }
  viewers_.insert(&viewer);
  for (const ConnectionHealth& connection : health.connections) {
    viewer.Send("connection_status_update", Text(ConnectionJson(connection, nullptr)));
  }
  SendMetricsTo(viewer, SharedMetrics(health));
}

void Live::Leave(Viewer& viewer) {
  viewers_.erase(&viewer);
  if (!viewers_.empty()) return;
  ++watch_;  // the round that is scheduled is the last
  ticks_.End();
}

void Live::ScheduleRound(std::uint64_t watch) {
  server_.After(kRound, [this, watch] {
    if (watch != watch_) return;
    ScheduleRound(watch);
    Round();
  });
}

void Live::Round() {
  SendTicks();
  const auto now = std::chrono::steady_clock::now();
  if (now - health_read_ < kHealthEvery) return;
  health_read_ = now;
  SendNewLogLines();
  const Health health = host_.ReadHealth();
  SendStatusChanges(health);
  if (now - metrics_sent_ < kMetricsEvery) return;
  metrics_sent_ += kMetricsEvery;
  if (now - metrics_sent_ > kMetricsEvery) metrics_sent_ = now;
  SendMetrics(health);
  CheckCallers();
}

void Live::SendTicks() {
  const auto& increases = ticks_.Update();
  for (Viewer* const viewer : std::set<Viewer*>{viewers_}) {
    viewer->Take(ticks_, increases);
    if (!viewer->IsSlow()) viewer->ShowTicks(ticks_);
  }
}

void Live::SendStatusChanges(const Health& health) {
  for (const ConnectionHealth& connection : health.connections) {
    std::string status = StatusOf(connection);
    std::string& known = statuses_[connection.connection_id];
    if (status == known) continue;
    known = std::move(status);
    SendToAll("connection_status_update", Text(ConnectionJson(connection, nullptr)));
  }
}

void Live::SendNewLogLines() {
  for (const LogLine& line : host_.RecentLog(last_log_line_)) {
    last_log_line_ = line.number;
    SendToAll("event", Text(LogLineJson(line)));
  }
}

std::string Live::SharedMetrics(const Health& health) {
  const std::int64_t now_ns = host_.clock().UtcNs();
  Json summary = SummaryJson(health);
  summary["verdict"] = judge_.Judge(health, now_ns);
  Json connections = Json::array();
  for (const ConnectionHealth& connection : health.connections) {
    connections.push_back(ConnectionMetricsJson(connection));
  }
  std::string text =
      Text(Json{{"time", Seconds(now_ns)},
                {"summary", std::move(summary)},
                {"connections", std::move(connections)},
                {"sinks", SinksJson(health.sinks)},
                {"ledger", {{"published", health.published}, {"imbalance", health.imbalance}}}});
  text.pop_back();
  return text;
}

void Live::SendMetricsTo(Viewer& viewer, const std::string& shared) {
  viewer.Send("metrics_update", shared + ",\"stream\":{\"seen\":" + std::to_string(viewer.seen()) +
                                    ",\"shown\":" + std::to_string(viewer.shown()) + "}}");
}

void Live::SendMetrics(const Health& health) {
  const std::string shared = SharedMetrics(health);
  for (Viewer* const viewer : std::set<Viewer*>{viewers_}) {
    if (!viewer->IsSlow()) SendMetricsTo(*viewer, shared);
  }
}

void Live::SendToAll(std::string_view event, const std::string& data) {
  for (Viewer* const viewer : viewers_) viewer->Send(event, data);
}

void Live::CheckCallers() {
  for (Viewer* const viewer : std::set<Viewer*>{viewers_}) {
    try {
      if (const auto ending = identity_.WhyOver(viewer->caller())) viewer->End(*ending);
    } catch (const AccountsUnreadable& error) {
      viewer->End({kLoginNeeded, "the users file cannot be read"});
    }
  }
}

void Live::EndSession(const std::string& session_key, const std::string& reason) {
  for (Viewer* const viewer : std::set<Viewer*>{viewers_}) {
    if (viewer->caller().session_key == session_key) viewer->End({kLoginNeeded, reason});
  }
}

}  // namespace feedmux::dashboard
