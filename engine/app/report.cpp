#include "app/report.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>   // errno
#include <cstdio>   // fopen, fwrite, fclose, rename
#include <cstring>  // strerror
#include <nlohmann/json.hpp>
#include <numeric>    // accumulate
#include <stdexcept>  // runtime_error

#include "feedmux/batch.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;

double Seconds(std::int64_t ns) { return static_cast<double>(ns / 1000) / 1e6; }

Json ToJson(const ConnectionHealth& connection) {
  Json by_reason = Json::object();
  for (std::size_t i = 0; i < kRejectReasonCount; ++i) {
    by_reason[std::string{kRejectReasonNames[i]}] = connection.rejected[i];
  }
  return {{"name", connection.name},
          {"source", connection.source},
          {"enabled", connection.enabled},
          {"status", Name(connection.status)},
          {"assigned_tickers", connection.assigned_tickers},
          {"message_count", connection.message_count},
          {"error_count", connection.error_count},
          {"last_message_time", Seconds(connection.last_message_ns)},
          {"connects", connection.connects},
          {"last_error", connection.last_error},
          {"last_error_time", Seconds(connection.last_error_ns)},
          {"frames", connection.frames},
          {"bytes", connection.bytes},
          {"events", connection.events},
          {"status_events", connection.status_events},
          {"rejected", std::accumulate(connection.rejected.begin(), connection.rejected.end(),
                                       std::uint64_t{0})},
          {"rejected_by_reason", std::move(by_reason)}};
}

Json ToJson(const SinkHealth& sink) {
  return {{"delivered", sink.delivered},  {"filtered", sink.filtered},
          {"dropped", sink.dropped},      {"conflated", sink.conflated},
          {"queued", sink.queued},        {"failed", sink.failed},
          {"available", sink.available},  {"error_count", sink.error_count},
          {"last_error", sink.last_error}};
}

}  // namespace

std::string ReportJson(const Engine& engine, std::int64_t started_ns, std::int64_t now_ns) {
  const Health health = engine.ReadHealth();
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

  const Json report = {{"version", FEEDMUX_VERSION},
                       {"started_at", Seconds(started_ns)},
                       {"written_at", Seconds(now_ns)},
                       {"total_connections", health.connections.size()},
                       {"connected_count", connected},
                       {"total_ticks_received", ticks},
                       {"total_errors", errors},
                       {"connections", std::move(connections)},
                       {"ledger",
                        {{"published", health.published},
                         {"imbalance", health.imbalance},
                         {"sinks", std::move(sinks)}}},
                       {"metrics", engine.ReadMetrics()}};
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void WriteFileAtomically(const std::filesystem::path& file, const std::string& text) {
  const auto fail = [&file](const char* what) {
    throw std::runtime_error(fmt::format("{}: {}: {}", file.string(), what, std::strerror(errno)));
  };
  const std::string temporary = fmt::format("{}.{}.tmp", file.string(), ::getpid());
  std::FILE* out = std::fopen(temporary.c_str(), "w");
  if (!out) fail("cannot be written");
  const bool written = std::fwrite(text.data(), 1, text.size(), out) == text.size();
  if (std::fclose(out) != 0 || !written) {
    const int reason = errno;
    std::remove(temporary.c_str());
    errno = reason;
    fail("cannot be written");
  }
  if (std::rename(temporary.c_str(), file.c_str()) != 0) {
    const int reason = errno;
    std::remove(temporary.c_str());
    errno = reason;
    fail("cannot be replaced");
  }
}

}  // namespace feedmux
