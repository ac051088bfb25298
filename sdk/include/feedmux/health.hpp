#pragma once

#include <array>        // array
#include <cstdint>      // fixed-width integers
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

/// One connection at one moment. Counts are since the engine started.
struct ConnectionHealth {
  std::string connection_id;  ///< "connection_1", numbered over all sources in YAML order
  std::string name;
  std::string source;
  bool enabled = true;
  ConnectionStatus status = ConnectionStatus::Disconnected;
  std::uint64_t assigned_tickers = 0;
  std::uint64_t message_count = 0;  ///< ticks received
  std::uint64_t error_count = 0;
  std::int64_t last_message_ns = 0;  ///< when the last tick arrived, UTC; 0: none yet
  std::uint64_t connects = 0;        ///< sessions that got as far as "connected"
  std::string last_error;
  std::int64_t last_error_ns = 0;  ///< UTC; 0: none yet
  // The connection's part of the ledger.
  std::uint64_t frames = 0;
  std::uint64_t bytes = 0;
  std::uint64_t events = 0;
  std::uint64_t status_events = 0;
  std::array<std::uint64_t, kRejectReasonCount> rejected = {};
};

/// One sink's part of the ledger at one moment:
/// published == filtered + delivered + dropped + conflated + queued + failed.
struct SinkHealth {
  std::string name;
  bool available = true;        ///< false while it is being retried
  std::uint64_t filtered = 0;   ///< not wanted by its filter
  std::uint64_t delivered = 0;  ///< taken over by the sink
  std::uint64_t dropped = 0;    ///< its queue was full
  std::uint64_t conflated = 0;  ///< replaced by a newer tick of the same symbol and kind
  std::uint64_t queued = 0;     ///< waiting, or in the sink's hands right now
  std::uint64_t failed = 0;     ///< given up by the sink, see Host::ReportFailed
  std::uint64_t error_count = 0;
  std::string last_error;
};

/// The engine at one moment.
struct Health {
  std::vector<ConnectionHealth> connections;
  std::vector<SinkHealth> sinks;
  std::uint64_t published = 0;  ///< ticks that went onto the bus
  std::int64_t imbalance = 0;   ///< what the ledger cannot explain, over everything; must be 0
};

}  // namespace feedmux
