#pragma once

#include <memory>  // unique_ptr
#include <string>  // string
#include <vector>  // vector

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
};

struct SinkInstance {
  SinkConfig config;
  std::unique_ptr<PluginHost> host;  // outlives the sink
  std::unique_ptr<Sink> sink;
};

/// One connection of the configuration, disabled ones included, so that their numbers stay.
struct PlannedConnection {
  ConnectionSpec spec;
  std::size_t source = 0;  ///< index into Assembly::sources
  bool enabled = true;     ///< it and its source
};

/// Everything that the configuration asks for, made but not started.
struct Assembly {
  UniverseSet universes;
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
