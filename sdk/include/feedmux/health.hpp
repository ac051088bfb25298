#pragma once

#include <array>        // array
#include <cstdint>      // fixed-width integers
#include <memory>       // shared_ptr
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/batch.hpp"

namespace feedmux {

enum class ConnectionStatus : std::uint8_t { Disconnected, Connecting, Connected, Error };

constexpr std::string_view Name(ConnectionStatus status) {
  switch (status) {
    case ConnectionStatus::Disconnected:
      return "disconnected";
    case ConnectionStatus::Connecting:
      return "connecting";
    case ConnectionStatus::Connected:
      return "connected";
    case ConnectionStatus::Error:
      return "error";
  }
  return "error";
}

/// An outage: for these symbols, ticks between the two times may be missing. Symbols that came back
/// at different times, through different connections, have records of their own.
struct GapRecord {
  std::int64_t from_ns = 0;  ///< arrival of the connection's last tick before it, UTC
  std::int64_t to_ns = 0;    ///< when the symbols' ticks arrived again; 0: not over yet
  std::string reason;
  std::shared_ptr<const std::vector<std::string>> symbols;  ///< never null
};

/// One connection at one moment. Counts are since the engine started.
struct ConnectionHealth {
  std::string connection_id;  ///< "connection_1", numbered over all sources in YAML order
  std::string name;
  std::string source;
  std::string
      universe;  ///< key of the universe it, or its source, is configured with; may be empty
  bool enabled = true;
  ConnectionStatus status = ConnectionStatus::Disconnected;
  std::uint64_t assigned_tickers = 0;
  std::uint64_t message_count = 0;  ///< ticks received
  std::uint64_t error_count = 0;
  std::int64_t last_message_ns = 0;  ///< when the last tick arrived, UTC; 0: none yet
  std::int64_t status_since_ns = 0;  ///< UTC; each attempt to connect begins a new status
  std::int64_t down_since_ns = 0;    ///< UTC, over all attempts; 0: it is connected, or disabled
  bool paused = false;               ///< by somebody, until somebody resumes it
  bool stale = false;                ///< silent where ticks were due: dead, until it is tried again
  bool evicted = false;              ///< the vendor's limit, until it has streamed for a while
  std::int64_t next_attempt_ns = 0;  ///< when it is tried again, UTC; 0: not waiting
  std::uint64_t connects = 0;        ///< sessions that got as far as "connected"
  std::uint64_t reconnects = 0;      ///< those after the first
  std::string last_error;
  std::int64_t last_error_ns = 0;      ///< UTC; 0: none yet
  std::uint64_t borrowed_tickers = 0;  ///< of assigned_tickers: here until their own is back
  double ticks_per_second = 0;         ///< over the last whole second
  double ticks_per_second_60 = 0;      ///< over the last minute, or since the start
  std::int64_t latency_p50_ns = 0;     ///< vendor's stamp to arrival, last minute; 0: no samples
  std::int64_t latency_p99_ns = 0;
  std::vector<GapRecord> gaps;  ///< the last ones, oldest first
  // The connection's part of the ledger.
  std::uint64_t frames = 0;
  std::uint64_t bytes = 0;
  std::uint64_t events = 0;
  std::uint64_t status_events = 0;
  std::uint64_t duplicates = 0;  ///< had come over another connection already
  std::uint64_t withheld = 0;    ///< held back until the former connection has caught up
  std::array<std::uint64_t, kRejectReasonCount> rejected = {};
};

/// One sink's part of the ledger at one moment:
/// published == filtered + delivered + dropped + conflated + queued + failed.
struct SinkHealth {
  std::string name;
  std::string when_full;             ///< of its queue, as in the YAML: "drop_oldest"
  std::uint64_t queue_capacity = 0;  ///< ticks
  bool available = true;             ///< false while it is being retried
  std::uint64_t filtered = 0;        ///< not wanted by its filter
  std::uint64_t delivered = 0;       ///< taken over by the sink
  std::uint64_t dropped = 0;         ///< its queue was full
  std::uint64_t conflated = 0;       ///< replaced by a newer tick of the same symbol and kind
  std::uint64_t queued = 0;          ///< waiting, or in the sink's hands right now
  std::uint64_t failed = 0;          ///< given up by the sink, see Host::ReportFailed
  std::uint64_t error_count = 0;
  std::string last_error;
  std::int64_t stuck_since_ns = 0;  ///< UTC; 0: it is in no call for longer than ten seconds
  std::string stuck_in;             ///< the call that it is in so long: "OnTicks"
};

/// One universe that connections are configured with.
struct UniverseHealth {
  std::string key;
  std::string resolver;  ///< name of the universe in the YAML that knew it
  std::uint64_t count = 0;
  std::string content_hash;      ///< same symbols in the same order, same hash
  std::int64_t resolved_ns = 0;  ///< when it was last resolved, UTC; 0: never
  bool stale = false;            ///< the last attempt failed; this is the last good set
  std::string last_error;
};

/// Something that needs a person.
struct Alarm {
  std::int64_t since_ns = 0;  ///< UTC
  std::string source;
  std::string text;
};

/// The engine at one moment.
struct Health {
  std::vector<ConnectionHealth> connections;
  std::vector<SinkHealth> sinks;
  std::vector<UniverseHealth> universes;
  std::vector<Alarm> alarms;
  std::uint64_t published = 0;  ///< ticks that went onto the bus
  std::uint64_t gap_ticks = 0;  ///< of these, the engine's own about gaps
  std::int64_t imbalance = 0;   ///< what the ledger cannot explain, over everything; must be 0
};

}  // namespace feedmux
