#include "config/cross_checks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>      // all_of, count_if
#include <limits>         // numeric_limits
#include <string>         // string
#include <string_view>    // string_view
#include <unordered_map>  // unordered_map

#include "config/nearest.hpp"
#include "config/shown.hpp"
#include "config/symbol_text.hpp"
#include "feedmux/tick.hpp"

namespace feedmux {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostConnections = std::numeric_limits<ConnectionIndex>::max();

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool IsName(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && IsLetterOrDigit(name[0]) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return IsLetterOrDigit(c) || c == '_' || c == '-' || c == '.'; });
}

class CrossChecks {
 public:
  CrossChecks(const ReadContext& context, const Draft& draft)
      : context_(context), draft_(draft), config_(draft.config) {}

  void Run() {
    CheckInstanceNames(
        config_.universes, draft_.universes,
        [](const CheckedOptions& keys) -> auto& { return keys; });
    CheckInstanceNames(
        config_.sources, draft_.sources,
        [](const SourceNotes& notes) -> auto& { return notes.keys; });
    CheckInstanceNames(
        config_.sinks, draft_.sinks, [](const SinkNotes& notes) -> auto& { return notes.keys; });
    for (std::size_t i = 0; i < config_.sources.size(); ++i) {
      CheckConnections(config_.sources[i], draft_.sources[i]);
      CheckStandby(config_.sources[i], draft_.sources[i]);
      CheckSourceSymbols(config_.sources[i], draft_.sources[i]);
      CheckReconnect(config_.sources[i], draft_.sources[i]);
    }
    for (std::size_t i = 0; i < config_.sinks.size(); ++i) {
      CheckSink(config_.sinks[i], draft_.sinks[i]);
    }
    CheckTotals();
  }

 private:
  using Seen = std::unordered_map<std::string, std::string>;  // name → path of its first use

  template <typename Instances, typename Notes, typename KeysOf>
  void CheckInstanceNames(const Instances& instances, const Notes& notes, KeysOf keys_of) {
    Seen seen;
    for (std::size_t i = 0; i < instances.size(); ++i) {
      CheckName(instances[i].instance.name, instances[i].instance.path, keys_of(notes[i]), seen);
    }
  }

  void CheckName(const std::string& name, const std::string& path, const CheckedOptions& keys,
                 Seen& seen) {
    const GivenText* given = Given(keys, "name");
    if (!given || !keys.options.Has("name")) return;
    if (!IsName(name)) {
      Error(given->place, path + ".name",
            fmt::format("expected letters, digits, '_', '-' and '.', at most {} of them and the "
                        "first a letter or digit, found {}",
                        kLongestName, given->shown));
      return;
    }
    const auto [first, is_new] = seen.try_emplace(name, path);
    if (!is_new) {
      Error(given->place, path + ".name",
            fmt::format("expected a name of its own, found {}, which is the name of {}",
                        given->shown, first->second));
    }
  }

  void CheckConnections(const SourceConfig& source, const SourceNotes& notes) {
    Seen seen;
    std::uint64_t enabled = 0;
    for (std::size_t i = 0; i < notes.connections.size(); ++i) {
      const ConnectionConfig& connection = source.connections[i];
      CheckName(connection.name, connection.path, notes.connections[i], seen);
      CheckSymbols(connection.path, notes.connections[i]);
      CheckSymbols(connection.path, notes.connections[i], "pinned");
      CheckUniverse(connection.universe, !connection.symbols.empty(), connection.path,
                    notes.connections[i]);
      if (connection.enabled) ++enabled;
    }
    if (enabled > source.max_connections) {
      Error(notes.connections_place, source.instance.path + ".connections",
            fmt::format("expected at most {} enabled connections (max_connections), found {}",
                        source.max_connections, enabled));
    }
    CheckSymbols(source.instance.path, notes.keys);
    CheckUniverse(source.universe, !source.symbols.empty(), source.instance.path, notes.keys);
  }

  void CheckUniverse(const std::string& universe, bool has_fallback, const std::string& path,
                     const CheckedOptions& keys) {
    const GivenText* given = Given(keys, "universe");
    if (universe.empty() || !given || !config_.universes.empty()) return;
    const std::string message = fmt::format(
        "no universe can be found without a section 'universes', found {}", given->shown);
    if (has_fallback) {
      Warning(given->place, path + ".universe", message + "; its symbols are used");
    } else {
      Error(given->place, path + ".universe", message);
    }
  }

