#pragma once

#include <chrono>       // milliseconds
#include <cstdint>      // uint64_t
#include <map>          // map
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "config/location.hpp"
#include "config/policy.hpp"
#include "feedmux/kind.hpp"
#include "feedmux/market_calendar.hpp"
#include "feedmux/options.hpp"
#include "feedmux/plugin.hpp"

namespace feedmux {

/// One configured instance of a plugin.
struct InstanceConfig {
  std::string name;
  const PluginDescriptor* plugin =
      nullptr;  ///< found in the registry; null if there is no such plugin
  Options options;
  std::string path;  ///< in the YAML: "sinks[1]"
  Location location;
  std::map<std::string, Location, std::less<>> option_locations;  ///< of those the YAML gave
};

/// How a source's symbols are spread over its connections.
enum class Routing { FirstAvailable, RoundRobin, LeastLoaded, Hash };

struct ConnectionConfig {
  std::string name;
  bool enabled = true;
  std::string universe;              ///< preferred; empty: none
  std::vector<std::string> symbols;  ///< used if there is no universe
  std::vector<std::string> pinned;   ///< beside them; never moved to another connection
  std::uint64_t max_symbols = 0;     ///< 0: no limit
  std::string path;                  ///< "sources[0].connections[2]"
  Location location;
  Location universe_location;  ///< of the universe's key; of the connection if there is none
};

struct SourceConfig {
  InstanceConfig instance;
  bool enabled = true;
  std::string standby_for;  ///< runs only where the source of this name is disabled; empty: always
  std::uint64_t max_connections = 3;
  Routing routing = Routing::FirstAvailable;
  ReconnectPolicy reconnect;
  FailoverPolicy failover;
  std::optional<Calendar> calendar;  ///< nothing: as the plugin says
  /// Silence after which a connection is taken for dead; nothing: found out by its rate; 0: never.
  std::optional<std::chrono::milliseconds> stale_after;
  /// The source's own symbols, spread over those connections that name none.
  std::string universe;
  Location universe_location;  ///< of the universe's key; of the source if there is none
  std::vector<std::string> symbols;
  std::vector<ConnectionConfig>
      connections;  ///< never empty: without a list, one named as the source
};

enum class WhenFull { Block, DropOldest, DropNewest, Conflate };

/// As in the YAML.
constexpr std::string_view Name(WhenFull when_full) {
  switch (when_full) {
    case WhenFull::Block:
      return "block";
    case WhenFull::DropOldest:
      return "drop_oldest";
    case WhenFull::DropNewest:
      return "drop_newest";
    case WhenFull::Conflate:
      return "conflate";
  }
  return "";
}

struct QueueConfig {
  std::uint64_t capacity = 0;   ///< ticks
  std::uint64_t max_bytes = 0;  ///< of frames and ticks kept alive
  WhenFull when_full = WhenFull::DropOldest;
};

/// Which ticks a sink gets; an empty list means all.
struct FilterConfig {
  KindMask kinds = kMarketKinds;
  std::vector<std::string> symbols;
  std::vector<std::string> sources;
};

/// Waits between attempts of an unavailable sink: doubled from `first` up to `max`, jittered.
struct RetryConfig {
  std::chrono::milliseconds first{};
  std::chrono::milliseconds max{};
};

struct SinkConfig {
  InstanceConfig instance;
  bool enabled = true;
  QueueConfig queue;
  FilterConfig filter;
  RetryConfig retry;
};

struct UniverseConfig {
  InstanceConfig instance;
  std::chrono::milliseconds refresh{};  ///< between two looks at it; 0: on demand only
};

struct EngineConfig {
  std::string log_level = "info";
  std::chrono::milliseconds shutdown_timeout{};
  std::vector<std::string> plugin_dirs;  ///< searched before the standard places
  bool control_enabled = true;
  std::string control_path;  ///< of the control socket; empty: the default one
};

struct Config {
  EngineConfig engine;
  std::vector<UniverseConfig> universes;
  std::vector<SourceConfig> sources;
  std::vector<SinkConfig> sinks;
};

}  // namespace feedmux
