#include "sink_dashboard/status_json.hpp"

#include <algorithm>  // count_if, min, stable_sort
#include <charconv>   // from_chars

#include <nlohmann/json.hpp>

#include "status_json/values.hpp"

namespace feedmux::dashboard {
namespace {

constexpr std::size_t kGapSymbols = 100;

/// 7 of "connection_7".
int NumberOf(const std::string& connection_id) {
  const auto at = connection_id.rfind('_');
  int number = 0;
  if (at != std::string::npos) {
    std::from_chars(connection_id.data() + at + 1, connection_id.data() + connection_id.size(),
                    number);
  }
  return number;
}

/// Why it is not connected.
std::string ReasonOf(const ConnectionHealth& connection) {
  if (!connection.enabled) return "disabled in the configuration";
  if (connection.status == ConnectionStatus::Connected) return "";
  if (connection.paused) return "paused until somebody resumes it";
  if (IsHoldingOff(connection)) return "the vendor's connection limit: " + connection.last_error;
  return connection.last_error;
}

std::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::Warning:
      return "warning";
    case LogLevel::Error:
      return "error";
    default:
      return "info";
  }
}

}  // namespace

bool IsHoldingOff(const ConnectionHealth& connection) {
  return connection.evicted && !connection.stale && connection.status == ConnectionStatus::Error;
}

Json ConnectionJson(const ConnectionHealth& connection, const std::vector<std::string>* tickers) {
  Json config = {{"ticker_count", connection.assigned_tickers}};
  if (tickers != nullptr) config["tickers"] = *tickers;
  const auto open_gaps = std::count_if(connection.gaps.begin(), connection.gaps.end(),
                                       [](const GapRecord& gap) { return gap.to_ns == 0; });
  return {{"id", NumberOf(connection.connection_id)},
          {"connection_id", connection.connection_id},
          {"name", connection.name},
          {"enabled", connection.enabled},
          {"connected", connection.status == ConnectionStatus::Connected},
          {"status", Name(connection.status)},
          {"config", std::move(config)},
          {"metrics",
           {{"messages_per_second", connection.ticks_per_second},
            {"last_update", Seconds(connection.last_message_ns)},
            {"error_count", connection.error_count}}},
          {"source", connection.source},
          {"universe", connection.universe},
          {"status_since", Seconds(connection.status_since_ns)},
          {"down_since", Seconds(connection.down_since_ns)},
          {"paused", connection.paused},
          {"stale", connection.stale},
          {"evicted", connection.evicted},
          {"next_attempt", Seconds(connection.next_attempt_ns)},
          {"reason", ReasonOf(connection)},
          {"message_count", connection.message_count},
          {"borrowed_tickers", connection.borrowed_tickers},
          {"ticks_per_second_60", connection.ticks_per_second_60},
          {"latency_p50_ms", LatencyMs(connection.latency_p50_ns)},
          {"latency_p99_ms", LatencyMs(connection.latency_p99_ns)},
          {"connects", connection.connects},
          {"reconnects", connection.reconnects},
          {"last_error", connection.last_error},
          {"last_error_time", Seconds(connection.last_error_ns)},
          {"frames", connection.frames},
          {"bytes", connection.bytes},
          {"rejected", RejectedCount(connection)},
          {"duplicates", connection.duplicates},
          {"open_gaps", open_gaps}};
}

Json ConnectionMetricsJson(const ConnectionHealth& connection) {
  return {{"connection_id", connection.connection_id},
          {"messages_per_second", connection.ticks_per_second},
          {"message_count", connection.message_count},
          {"error_count", connection.error_count},
          {"last_update", Seconds(connection.last_message_ns)},
          {"latency_p50_ms", LatencyMs(connection.latency_p50_ns)},
          {"latency_p99_ms", LatencyMs(connection.latency_p99_ns)},
          {"ticker_count", connection.assigned_tickers},
          {"bytes", connection.bytes},
          {"reconnects", connection.reconnects}};
}

