#include "assembly/assembly.hpp"

#include <fmt/format.h>

#include <algorithm>  // find_if, any_of, none_of
#include <map>        // map
#include <set>        // set
#include <utility>    // move

#include "assembly/spread.hpp"
#include "plugins/guard.hpp"

namespace feedmux {
namespace {

bool HasLiveConnection(const SourceConfig& source) {
  return source.enabled &&
         std::any_of(source.connections.begin(), source.connections.end(),
                     [](const ConnectionConfig& connection) { return connection.enabled; });
}

const SourceConfig* FindSource(const Config& config, const std::string& name) {
  const auto found =
      std::find_if(config.sources.begin(), config.sources.end(),
                   [&](const SourceConfig& source) { return source.instance.name == name; });
  return found == config.sources.end() ? nullptr : &*found;
}

bool Runs(const Config& config, const SourceConfig& source) {
  if (!source.enabled) return false;
  const SourceConfig* main = FindSource(config, source.standby_for);
  return main == nullptr || !HasLiveConnection(*main);
}

class Assembler {
 public:
  Assembler(const Config& config, Purpose purpose, HostServices& services, Problems& problems)
      : config_(config), purpose_(purpose), services_(services), problems_(problems) {}

  Assembly Assemble() {
    for (const UniverseConfig& universe : config_.universes) {
      auto host = MakeHost(universe.instance, PluginHost::Role::Other);
      auto resolver = Make(universe.instance, *host, &PluginDescriptor::make_universe);
      if (resolver) result_.universes.Add(std::move(host), std::move(resolver));
    }
    for (const SourceConfig& source : config_.sources) {
      auto host = MakeHost(source.instance, PluginHost::Role::Other);
      // What is disabled may lack options, so it is not made.
      auto made =
          source.enabled ? Make(source.instance, *host, &PluginDescriptor::make_source) : nullptr;
      result_.sources.push_back(
          {source.instance.name, std::move(host), std::move(made), Runs(config_, source)});
      PlanConnections(source, result_.sources.size() - 1);
    }
    for (const SinkConfig& sink : config_.sinks) {
      if (!sink.enabled) continue;
      auto host = MakeHost(sink.instance, PluginHost::Role::Sink);
      auto made = Make(sink.instance, *host, &PluginDescriptor::make_sink);
      result_.sinks.push_back({sink, std::move(host), std::move(made)});
    }
    return std::move(result_);
  }

 private:
  std::unique_ptr<PluginHost> MakeHost(const InstanceConfig& instance, PluginHost::Role role) {
    return std::make_unique<PluginHost>(instance.name, role, services_);
  }

  /// Null if the plugin is not there (which is a problem already) or refuses its options.
  template <typename T>
  std::unique_ptr<T> Make(const InstanceConfig& instance, Host& host,
                          std::unique_ptr<T> (*PluginDescriptor::*maker)(Host&, const Options&)) {
    if (!instance.plugin) return nullptr;
    std::unique_ptr<T> made;
    const auto error = CallPlugin([&] {
      try {
        made = (instance.plugin->*maker)(host, instance.options);
      } catch (const OptionError& bad) {
        AddOptionProblem(instance, bad);
      }
    });
    if (error) {
      problems_.Error(
          instance.location, instance.path,
          fmt::format("plugin '{}' could not be made: {}", instance.plugin->name, error->what));
    }
    return made;
  }

  void AddOptionProblem(const InstanceConfig& instance, const OptionError& bad) {
    problems_.Add(
        ProblemWithOption(instance, bad.option(), fmt::format("expected {}", bad.what())));
  }

  /// A connection's or source's own symbols: its universe's, or those it names. An error is
  /// reported at the place that names them.
  std::vector<std::string> OwnSymbols(const std::string& universe,
                                      const std::vector<std::string>& fallback,
                                      const Location& location, const std::string& path) {
    if (universe.empty()) return fallback;
    if (purpose_ == Purpose::Check && !result_.universes.ResolvesOffline()) return fallback;
    try {
      std::vector<std::string> symbols = result_.universes.Resolve(universe);
      if (!symbols.empty()) return symbols;
      problems_.Warning(location, path, fmt::format("universe \"{}\" is empty", universe));
    } catch (const UniverseError& error) {
      if (fallback.empty()) {
        problems_.Error(location, path, error.what());
      } else {
        problems_.Warning(location, path,
                          fmt::format("{}; its symbols are used instead", error.what()));
      }
    }
    return fallback;
  }

