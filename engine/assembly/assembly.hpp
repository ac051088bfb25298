#pragma once

#include <chrono>    // milliseconds
#include <memory>    // unique_ptr
#include <optional>  // optional
#include <string>    // string
#include <vector>    // vector

#include "assembly/universe_set.hpp"
#include "config/config.hpp"
#include "config/problem.hpp"
#include "feedmux/sink.hpp"
#include "feedmux/source.hpp"
#include "plugins/plugin_host.hpp"

namespace feedmux {

struct SourceInstance {
  std::string name;
  std::unique_ptr<PluginHost> host;  // outlives the source
  std::unique_ptr<Source> source;    ///< null if it is disabled
  bool runs = true;                  ///< enabled, and not standing by for one that is
  Routing routing = Routing::FirstAvailable;
  ReconnectPolicy reconnect;
  FailoverPolicy failover;
  Calendar calendar = Calendar::Always;                  ///< of the YAML, or else of the plugin
  bool one_tape = true;                                  ///< see Source::SendsOneTape
  bool busy = false;                                     ///< see Source::IsBusy
  std::optional<std::chrono::milliseconds> stale_after;  ///< as in SourceConfig
};

struct SinkInstance {
  SinkConfig config;
  std::unique_ptr<PluginHost> host;  // outlives the sink
  std::unique_ptr<Sink> sink;
};

/// One connection of the configuration, disabled ones included, so that their numbers stay.
struct PlannedConnection {
  ConnectionSpec spec;              ///< tickers: all that it begins with
  std::vector<std::string> pinned;  ///< of these, those that never leave it
  std::vector<std::string> shared;  ///< of these, its part of what the source itself names
  std::string unresolved;           ///< universe that a check leaves alone, for it takes a network
  std::string universe;             ///< key of its own, or its source's; may be empty
  std::uint64_t max_symbols = 0;    ///< 0: no limit
  std::size_t source = 0;           ///< index into Assembly::sources
  bool enabled = true;              ///< it and its source
};

/// A universe that a connection, or a source, is configured with.
struct UniverseUse {
  std::string key;
  std::size_t source = 0;            ///< index into Assembly::sources
  ConnectionIndex connection = 0;    ///< 0: the source's own
  std::vector<std::string> symbols;  ///< in use now: the universe's, or those in its stead
  std::string resolver;
  std::chrono::milliseconds refresh{};
  std::string error;  ///< why it could not be resolved; empty: it was
};

/// Everything that the configuration asks for, made but not started.
struct Assembly {
  UniverseSet universes;
  std::vector<UniverseUse> universe_uses;  ///< of what runs
  std::vector<SourceInstance> sources;
  std::vector<SinkInstance> sinks;  ///< enabled ones only
  std::vector<PlannedConnection> connections;
};

enum class Purpose { Check, Run };

/// Makes every plugin instance and finds every connection's symbols. Calls nothing that needs a
/// network if the purpose is Check. What a plugin finds wrong with its options, a universe that
/// does not exist, a symbol that two connections have: all go to `problems`. Fills
/// services.connections.
Assembly Assemble(const Config& config, Purpose purpose, HostServices& services,
                  Problems& problems);

}  // namespace feedmux