Json SummaryJson(const Health& health) {
  std::uint64_t connected = 0, ticks = 0, errors = 0;
  for (const ConnectionHealth& connection : health.connections) {
    connected += connection.status == ConnectionStatus::Connected ? 1 : 0;
    ticks += connection.message_count;
    errors += connection.error_count;
  }
  return {{"total", health.connections.size()},
          {"connected", connected},
          {"ticks_total", ticks},
          {"errors_total", errors},
          {"imbalance", health.imbalance}};
}

Json EngineJson(const EngineInfo& engine, std::int64_t now_ns) {
  return {{"version", engine.version},
          {"started", Seconds(engine.started_ns)},
          {"now", Seconds(now_ns)}};
}

Json SinksJson(const std::vector<SinkHealth>& sinks) {
  Json json = Json::array();
  for (const SinkHealth& sink : sinks) {
    const bool stuck = sink.stuck_since_ns != 0;
    json.push_back(
        {{"name", sink.name},
         {"available", sink.available && !stuck},
         {"queued", sink.queued},
         {"queue_capacity", sink.queue_capacity},
         {"when_full", sink.when_full},
         {"delivered", sink.delivered},
         {"filtered", sink.filtered},
         {"dropped", sink.dropped},
         {"conflated", sink.conflated},
         {"failed", sink.failed},
         {"error_count", sink.error_count},
         {"last_error", stuck ? "it has not returned from " + sink.stuck_in : sink.last_error}});
  }
  return json;
}

Json LedgerJson(const Health& health) {
  Json connections = Json::object();
  for (const ConnectionHealth& connection : health.connections) {
    connections[connection.connection_id] = {{"frames", connection.frames},
                                             {"bytes", connection.bytes},
                                             {"events", connection.events},
                                             {"status_events", connection.status_events},
                                             {"ticks", connection.message_count},
                                             {"duplicates", connection.duplicates},
                                             {"withheld", connection.withheld},
                                             {"rejected", RejectedCount(connection)},
                                             {"rejected_by_reason", RejectedByReason(connection)}};
  }
  Json sinks = Json::object();
  for (const SinkHealth& sink : health.sinks) {
    sinks[sink.name] = {{"delivered", sink.delivered}, {"filtered", sink.filtered},
                        {"dropped", sink.dropped},     {"conflated", sink.conflated},
                        {"queued", sink.queued},       {"failed", sink.failed}};
  }
  return {{"published", health.published},
          {"gap_ticks", health.gap_ticks},
          {"imbalance", health.imbalance},
          {"connections", std::move(connections)},
          {"sinks", std::move(sinks)}};
}

Json GapsJson(const Health& health) {
  struct Found {
    const ConnectionHealth* connection;
    const GapRecord* gap;
  };
  std::vector<Found> found;
  for (const ConnectionHealth& connection : health.connections) {
    for (const GapRecord& gap : connection.gaps) found.push_back({&connection, &gap});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.gap->from_ns > b.gap->from_ns; });
  static const std::vector<std::string> kNone;
  Json json = Json::array();
  for (const auto& [connection, gap] : found) {
    const auto& symbols = gap->symbols ? *gap->symbols : kNone;
    const auto shown = static_cast<std::ptrdiff_t>(std::min(symbols.size(), kGapSymbols));
    json.push_back(
        {{"connection_id", connection->connection_id},
         {"connection_name", connection->name},
         {"from", Seconds(gap->from_ns)},
         {"to", gap->to_ns == 0 ? Json() : Json(Seconds(gap->to_ns))},
         {"reason", gap->reason},
         {"symbol_count", symbols.size()},
         {"symbols", std::vector<std::string>(symbols.begin(), symbols.begin() + shown)}});
  }
  return json;
}

Json PluginsJson(const EngineInfo& engine) {
  Json json = Json::array();
  for (const PluginSummary& plugin : engine.plugins) {
    json.push_back({{"kind", plugin.kind},
                    {"name", plugin.name},
                    {"version", plugin.version},
                    {"summary", plugin.summary},
                    {"file", plugin.file}});
  }
  return json;
}

Json LogLineJson(const LogLine& line) {
  return {{"id", line.number},
          {"time", Seconds(line.ts_ns)},
          {"level", LevelName(line.level)},
          {"component", line.component},
          {"text", line.text}};
}

std::string Text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace feedmux::dashboard
