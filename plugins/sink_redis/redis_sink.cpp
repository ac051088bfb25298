#include "sink_redis/redis_sink.hpp"

#include <fmt/format.h>

#include <algorithm>  // max
#include <exception>  // exception
#include <stdexcept>  // runtime_error
#include <string>     // string

#include "feedmux/errors.hpp"

namespace feedmux::redis {
namespace {

constexpr std::string_view kMulti = "*1\r\n$5\r\nMULTI\r\n";
constexpr std::string_view kExec = "*1\r\n$4\r\nEXEC\r\n";
constexpr std::string_view kDiscard = "*1\r\n$7\r\nDISCARD\r\n";

// Large enough that a system call is nothing beside its ticks, small enough that Redis serves its
// other clients in between and that little is sent twice.
constexpr std::size_t kWindowBytes = 128 * 1024;

// A connection unused for this long may have been closed meanwhile: worth a look before ticks are
// entrusted to it.
constexpr std::int64_t kIdleNs = 1'000'000'000;

/// Redis does not execute a transaction for now.
class Refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;

  /// A replica says this; the primary may be found behind the same name by connecting anew.
  bool IsFromReplica() const { return std::string_view{what()}.substr(0, 8) == "READONLY"; }
};

}  // namespace

RedisSink::RedisSink(Host& host, const Options& options)
    : host_(host),
      settings_(ReadSettings(options)),
      encoder_(host, settings_),
      commands_(host.metrics().GetCounter("commands", "Commands that Redis executed")),
      bytes_(host.metrics().GetCounter("bytes", "Bytes sent to Redis")),
      transactions_(host.metrics().GetCounter("transactions", "Transactions that Redis executed")),
      redelivered_(host.metrics().GetCounter(
          "redelivered", "Ticks sent again because the connection was lost before the answer")),
      refused_(
          host.metrics().GetCounter("refused", "Transactions that Redis refused for the time")),
      failed_(host.metrics().GetCounter("failed", "Ticks that Redis can never take")),
      reconnects_(host.metrics().GetCounter("reconnects", "Connections made after the first")) {}

void RedisSink::Start() {
  if (!link_) Connect();
}

void RedisSink::Stop() { link_.reset(); }

void RedisSink::Connect() {
  link_ = std::make_unique<RedisLink>(
      settings_.endpoint,
      RedisLink::Timeouts{.connect = settings_.connect_timeout, .io = settings_.io_timeout}, lost_);
  lost_.reset();
  if (was_connected_) reconnects_.Add();
  host_.log().Write(sent_away_by_replica_ ? LogLevel::Debug : LogLevel::Info,
                    fmt::format("{} to {}", was_connected_ ? "reconnected" : "connected",
                                settings_.endpoint.Display()));
  was_connected_ = true;
}

void RedisSink::OnTicks(std::span<const Tick> ticks) {
  const std::int64_t now_ns = host_.clock().MonotonicNs();
  if (link_ && now_ns - last_call_ns_ > kIdleNs && link_->ClosedByPeer()) link_.reset();
  last_call_ns_ = now_ns;
  if (!link_) Connect();

  Progress progress;
  const auto disconnect = [&] {
    Disconnect(ticks.subspan(progress.acknowledged, progress.sent - progress.acknowledged));
  };
  try {
    Deliver(ticks, progress);
  } catch (const ConnectionLost& lost) {
    disconnect();
    throw SinkUnavailable(lost.what(), progress.acknowledged);
  } catch (const Refused& refused) {
    refused_.Add();
    if (refused.IsFromReplica()) {
      link_.reset();
      sent_away_by_replica_ = true;
    }
    throw SinkUnavailable(
        fmt::format("{} refused: {}", settings_.endpoint.Display(), refused.what()),
        progress.acknowledged);
  } catch (const std::exception& unexpected) {
    disconnect();  // its unread answers would be taken for those of the next call
    throw SinkUnavailable(fmt::format("unexpected: {}", unexpected.what()), progress.acknowledged);
  }
}