  void CheckSymbols(const std::string& path, const CheckedOptions& keys,
                    const std::string& key = "symbols") {
    if (!keys.options.Has(key)) return;
    const auto& symbols = keys.options.Strings(key);
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      if (IsSymbol(symbols[i])) continue;
      const GivenText& given = keys.given.find(key)->second.texts[i];
      Error(given.place, fmt::format("{}.{}[{}]", path, key, i),
            fmt::format("expected one symbol, without spaces and commas, found {}; several are a "
                        "list: [AAPL, NVDA]",
                        given.shown));
    }
  }

  void CheckStandby(const SourceConfig& source, const SourceNotes& notes) {
    const GivenText* given = Given(notes.keys, "standby_for");
    if (!given || source.standby_for.empty()) return;
    const std::string path = source.instance.path + ".standby_for";
    const SourceConfig* main = FindSource(source.standby_for);
    if (!main) {
      Error(given->place, path, NoSuchSource(source.standby_for, *given));
    } else if (main == &source) {
      Error(given->place, path,
            fmt::format("expected another source, found {}, this one itself", given->shown));
    } else if (!main->standby_for.empty()) {
      Error(given->place, path,
            fmt::format("expected a source that stands by for none, found {}, which is on standby "
                        "itself",
                        given->shown));
    }
  }

  /// Connections come first, in order, then what the source itself names: the order in which the
  /// first one keeps a symbol.
  void CheckSourceSymbols(const SourceConfig& source, const SourceNotes& notes) {
    Seen seen;
    for (std::size_t i = 0; i < notes.connections.size(); ++i) {
      const ConnectionConfig& connection = source.connections[i];
      if (!connection.enabled || !connection.universe.empty()) continue;
      WarnOfRepeats(connection.path, notes.connections[i], seen);
    }
    if (source.universe.empty()) WarnOfRepeats(source.instance.path, notes.keys, seen);
  }

  void WarnOfRepeats(const std::string& path, const CheckedOptions& keys, Seen& seen) {
    if (!keys.options.Has("symbols")) return;
    const auto& symbols = keys.options.Strings("symbols");
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      const auto [first, is_new] = seen.try_emplace(symbols[i], path);
      if (is_new || !IsSymbol(symbols[i])) continue;
      const GivenText& given = keys.given.find("symbols")->second.texts[i];
      Warning(given.place, fmt::format("{}.symbols[{}]", path, i),
              fmt::format("{} is given twice; {} keeps it", given.shown, first->second));
    }
  }

  void CheckSink(const SinkConfig& sink, const SinkNotes& notes) {
    const std::string path = sink.instance.path + ".filter";
    CheckSymbols(path, notes.filter);
    for (std::size_t i = 0; i < sink.filter.sources.size(); ++i) {
      const GivenText& given = notes.filter.given.find("sources")->second.texts[i];
      if (FindSource(sink.filter.sources[i])) continue;
      Error(given.place, fmt::format("{}.sources[{}]", path, i),
            NoSuchSource(sink.filter.sources[i], given));
    }
    if (sink.retry.first > sink.retry.max) {
      CheckOrder(sink.instance.path + ".retry", notes.retry, notes.place, "first", "max");
    }
  }

  /// `less` is more than `more` in the section at `path`.
  void CheckOrder(const std::string& path, const CheckedOptions& keys, Place place,
                  const std::string& less, const std::string& more) {
    const std::string section = path.substr(path.rfind('.') + 1);
    const GivenText* first = Given(keys, less);
    const GivenText* max = Given(keys, more);
    const GivenText* at = max ? max : first;
    Error(at ? at->place : place, path + "." + (max ? more : less),
          max ? fmt::format("expected at least {}.{}, found {}", section, less, max->shown)
              : fmt::format("expected at most {}.{}, found {}", section, more,
                            first ? first->shown : "more"));
  }

  void CheckReconnect(const SourceConfig& source, const SourceNotes& notes) {
    const std::string path = source.instance.path + ".reconnect";
    const ReconnectPolicy& policy = source.reconnect;
    if (policy.first > policy.max) {
      CheckOrder(path, notes.reconnect, notes.connections_place, "first", "max");
    }
    if (policy.evicted > policy.evicted_max) {
      CheckOrder(path, notes.reconnect, notes.connections_place, "evicted", "evicted_max");
    }
  }

  void CheckTotals() {
    std::size_t connections = 0;
    for (const SourceConfig& source : config_.sources) connections += source.connections.size();
    if (connections > kMostConnections) {
      Error({}, "sources",
            fmt::format("expected at most {} connections in all, found {}", kMostConnections,
                        connections));
    }
    const auto is_enabled = [](const auto& part) { return part.enabled; };
    if (std::none_of(config_.sources.begin(), config_.sources.end(), is_enabled)) {
      Warning({}, "sources", "none is enabled: no tick will ever come in");
    }
    if (std::none_of(config_.sinks.begin(), config_.sinks.end(), is_enabled)) {
      Warning({}, "sinks", "none is enabled: no tick will ever go out");
    }
  }

  const SourceConfig* FindSource(std::string_view name) const {
    for (const SourceConfig& source : config_.sources) {
      if (source.instance.name == name) return &source;
    }
    return nullptr;
  }

  std::string NoSuchSource(const std::string& name, const GivenText& given) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < config_.sources.size(); ++i) {
      const GivenText* its_name = Given(draft_.sources[i].keys, "name");
      if (its_name && !its_name->hidden) names.push_back(config_.sources[i].instance.name);
    }
    return fmt::format("expected the name of a source, found {}{}", given.shown,
                       given.hidden ? "" : DidYouMean(name, names));
  }

  static const GivenText* Given(const CheckedOptions& keys, std::string_view name) {
    const auto found = keys.given.find(name);
    return found == keys.given.end() || found->second.texts.empty() ? nullptr
                                                                    : &found->second.texts.front();
  }

  void Error(Place place, std::string path, std::string message) {
    context_.problems.Error(context_.document.At(place), std::move(path), std::move(message));
  }
  void Warning(Place place, std::string path, std::string message) {
    context_.problems.Warning(context_.document.At(place), std::move(path), std::move(message));
  }

  const ReadContext& context_;
  const Draft& draft_;
  const Config& config_;
};

}  // namespace

void CheckAcross(const ReadContext& context, const Draft& draft) {
  CrossChecks{context, draft}.Run();
}

}  // namespace feedmux
