#pragma once

#include <cstddef>      // size_t
#include <cstdint>      // int64_t, uint64_t
#include <memory>       // unique_ptr
#include <optional>     // optional
#include <span>         // span
#include <string_view>  // string_view

#include "feedmux/host.hpp"
#include "feedmux/options.hpp"
#include "feedmux/sink.hpp"
#include "sink_redis/byte_buffer.hpp"
#include "sink_redis/command_encoder.hpp"
#include "sink_redis/redis_link.hpp"
#include "sink_redis/settings.hpp"

namespace feedmux::redis {

/// Writes every tick to Redis.
///
/// Ticks travel in windows, each a transaction (MULTI ... EXEC) of some hundred ticks. While Redis
/// executes one window the next is written and sent without its EXEC, which follows only when the
/// one before has been executed. From this follows what is promised:
///
/// 1. OnTicks returns when Redis has executed everything.
/// 2. Ticks are executed in their order, none is skipped. A window that Redis refuses for now (OOM,
///    READONLY, LOADING, NOPERM, BUSY ...) is not executed in part, and no later one before it.
/// 3. After a lost connection only the ticks without an answer are sent again, first of all and in
///    order. At most one window of them may have been executed already, so that a consumer may see
///    these ticks twice: at least once, not exactly once. The counter `redelivered` says how many
///    were sent again. Before it sends, the new connection has the server close the old one, lest
///    something still waiting there is executed later (this needs the right to CLIENT and INFO).
/// 4. A command that Redis executes and fails (WRONGTYPE: the key holds something else) would fail
///    again: its tick counts as failed, the others go on.
///
/// No call waits longer than io_timeout for a server that neither takes nor answers anything.
class RedisSink final : public Sink {
 public:
  /// Throws OptionError.
  RedisSink(Host& host, const Options& options);

  void Start() override;
  void OnTicks(std::span<const Tick> ticks) override;
  void Stop() override;

 private:
  /// A transaction: ticks [begin, end) of the current span.
  struct Window {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t commands = 0;
    bool empty() const { return begin == end; }
  };

  /// What the current call of OnTicks has achieved: ticks from the front of its span.
  struct Progress {
    std::size_t acknowledged = 0;
    std::size_t sent = 0;
  };

  void Connect();
  void Deliver(std::span<const Tick> ticks, Progress& progress);
  Window Encode(std::span<const Tick> ticks, std::size_t begin);
  void Send();
  void AwaitExecution(std::span<const Tick> ticks, const Window& window);
  void Discard(const Window& window);
  void CountRedelivered(std::span<const Tick> executed);
  void ReportFailures(std::span<const Tick> executed);
  void Disconnect(std::span<const Tick> unacknowledged);

  Host& host_;
  const Settings settings_;
  CommandEncoder encoder_;
  ByteBuffer buffer_;
  std::unique_ptr<RedisLink> link_;

  std::optional<ClientIdentity> lost_;        // the connection that ticks were lost with
  std::uint64_t unacknowledged_through_ = 0;  // sequences up to this one were sent before
  std::int64_t last_call_ns_ = 0;             // monotonic
  bool was_connected_ = false;
  bool sent_away_by_replica_ = false;  // since it last executed something

  Counter& commands_;
  Counter& bytes_;
  Counter& transactions_;
  Counter& redelivered_;
  Counter& refused_;
  Counter& failed_;
  Counter& reconnects_;
};

}  // namespace feedmux::redis
