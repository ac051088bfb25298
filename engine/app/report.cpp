#include "app/report.hpp"

#include <fcntl.h>  // open
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

/// What a rename would do away with: /dev/null, /dev/stdout, a FIFO.
bool IsDeviceOrPipe(const std::filesystem::path& file) {
  std::error_code unknown;
  const auto type = std::filesystem::status(file, unknown).type();
  using std::filesystem::file_type;
  return type == file_type::character || type == file_type::block || type == file_type::fifo ||
         type == file_type::socket;
}

/// False with errno set if it could not all be written.
bool WriteInPlace(const std::filesystem::path& file, const std::string& text) {
  // Not waiting for the reader of a FIFO: the engine has better things to do.
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return false;
  ssize_t written = 0;
  for (std::size_t done = 0; done < text.size(); done += static_cast<std::size_t>(written)) {
    written = ::write(descriptor, text.data() + done, text.size() - done);
    if (written < 0 && errno == EINTR) written = 0;
    if (written < 0) break;
  }
  const int reason = errno;
  ::close(descriptor);
  errno = reason;
  return written >= 0;
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

void WriteFileAtomically(const std::filesystem::path& named, const std::string& text) {
  const auto fail = [&named](const char* what) {
    throw std::runtime_error(fmt::format("{}: {}: {}", named.string(), what, std::strerror(errno)));
  };
  std::error_code unknown;
  if (IsDeviceOrPipe(named)) {
    if (!WriteInPlace(named, text)) fail("cannot be written");
    return;
  }
  // A link stays one: what it points to is replaced.
  const bool is_link = std::filesystem::is_symlink(named, unknown);
  const auto file = is_link ? std::filesystem::weakly_canonical(named, unknown) : named;
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
