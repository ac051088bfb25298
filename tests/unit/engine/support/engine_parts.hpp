#pragma once

#include <chrono>   // milliseconds
#include <memory>   // make_unique
#include <string>   // string, to_string
#include <utility>  // move

#include "app/engine.hpp"
#include "core/symbol_table.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "support/queue_access.hpp"
#include "support/running_clock.hpp"
#include "support/scripted_sink.hpp"
#include "support/scripted_source.hpp"
#include "support/scripted_universe.hpp"

namespace feedmux {

/// Puts an assembly together from scripted plugins. Outlives the engine.
class EngineParts {
 public:
  /// The source's connections are enabled and have one ticker each.
  void AddSource(const std::string& name, SourceScript& script, int connections = 1) {
    auto host = std::make_unique<PluginHost>(name, PluginHost::Role::Other, services);
    SourceInstance& source = assembly.sources.emplace_back();
    source.name = name;
    source.host = std::move(host);
    source.source = std::make_unique<ScriptedSource>(script);
    for (int i = 0; i < connections; ++i) AddConnection(true);
  }
  /// To the last source.
  void AddConnection(bool enabled) {
    PlannedConnection planned;
    planned.spec.index = static_cast<ConnectionIndex>(assembly.connections.size() + 1);
    planned.spec.connection_id = "connection_" + std::to_string(planned.spec.index);
    planned.spec.name = "name_" + std::to_string(planned.spec.index);
    if (enabled) planned.spec.tickers = {"AAPL"};
    planned.source = assembly.sources.size() - 1;
    planned.enabled = enabled;
    services.connections.push_back(
        {planned.spec.connection_id, planned.spec.name, assembly.sources.back().name});
    assembly.connections.push_back(std::move(planned));
  }

  /// Gives the sink's host, which lives as long as the engine.
  PluginHost& AddSink(const std::string& name, SinkScript& script,
                      WhenFull when_full = WhenFull::DropOldest, std::uint64_t capacity = kNoLimit,
                      FilterConfig filter = {}) {
    SinkConfig config;
    config.instance.name = name;
    config.queue = {capacity, kNoLimit, when_full};
    config.filter = std::move(filter);
    config.retry = {std::chrono::milliseconds{1}, std::chrono::milliseconds{1}};
    auto host = std::make_unique<PluginHost>(name, PluginHost::Role::Sink, services);
    PluginHost& kept = *host;
    assembly.sinks.push_back(
        {std::move(config), std::move(host), std::make_unique<ScriptedSink>(script)});
    return kept;
  }

  /// Used by the last connection, and looked up all the time.
  void AddUniverse(const std::string& name, UniverseScript& script) {
    constexpr std::chrono::milliseconds kRefresh{1};
    assembly.universes.Add(name, kRefresh,
                           std::make_unique<PluginHost>(name, PluginHost::Role::Other, services),
                           std::make_unique<ScriptedUniverse>(script));
    UniverseUse& use = assembly.universe_uses.emplace_back();
    use.key = "key";
    use.connection = static_cast<ConnectionIndex>(assembly.connections.size());
    use.refresh = kRefresh;
  }

  RunningClock clock;
  SymbolTable symbols;
  HostServices services{clock, symbols, {}, {}, nullptr};
  Assembly assembly;
};

}  // namespace feedmux
