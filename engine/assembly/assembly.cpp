#include "assembly/assembly.hpp"

#include <fmt/format.h>

#include <algorithm>  // any_of, find, find_if, find_if_not, min
#include <map>        // map
#include <stdexcept>  // logic_error
#include <utility>    // move

#include "config/shown.hpp"
#include "config/symbol_text.hpp"
#include "manager/placement.hpp"
#include "manager/ticker_router.hpp"
#include "plugins/guard.hpp"

namespace feedmux {
namespace {

constexpr std::size_t kRepeatedShown = 10;

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
      if (resolver) {
        result_.universes.Add(universe.instance.name, universe.refresh, std::move(host),
                              std::move(resolver));
      } else {
        universe_missing_ = true;
      }
    }
    for (const SourceConfig& source : config_.sources) {
      auto host = MakeHost(source.instance, PluginHost::Role::Other);
      // What is disabled may lack options, so it is not made.
      auto made =
          source.enabled ? Make(source.instance, *host, &PluginDescriptor::make_source) : nullptr;
      SourceInstance& instance = result_.sources.emplace_back();
      instance.name = source.instance.name;
      instance.host = std::move(host);
      instance.source = std::move(made);
      instance.runs = Runs(config_, source);
      instance.routing = source.routing;
      instance.reconnect = source.reconnect;
      instance.failover = source.failover;
      instance.stale_after = source.stale_after;
      if (instance.source) AskAboutItself(source.instance, instance);
      if (source.calendar) instance.calendar = *source.calendar;
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
  /// Symbols that a connection has, and whether from a universe. Those that are only listed twice
  /// were reported when the file was read.
  using Taken = std::map<std::string, bool>;

  std::unique_ptr<PluginHost> MakeHost(const InstanceConfig& instance, PluginHost::Role role) {
    return std::make_unique<PluginHost>(instance.name, role, services_);
  }

  /// Null if the plugin is not there (which is a problem already) or refuses its options. It is
  /// also asked where options have errors, because it may find more of them.
  template <typename T>
  std::unique_ptr<T> Make(const InstanceConfig& instance, Host& host,
                          std::unique_ptr<T> (*PluginDescriptor::*maker)(Host&, const Options&)) {
    if (!instance.plugin) return nullptr;
    const bool has_errors = problems_.HasErrorAt(instance.path + ".options");
    HideSecrets(instance);
    std::unique_ptr<T> made;
    const auto error = CallPlugin("its constructor", [&] {
      try {
        made = (instance.plugin->*maker)(host, instance.options);
        if (!made) throw std::logic_error("its maker returned nothing");
      } catch (const OptionError& bad) {
        AddOptionProblem(instance, bad);
        for (const OptionError& other : bad.others()) AddOptionProblem(instance, other);
      }
    });
    if (error && !has_errors) {
      problems_.Error(
          instance.location, instance.path,
          fmt::format("plugin '{}' could not be made: {}", instance.plugin->name, error->what));
    }
    return made;
  }

  /// Whatever the plugin writes from now on.
  static void HideSecrets(const InstanceConfig& instance) {
    for (std::uint32_t i = 0; i < instance.plugin->option_count; ++i) {
      const OptionSpec& spec = instance.plugin->options[i];
      if (!spec.secret || !instance.options.Has(spec.name)) continue;
      if (spec.type == OptionType::Strings) {
        for (const std::string& value : instance.options.Strings(spec.name)) {
          HideFromPluginTexts(value);
        }
      } else if (spec.type == OptionType::String || spec.type == OptionType::Path) {
        HideFromPluginTexts(instance.options.String(spec.name));
      }
    }
  }

  void AskAboutItself(const InstanceConfig& instance, SourceInstance& made) {
    const auto error = CallPlugin("one of these", [&] {
      made.calendar = made.source->MarketCalendar();
      if (static_cast<std::size_t>(made.calendar) >= kCalendarNames.size()) {
        throw std::logic_error(
            fmt::format("MarketCalendar is {}", static_cast<int>(made.calendar)));
      }
      made.one_tape = made.source->SendsOneTape();
      made.busy = made.source->IsBusy();
    });
    if (!error) return;
    made.calendar = Calendar::Always;
    problems_.Error(instance.location, instance.path,
                    fmt::format("plugin '{}' cannot tell its calendar, tape or pace: {}",
                                instance.plugin->name, error->what));
  }

  void AddOptionProblem(const InstanceConfig& instance, const OptionError& bad) {
    problems_.Add(ProblemWithOption(instance, PluginText(bad.option()),
                                    fmt::format("expected {}", PluginText(bad.what()))));
  }

  /// False if nothing can be said about universes here: there is a problem already, or it would
  /// take a network.
  bool CanResolve() const {
    return !universe_missing_ && (purpose_ == Purpose::Run || result_.universes.ResolvesOffline());
  }

  /// A connection's or source's own symbols: its universe's, or those it names. An error is
  /// reported at the place that names them. `use`, if any, is told what became of the universe.
  std::vector<std::string> OwnSymbols(const std::string& universe,
                                      const std::vector<std::string>& fallback,
                                      const Location& location, const std::string& path,
                                      UniverseUse* use) {
    if (universe.empty() || !CanResolve()) return fallback;
    if (use) use->key = universe;
    try {
      Resolution found = result_.universes.Resolve(universe);
      if (use) {
        use->resolver = found.resolver;
        use->refresh = found.refresh;
      }
      if (!found.doubt.empty()) {
        problems_.Warning(location, path, found.doubt);
        if (use) use->error = found.doubt;
      }
      if (!found.symbols.empty()) return std::move(found.symbols);
      problems_.Warning(location, path, fmt::format("universe \"{}\" is empty", universe));
    } catch (const UniverseError& error) {
      if (use) {
        use->error = error.what();
        use->refresh = result_.universes.ShortestRefresh();
      }
      if (!fallback.empty()) {
        problems_.Warning(location, path,
                          fmt::format("{}; its symbols are used instead", error.what()));
      } else if (!error.unknown() && !result_.universes.ResolvesOffline()) {
        // Whoever knows the universe may be back in a moment. What needs no network is refused as
        // it is by a check.
        problems_.Warning(location, path, fmt::format("{}; it is looked up again", error.what()));
      } else {
        problems_.Error(location, path, error.what());
      }
    }
    return fallback;
  }

  std::vector<std::string> SourceSymbols(const SourceConfig& source, UniverseUse* use = nullptr) {
    return OwnSymbols(source.universe, source.symbols, source.universe_location,
                      source.instance.path + ".universe", use);
  }

  std::vector<std::string> ConnectionSymbols(const ConnectionConfig& connection,
                                             UniverseUse* use = nullptr) {
    return OwnSymbols(connection.universe, connection.symbols, connection.universe_location,
                      connection.path + ".universe", use);
  }

  /// All that a source would carry; what a standby takes over.
  std::vector<std::string> AllSymbols(const SourceConfig& source) {
    std::vector<std::string> all = SourceSymbols(source);
    for (const ConnectionConfig& connection : source.connections) {
      for (std::string& symbol : ConnectionSymbols(connection)) all.push_back(std::move(symbol));
    }
    return all;
  }

  /// The universe that decides, but not in a check, what a connection without its own symbols gets.
  const std::string& OpenUniverse(const SourceConfig& source) const {
    const SourceConfig* main = FindSource(config_, source.standby_for);
    if (!source.universe.empty() || !source.symbols.empty() || !main) return source.universe;
    const auto uses_one = std::find_if(
        main->connections.begin(), main->connections.end(),
        [](const ConnectionConfig& connection) { return !connection.universe.empty(); });
    const bool is_its_own = !main->universe.empty() || uses_one == main->connections.end();
    return is_its_own ? main->universe : uses_one->universe;
  }

  void PlanConnections(const SourceConfig& source, std::size_t source_index) {
    const SourceInstance& instance = result_.sources[source_index];
    const std::size_t first = result_.connections.size();
    Taken taken;
    std::vector<std::size_t> open;  // connections that name no symbols of their own
    for (const ConnectionConfig& connection : source.connections) {
      PlannedConnection planned;
      planned.source = source_index;
      planned.enabled = instance.runs && connection.enabled;
      planned.spec.index = static_cast<ConnectionIndex>(result_.connections.size() + 1);
      planned.spec.connection_id = fmt::format("connection_{}", planned.spec.index);
      planned.spec.name = connection.name;
      planned.universe = connection.universe;
      if (connection.universe.empty() && connection.symbols.empty()) {
        planned.universe = source.universe;
      }
      planned.max_symbols = connection.max_symbols;
      if (planned.enabled) {
        planned.pinned = connection.pinned;
        for (const std::string& symbol : connection.pinned) {
          if (taken.try_emplace(symbol).second) planned.spec.tickers.push_back(symbol);
        }
        TakeSymbols(connection, planned, taken);
        const bool is_open = connection.universe.empty() && connection.symbols.empty();
        if (is_open) open.push_back(result_.connections.size());
        if (!CanResolve()) {
          planned.unresolved = is_open ? OpenUniverse(source) : connection.universe;
        }
      }
      services_.connections.push_back(
          {planned.spec.connection_id, planned.spec.name, instance.name});
      result_.connections.push_back(std::move(planned));
    }
    if (!open.empty()) FillOpen(source, instance, open, taken);
    for (std::size_t i = first; i < result_.connections.size(); ++i) {
      WarnIfIdle(result_.connections[i], instance, source, source.connections[i - first]);
    }
    RefusePinsBesideWildcard(source, first);
  }

  /// A wildcard brings what another connection has pinned, too, and moves where that cannot follow.
  void RefusePinsBesideWildcard(const SourceConfig& source, std::size_t first) {
    const auto has = [](const std::vector<std::string>& symbols) {
      return std::find(symbols.begin(), symbols.end(), kWildcard) != symbols.end();
    };
    const auto begin = result_.connections.begin() + static_cast<std::ptrdiff_t>(first);
    const auto star =
        std::find_if(begin, result_.connections.end(),
                     [&](const PlannedConnection& planned) { return has(planned.spec.tickers); });
    if (star == result_.connections.end()) return;
    for (auto planned = begin; planned != result_.connections.end(); ++planned) {
      const bool goes_along = planned == star && has(planned->pinned);
      if (planned->pinned.empty() || goes_along) continue;
      if (planned->pinned == std::vector<std::string>{std::string{kWildcard}}) continue;
      const auto& connection = source.connections[static_cast<std::size_t>(planned - begin)];
      problems_.Error(connection.location, connection.path + ".pinned",
                      fmt::format("expected none, because {} has '*': its symbols would come twice",
                                  star->spec.name));
    }
  }

  /// Gives the connection its own symbols, without those that an earlier one has.
  void TakeSymbols(const ConnectionConfig& connection, PlannedConnection& planned, Taken& taken) {
    const bool by_universe = !connection.universe.empty();
    UniverseUse use;
    use.source = planned.source;
    use.connection = planned.spec.index;
    std::vector<std::string> repeated;
    std::vector<std::string> own = ConnectionSymbols(connection, &use);
    if (!use.key.empty()) {
      use.symbols = own;
      result_.universe_uses.push_back(std::move(use));
    }
    for (std::string& symbol : own) {
      const auto [first, is_new] = taken.try_emplace(symbol, by_universe);
      if (is_new) {
        planned.spec.tickers.push_back(std::move(symbol));
      } else if (by_universe || first->second) {
        repeated.push_back(std::move(symbol));
      }
    }
    if (!repeated.empty()) {
      const std::size_t shown = std::min(repeated.size(), kRepeatedShown);
      const std::string more =
          repeated.size() > shown ? fmt::format(" and {} more", repeated.size() - shown) : "";
      problems_.Warning(
          connection.universe_location, connection.path,
          fmt::format("an earlier connection has them already and keeps them: {}{}",
                      fmt::join(repeated.begin(), repeated.begin() + shown, ", "), more));
    }
  }

  void WarnIfIdle(const PlannedConnection& planned, const SourceInstance& instance,
                  const SourceConfig& source, const ConnectionConfig& connection) {
    if (planned.max_symbols != 0 && planned.spec.tickers.size() > planned.max_symbols) {
      problems_.Error(connection.location, connection.path,
                      fmt::format("expected at most {} symbols (max_symbols), found {}",
                                  planned.max_symbols, planned.spec.tickers.size()));
    }
    if (!planned.enabled || !planned.spec.tickers.empty() || !instance.source) return;
    const bool by_universe = !connection.universe.empty() || !source.universe.empty();
    if (by_universe && !CanResolve()) return;
    if (problems_.HasErrorAt(connection.path) ||
        problems_.HasErrorAt(source.instance.path + ".universe")) {
      return;
    }
    problems_.Warning(connection.location, connection.path,
                      "has no symbols: it is configured but idle; give it `universe` or `symbols`");
  }

  /// Spreads the source's symbols over the connections that name none.
  void FillOpen(const SourceConfig& source, const SourceInstance& instance,
                const std::vector<std::size_t>& open, Taken& taken) {
    UniverseUse use;
    use.source = result_.connections[open.front()].source;
    std::vector<std::string> symbols = SourceSymbols(source, &use);
    if (!use.key.empty()) {
      use.symbols = symbols;
      result_.universe_uses.push_back(std::move(use));
    }
    const SourceConfig* main = FindSource(config_, source.standby_for);
    if (symbols.empty() && main) symbols = AllSymbols(*main);
    if (symbols.empty() && instance.source) {
      const auto error =
          CallPlugin("DefaultTickers", [&] { symbols = instance.source->DefaultTickers(); });
      if (error) problems_.Warning(source.instance.location, source.instance.path, error->what);
      const auto bad = std::find_if_not(symbols.begin(), symbols.end(), IsSymbol);
      if (bad != symbols.end()) {
        problems_.Error(
            source.instance.location, source.instance.path,
            fmt::format("plugin '{}' has {} among its own tickers, which can be no symbol",
                        source.instance.plugin->name, Shown(*bad)));
      }
    }
    std::vector<std::string> fresh;
    for (std::string& symbol : symbols) {
      if (taken.try_emplace(symbol).second) fresh.push_back(std::move(symbol));
    }
    Place(source, open, fresh);
  }

  void Place(const SourceConfig& source, const std::vector<std::size_t>& open,
             const std::vector<std::string>& symbols) {
    std::vector<Seat> seats;
    for (const std::size_t i : open) {
      const PlannedConnection& planned = result_.connections[i];
      Seat seat{.connection = planned.spec.index, .tickers = planned.spec.tickers.size()};
      if (planned.max_symbols != 0) seat.capacity = planned.max_symbols;
      seats.push_back(seat);
    }
    Placement placement{source.routing, std::move(seats)};
    std::size_t without_place = 0;
    for (const std::string& symbol : symbols) {
      const auto to = placement.Place(symbol);
      if (!to) {
        ++without_place;
        continue;
      }
      PlannedConnection& planned = result_.connections[*to - 1u];
      planned.spec.tickers.push_back(symbol);
      planned.shared.push_back(symbol);
    }
    if (without_place == 0) return;
    problems_.Error(source.instance.location, source.instance.path,
                    fmt::format("{} of its {} symbols have no place: its connections take {} "
                                "(max_symbols)",
                                without_place, symbols.size(), symbols.size() - without_place));
  }

  const Config& config_;
  const Purpose purpose_;
  HostServices& services_;
  Problems& problems_;
  bool universe_missing_ = false;  // a configured one could not be made
  Assembly result_;
};

}  // namespace

Assembly Assemble(const Config& config, Purpose purpose, HostServices& services,
                  Problems& problems) {
  return Assembler{config, purpose, services, problems}.Assemble();
}

}  // namespace feedmux