  std::vector<std::string> SourceSymbols(const SourceConfig& source) {
    return OwnSymbols(source.universe, source.symbols, source.universe_location,
                      source.instance.path + ".universe");
  }

  /// All that a source would carry; what a standby takes over.
  std::vector<std::string> AllSymbols(const SourceConfig& source) {
    std::vector<std::string> all = SourceSymbols(source);
    for (const ConnectionConfig& connection : source.connections) {
      for (std::string& symbol :
           OwnSymbols(connection.universe, connection.symbols, connection.universe_location,
                      connection.path + ".universe")) {
        all.push_back(std::move(symbol));
      }
    }
    return all;
  }

  void PlanConnections(const SourceConfig& source, std::size_t source_index) {
    const SourceInstance& instance = result_.sources[source_index];
    const std::size_t first = result_.connections.size();
    std::set<std::string> taken;
    std::vector<std::size_t> open;  // connections that name no symbols of their own
    std::size_t repeated = 0;
    for (const ConnectionConfig& connection : source.connections) {
      PlannedConnection planned;
      planned.source = source_index;
      planned.enabled = instance.runs && connection.enabled;
      planned.spec.index = static_cast<ConnectionIndex>(result_.connections.size() + 1);
      planned.spec.connection_id = fmt::format("connection_{}", planned.spec.index);
      planned.spec.name = connection.name;
      if (planned.enabled) {
        for (std::string& symbol :
             OwnSymbols(connection.universe, connection.symbols, connection.universe_location,
                        connection.path + ".universe")) {
          if (taken.insert(symbol).second) {
            planned.spec.tickers.push_back(std::move(symbol));
          } else {
            ++repeated;
          }
        }
        if (connection.universe.empty() && connection.symbols.empty()) {
          open.push_back(result_.connections.size());
        }
      }
      services_.connections.push_back(
          {planned.spec.connection_id, planned.spec.name, instance.name});
      result_.connections.push_back(std::move(planned));
    }
    if (repeated != 0) {
      problems_.Warning(source.instance.location, source.instance.path,
                        fmt::format("{} symbols stand on more than one connection; each stays on "
                                    "the first that names it",
                                    repeated));
    }
    if (!open.empty()) FillOpen(source, instance, open, taken);
    for (std::size_t i = first; i < result_.connections.size(); ++i) {
      const PlannedConnection& planned = result_.connections[i];
      if (!planned.enabled || !planned.spec.tickers.empty() || !instance.source) continue;
      const ConnectionConfig& config = source.connections[i - first];
      problems_.Warning(
          config.location, config.path,
          "has no symbols: it is configured but idle; give it `universe` or `symbols`");
    }
  }

  /// Spreads the source's symbols over the connections that name none.
  void FillOpen(const SourceConfig& source, const SourceInstance& instance,
                const std::vector<std::size_t>& open, std::set<std::string>& taken) {
    std::vector<std::string> symbols = SourceSymbols(source);
    const SourceConfig* main = FindSource(config_, source.standby_for);
    if (symbols.empty() && main) symbols = AllSymbols(*main);
    if (symbols.empty() && instance.source) {
      CallPlugin([&] { symbols = instance.source->DefaultTickers(); });
    }
    std::vector<std::string> fresh;
    for (std::string& symbol : symbols) {
      if (taken.insert(symbol).second) fresh.push_back(std::move(symbol));
    }
    auto spread = Spread(fresh, std::vector<std::size_t>(open.size()), source.routing);
    for (std::size_t i = 0; i < open.size(); ++i) {
      result_.connections[open[i]].spec.tickers = std::move(spread[i]);
    }
  }

  const Config& config_;
  const Purpose purpose_;
  HostServices& services_;
  Problems& problems_;
  Assembly result_;
};

}  // namespace

Assembly Assemble(const Config& config, Purpose purpose, HostServices& services,
                  Problems& problems) {
  return Assembler{config, purpose, services, problems}.Assemble();
}

}  // namespace feedmux
