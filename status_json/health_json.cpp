#include "status_json/health_json.hpp"

#include <nlohmann/json.hpp>

#include "status_json/values.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;

Json ToJson(const GapRecord& gap) {
  Json json = {{"from", Seconds(gap.from_ns)}, {"to", nullptr}, {"reason", gap.reason}};
  if (gap.to_ns != 0) json["to"] = Seconds(gap.to_ns);
  json["symbols"] = gap.symbols ? Json(*gap.symbols) : Json::array();
  return json;
}

Json ToJson(const ConnectionHealth& connection) {
  Json gaps = Json::array();
  for (const GapRecord& gap : connection.gaps) gaps.push_back(ToJson(gap));
  return {{"name", connection.name},
          {"source", connection.source},
          {"universe", connection.universe},
          {"enabled", connection.enabled},
          {"status", Name(connection.status)},
          {"status_since", Seconds(connection.status_since_ns)},
          {"down_since", Seconds(connection.down_since_ns)},
          {"paused", connection.paused},
          {"stale", connection.stale},
          {"evicted", connection.evicted},
          {"next_attempt", Seconds(connection.next_attempt_ns)},
          {"assigned_tickers", connection.assigned_tickers},
          {"borrowed_tickers", connection.borrowed_tickers},
          {"message_count", connection.message_count},
          {"error_count", connection.error_count},
          {"last_message_time", Seconds(connection.last_message_ns)},
          {"ticks_per_second", connection.ticks_per_second},
          {"ticks_per_second_60", connection.ticks_per_second_60},
          {"latency_p50_ms", LatencyMs(connection.latency_p50_ns)},
          {"latency_p99_ms", LatencyMs(connection.latency_p99_ns)},
          {"connects", connection.connects},
          {"reconnects", connection.reconnects},
          {"last_error", connection.last_error},
          {"last_error_time", Seconds(connection.last_error_ns)},
          {"gaps", std::move(gaps)},
          {"frames", connection.frames},
          {"bytes", connection.bytes},
          {"events", connection.events},
          {"status_events", connection.status_events},
          {"duplicates", connection.duplicates},
          {"withheld", connection.withheld},
          {"rejected", RejectedCount(connection)},
          {"rejected_by_reason", RejectedByReason(connection)}};
}

Json ToJson(const SinkHealth& sink) {
  return {{"delivered", sink.delivered},
          {"filtered", sink.filtered},
          {"dropped", sink.dropped},
          {"conflated", sink.conflated},
          {"queued", sink.queued},
          {"failed", sink.failed},
          {"queue_capacity", sink.queue_capacity},
          {"when_full", sink.when_full},
          {"available", sink.available},
          {"error_count", sink.error_count},
          {"last_error", sink.last_error},
          {"stuck_since", Seconds(sink.stuck_since_ns)},
          {"stuck_in", sink.stuck_in}};
}

Json ToJson(const Alarm& alarm) {
  return {{"since", Seconds(alarm.since_ns)}, {"source", alarm.source}, {"text", alarm.text}};
}

}  // namespace

Json UniversesJson(const std::vector<UniverseHealth>& universes) {
  Json json = Json::array();
  for (const UniverseHealth& universe : universes) {
    json.push_back({{"key", universe.key},
                    {"resolver", universe.resolver},
                    {"count", universe.count},
                    {"content_hash", universe.content_hash},
                    {"resolved_at", Seconds(universe.resolved_ns)},
                    {"stale", universe.stale},
                    {"last_error", universe.last_error}});
  }
  return json;
}

Json HealthJson(const Health& health) {
  std::uint64_t connected = 0, ticks = 0, errors = 0;
  Json connections = Json::object();
  for (const ConnectionHealth& connection : health.connections) {
    connected += connection.status == ConnectionStatus::Connected ? 1 : 0;
    ticks += connection.message_count;
    errors += connection.error_count;
    connections[connection.connection_id] = ToJson(connection);
  }
  Json sinks = Json::object();
  for (const SinkHealth& sink : health.sinks) sinks[sink.name] = ToJson(sink);
  Json alarms = Json::array();
  for (const Alarm& alarm : health.alarms) alarms.push_back(ToJson(alarm));

  return {{"total_connections", health.connections.size()},
          {"connected_count", connected},
          {"total_ticks_received", ticks},
          {"total_errors", errors},
          {"connections", std::move(connections)},
          {"ledger",
           {{"published", health.published},
            {"gap_ticks", health.gap_ticks},
            {"imbalance", health.imbalance},
            {"sinks", std::move(sinks)}}},
          {"universes", UniversesJson(health.universes)},
          {"alarms", std::move(alarms)}};
}

}  // namespace feedmux