void RedisSink::Deliver(std::span<const Tick> ticks, Progress& progress) {
  buffer_.Clear();
  Window window = Encode(ticks, 0);
  while (!window.empty()) {
    buffer_.Append(kExec);
    progress.sent = window.end;
    Send();

    const Window next = Encode(ticks, window.end);
    progress.sent = next.end;
    Send();

    try {
      AwaitExecution(ticks, window);
    } catch (const Refused&) {
      Discard(next);
      throw;
    }
    progress.acknowledged = window.end;
    window = next;
  }
}

RedisSink::Window RedisSink::Encode(std::span<const Tick> ticks, std::size_t begin) {
  Window window{.begin = begin, .end = begin};
  if (begin == ticks.size()) return window;
  buffer_.Append(kMulti);
  while (window.end < ticks.size() && buffer_.size() < kWindowBytes) {
    window.commands += encoder_.Append(buffer_, ticks[window.end]);
    ++window.end;
  }
  return window;
}

void RedisSink::Send() {
  if (buffer_.size() == 0) return;
  bytes_.Add(buffer_.size());
  link_->Send(buffer_.view());
  buffer_.Clear();
}

void RedisSink::AwaitExecution(std::span<const Tick> ticks, const Window& window) {
  if (link_->Next() == RedisLink::Reply::Error) {
    throw ConnectionLost(
        fmt::format("{} refused MULTI: {}", settings_.endpoint.Display(), link_->text()));
  }
  std::string refusal;
  const auto note_refusal = [&] {
    if (refusal.empty()) refusal = link_->text();
  };
  for (std::size_t i = 0; i < window.commands; ++i) {
    if (link_->Next() == RedisLink::Reply::Error) note_refusal();
  }
  switch (link_->Next()) {
    case RedisLink::Reply::Array:
      break;
    case RedisLink::Reply::Error:
      note_refusal();
      throw Refused(refusal);
    default:
      throw ConnectionLost(settings_.endpoint.Display() + " does not answer EXEC as Redis does");
  }
  if (link_->element_count() != window.commands) {
    throw ConnectionLost(settings_.endpoint.Display() + " executed another number of commands");
  }
  sent_away_by_replica_ = false;
  transactions_.Add();
  commands_.Add(window.commands - link_->element_errors().size());
  const auto executed = ticks.subspan(window.begin, window.end - window.begin);
  if (executed.front().sequence <= unacknowledged_through_) CountRedelivered(executed);
  if (!link_->element_errors().empty()) ReportFailures(executed);
}

void RedisSink::Discard(const Window& window) {
  if (window.empty()) return;
  buffer_.Append(kDiscard);
  Send();
  for (std::size_t i = 0; i < 1 + window.commands + 1; ++i) link_->Next();
}

void RedisSink::CountRedelivered(std::span<const Tick> executed) {
  for (const Tick& tick : executed) {
    if (tick.sequence <= unacknowledged_through_) redelivered_.Add();
  }
}

void RedisSink::ReportFailures(std::span<const Tick> executed) {
  std::size_t next_command = 0;
  auto error = link_->element_errors().begin();
  const auto end = link_->element_errors().end();
  for (auto tick = executed.begin(); error != end; ++tick) {
    const std::size_t commands = encoder_.CommandCount(*tick);
    next_command += commands;
    const std::string& first = error->text;
    std::size_t errors = 0;
    for (; error != end && error->index < next_command; ++error) ++errors;
    if (errors == 0) continue;
    failed_.Add();
    host_.ReportFailed(
        1, fmt::format("Redis cannot take {}a {} of {}: {}", errors < commands ? "all of " : "",
                       Name(tick->kind), host_.symbols().Text(tick->symbol), first));
  }
}

void RedisSink::Disconnect(std::span<const Tick> unacknowledged) {
  if (link_->identity().client_id != 0) lost_ = link_->identity();
  if (!unacknowledged.empty()) {
    unacknowledged_through_ = std::max(unacknowledged_through_, unacknowledged.back().sequence);
  }
  link_.reset();
}

}  // namespace feedmux::redis
