#include "config/loader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/un.h>

#include <algorithm>     // any_of, find
#include <cerrno>        // errno
#include <cstring>       // strerror
#include <fstream>       // ifstream
#include <iterator>      // istreambuf_iterator
#include <system_error>  // error_code
#include <utility>       // move

#include "config/core_tables.hpp"
#include "config/cross_checks.hpp"
#include "config/draft.hpp"
#include "config/nearest.hpp"
#include "config/option_check.hpp"
#include "config/shown.hpp"
#include "config/yaml_document.hpp"

namespace feedmux {
namespace {

// The system's limit for the name of a Unix domain socket.
constexpr std::size_t kLongestSocketPath = sizeof(sockaddr_un::sun_path) - 1;

Routing RoutingFromName(std::string_view name) {
  if (name == "round_robin") return Routing::RoundRobin;
  if (name == "least_loaded") return Routing::LeastLoaded;
  if (name == "hash") return Routing::Hash;
  return Routing::FirstAvailable;
}

WhenFull WhenFullFromName(std::string_view name) {
  if (name == "block") return WhenFull::Block;
  if (name == "drop_newest") return WhenFull::DropNewest;
  if (name == "conflate") return WhenFull::Conflate;
  return WhenFull::DropOldest;
}

std::string TextOr(const Options& options, std::string_view name) {
  return options.Has(name) ? options.String(name) : std::string{};
}

std::vector<std::string> StringsOr(const Options& options, std::string_view name) {
  return options.Has(name) ? options.Strings(name) : std::vector<std::string>{};
}

std::span<const OptionSpec> OptionsOf(const PluginDescriptor& plugin) {
  return {plugin.options, plugin.option_count};
}

class Loader {
 public:
  Loader(const ReadContext& context, const OpenPlugins& open_plugins)
      : context_(context), open_plugins_(open_plugins) {}

  Config Load(const YamlNode& root) {
    if (root.type != YamlNode::Type::Map) {
      Error(root.place, "",
            fmt::format("expected a map with sources and sinks, found {}", Name(root.type)));
      return {};
    }
    KnownKeys known = KeysOf(kRootSection);
    for (const OptionSpec& spec : kEngineSection.options) known.misplaced[spec.name] = "engine";
    CheckOptions(context_, {&root, root.place, ""}, known);
    ReadEngine(root);
    catalog_ = open_plugins_(draft_.config.engine.plugin_dirs);
    WarnOfMissingFolders();
    ReadEach(root, "universes", [this](const auto&... item) { ReadUniverse(item...); });
    ReadEach(root, "sources", [this](const auto&... item) { ReadSource(item...); });
    ReadEach(root, "sinks", [this](const auto&... item) { ReadSink(item...); });
    CheckAcross(context_, draft_);
    return std::move(draft_.config);
  }

 private:
  static KnownKeys KeysOf(const Section& section) {
    KnownKeys known{.options = section.options};
    if (section.plugin) known.sections.emplace_back("options");
    for (const SubSection& sub : section.sections) known.sections.emplace_back(sub.name);
    return known;
  }

  /// A section of `parent` that holds one map, checked; defaults alone if the file has none.
  CheckedOptions ReadSection(const YamlNode& parent, const std::string& parent_path,
                             const char* name, const Section& section, bool switched_on) {
    const std::string path = parent_path.empty() ? name : parent_path + "." + name;
    const YamlEntry* entry = parent.Find(name);
    const YamlNode* map = entry ? ExpectMap(context_, *entry->value, path) : nullptr;
    const Place place = entry ? entry->value->place : parent.place;
    return CheckOptions(context_, {map, place, path, switched_on}, KeysOf(section));
  }

  /// Calls `read(node, path)` for each map of the list that `parent` holds under `name`.
  template <typename Read>
  void ReadEach(const YamlNode& parent, const std::string& name, Read read) {
    const YamlEntry* entry = parent.Find(name);
    const YamlNode* list = entry ? ExpectList(context_, *entry->value, name) : nullptr;
    if (!list) return;
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      const std::string path = fmt::format("{}[{}]", name, i);
      if (const YamlNode* map = ExpectItem(*list->items[i], path)) read(*map, path);
    }
  }

  const YamlNode* ExpectItem(const YamlNode& node, const std::string& path) {
    if (node.type == YamlNode::Type::Null)
      Error(node.place, path, "expected a map, found nothing (null)");
    return ExpectMap(context_, node, path);
  }

  void ReadEngine(const YamlNode& root) {
    const CheckedOptions keys = ReadSection(root, "", "engine", kEngineSection, true);
    EngineConfig& engine = draft_.config.engine;
    engine.log_level = keys.options.String("log_level");
    engine.shutdown_timeout = keys.options.Duration("shutdown_timeout");
    for (const std::string& folder : StringsOr(keys.options, "plugin_dirs")) {
      engine.plugin_dirs.push_back((context_.folder / folder).lexically_normal().string());
    }
    ReadControl(keys, engine);
    if (!engine.plugin_dirs.empty()) plugin_dirs_ = keys.given.find("plugin_dirs")->second.texts;
  }

  void WarnOfMissingFolders() {
    const std::vector<std::string>& folders = draft_.config.engine.plugin_dirs;
    for (std::size_t i = 0; i < folders.size(); ++i) {
      const auto& missing = catalog_.missing;
      if (std::find(missing.begin(), missing.end(), folders[i]) == missing.end()) continue;
      context_.problems.Warning(
          context_.document.At(plugin_dirs_[i].place), "engine.plugin_dirs",
          fmt::format("expected a folder of plugins, found none at {}", plugin_dirs_[i].shown));
    }
  }

  void ReadControl(const CheckedOptions& keys, EngineConfig& engine) {
    const std::string control = TextOr(keys.options, "control");
    if (!keys.options.Has("control")) return;
    if (control == "off") {
      engine.control_enabled = false;
      return;
    }
    const GivenText& given = keys.given.find("control")->second.texts.front();
    const auto refuse = [&](std::string_view expected) {
      Error(given.place, "engine.control",
            fmt::format("expected {}, found {}", expected, given.shown));
    };
    if (control.empty() || control.back() == '/') return refuse("the path of a socket, or off");
    engine.control_path = (context_.folder / control).lexically_normal().string();
    if (engine.control_path.size() > kLongestSocketPath) {
      refuse(fmt::format("a path that is at most {} bytes long when it is absolute",
                         kLongestSocketPath));
    }
  }

  void ReadUniverse(const YamlNode& node, const std::string& path) {
    CheckedOptions keys = ReadKeys(node, path, kUniverseSection, true);
    draft_.config.universes.push_back(
        {ReadInstance(node, path, kUniverseSection, keys, true), keys.options.Duration("refresh")});
    draft_.universes.push_back(std::move(keys));
  }

  void ReadSource(const YamlNode& node, const std::string& path) {
    const bool switched_on = !IsSwitchedOff(context_, node);
    SourceNotes notes;
    notes.keys = ReadKeys(node, path, kSourceSection, switched_on);
    const Options& options = notes.keys.options;
    SourceConfig source;
    source.instance = ReadInstance(node, path, kSourceSection, notes.keys, switched_on);
    source.enabled = options.Boolean("enabled");
    source.standby_for = TextOr(options, "standby_for");
    source.max_connections = static_cast<std::uint64_t>(options.Integer("max_connections"));
    source.routing = RoutingFromName(options.String("routing"));
    source.universe = TextOr(options, "universe");
    source.universe_location = LocationOf(notes.keys, "universe", node);
    source.symbols = StringsOr(options, "symbols");
    ReadPolicies(node, source, notes, switched_on);
    ReadConnections(node, source, notes, switched_on);
    draft_.config.sources.push_back(std::move(source));
    draft_.sources.push_back(std::move(notes));
  }

  void ReadPolicies(const YamlNode& node, SourceConfig& source, SourceNotes& notes,
                    bool switched_on) {
    const Options& options = notes.keys.options;
    source.failover.after.reset();
    if (options.Boolean("failover")) source.failover.after = options.Duration("failover_after");
    source.calendar = CalendarFromName(options.String("calendar"));
    if (options.Has("stale_after")) source.stale_after = options.Duration("stale_after");
    notes.reconnect =
        ReadSection(node, source.instance.path, "reconnect", kReconnectSection, switched_on);
    const Options& waits = notes.reconnect.options;
    source.reconnect = {.first = waits.Duration("first"),
                        .max = waits.Duration("max"),
                        .healthy_after = waits.Duration("healthy_after"),
                        .auth_refused = waits.Duration("auth_refused"),
                        .evicted = waits.Duration("evicted"),
                        .evicted_max = waits.Duration("evicted_max")};
  }

  /// A connection's own limit, or its source's.
  static std::uint64_t MaxSymbols(const Options& own, const Options& source) {
    const Options& options = own.Has("max_symbols") ? own : source;
    return options.Has("max_symbols") ? static_cast<std::uint64_t>(options.Integer("max_symbols"))
                                      : 0;
  }

  void ReadConnections(const YamlNode& node, SourceConfig& source, SourceNotes& notes,
                       bool switched_on) {
    const std::string path = source.instance.path + ".connections";
    const YamlEntry* entry = node.Find("connections");
    if (entry) notes.connections_place = entry->value->place;
    const YamlNode* list = entry ? ExpectList(context_, *entry->value, path) : nullptr;
    for (std::size_t i = 0; list && i < list->items.size(); ++i) {
      const std::string item_path = fmt::format("{}[{}]", path, i);
      if (const YamlNode* map = ExpectItem(*list->items[i], item_path)) {
        ReadConnection(*map, item_path, source, notes, switched_on);
      }
    }
    if (!source.connections.empty()) return;
    if (entry && (!list || list->items.empty())) {
      context_.problems.Warning(context_.document.At(notes.connections_place), path,
                                "the list is empty: the source gets one connection, named as the "
                                "source");
    }
    ConnectionConfig only;
    only.name = source.instance.name;
    only.max_symbols = MaxSymbols(notes.keys.options, notes.keys.options);
    only.path = source.instance.path;
    only.location = only.universe_location = source.instance.location;
    source.connections.push_back(std::move(only));
  }

  void ReadConnection(const YamlNode& node, const std::string& path, SourceConfig& source,
                      SourceNotes& notes, bool switched_on) {
    CheckedOptions keys = CheckOptions(
        context_, {&node, node.place, path, switched_on && !IsSwitchedOff(context_, node)},
        KeysOf(kConnectionSection));
    ConnectionConfig connection;
    connection.name = TextOr(keys.options, "name");
    connection.enabled = keys.options.Boolean("enabled");
    connection.universe = TextOr(keys.options, "universe");
    connection.symbols = StringsOr(keys.options, "symbols");
    connection.pinned = StringsOr(keys.options, "pinned");
    connection.max_symbols = MaxSymbols(keys.options, notes.keys.options);
    connection.path = path;
    connection.location = context_.document.At(node.place);
    connection.universe_location = LocationOf(keys, "universe", node);
    source.connections.push_back(std::move(connection));
    notes.connections.push_back(std::move(keys));
  }

  void ReadSink(const YamlNode& node, const std::string& path) {
    const bool switched_on = !IsSwitchedOff(context_, node);
    SinkNotes notes;
    notes.place = node.place;
    notes.keys = ReadKeys(node, path, kSinkSection, switched_on);
    SinkConfig sink;
    sink.instance = ReadInstance(node, path, kSinkSection, notes.keys, switched_on);
    sink.enabled = notes.keys.options.Boolean("enabled");

    const Options queue = ReadSection(node, path, "queue", kQueueSection, switched_on).options;
    sink.queue.capacity = static_cast<std::uint64_t>(queue.Integer("capacity"));
    sink.queue.max_bytes = static_cast<std::uint64_t>(queue.Integer("max_bytes"));
    sink.queue.when_full = WhenFullFromName(queue.String("when_full"));

    notes.filter = ReadSection(node, path, "filter", kFilterSection, switched_on);
    const std::vector<std::string> kinds = StringsOr(notes.filter.options, "kinds");
    if (!kinds.empty()) sink.filter.kinds = 0;
    for (const std::string& kind : kinds) sink.filter.kinds |= MaskOf(*KindFromName(kind));
    sink.filter.symbols = StringsOr(notes.filter.options, "symbols");
    sink.filter.sources = StringsOr(notes.filter.options, "sources");

    notes.retry = ReadSection(node, path, "retry", kRetrySection, switched_on);
    sink.retry.first = notes.retry.options.Duration("first");
    sink.retry.max = notes.retry.options.Duration("max");
    draft_.config.sinks.push_back(std::move(sink));
    draft_.sinks.push_back(std::move(notes));
  }

  /// The keys of a plugin's instance, apart from `options`.
  CheckedOptions ReadKeys(const YamlNode& node, const std::string& path, const Section& section,
                          bool switched_on) {
    KnownKeys known = KeysOf(section);
    const YamlEntry* plugin_entry = node.Find("plugin");
    const PluginDescriptor* plugin =
        plugin_entry ? catalog_.Find(*section.plugin, plugin_entry->value->text) : nullptr;
    if (plugin) {
      for (const OptionSpec& spec : OptionsOf(*plugin)) {
        known.misplaced.emplace(spec.name, path + ".options");
      }
    }
    return CheckOptions(context_, {&node, node.place, path, switched_on}, known);
  }

  InstanceConfig ReadInstance(const YamlNode& node, const std::string& path, const Section& section,
                              const CheckedOptions& keys, bool switched_on) {
    InstanceConfig instance;
    instance.name = TextOr(keys.options, "name");
    instance.path = path;
    instance.location = context_.document.At(node.place);
    instance.plugin = FindPlugin(path, *section.plugin, keys);
    if (!instance.plugin) return instance;

    const std::string options_path = path + ".options";
    const YamlEntry* entry = node.Find("options");
    const YamlNode* map = entry ? ExpectMap(context_, *entry->value, options_path) : nullptr;
    if (entry && !map && entry->value->type != YamlNode::Type::Null) return instance;

    KnownKeys known{.options = OptionsOf(*instance.plugin)};
    for (const OptionSpec& spec : section.options) known.misplaced.emplace(spec.name, path);
    for (const SubSection& sub : section.sections) known.misplaced.emplace(sub.name, path);
    const Place place = entry ? entry->value->place : node.place;
    CheckedOptions checked = CheckOptions(context_, {map, place, options_path, switched_on}, known);
    for (const auto& [name, given] : checked.given) {
      instance.option_locations[name] = context_.document.At(given.place);
    }
    instance.options = std::move(checked.options);
    return instance;
  }

  const PluginDescriptor* FindPlugin(const std::string& path, PluginKind kind,
                                     const CheckedOptions& keys) {
    if (!keys.options.Has("plugin")) return nullptr;
    const std::string& name = keys.options.String("plugin");
    if (const PluginDescriptor* plugin = catalog_.Find(kind, name)) return plugin;

    const GivenText& given = keys.given.find("plugin")->second.texts.front();
    std::vector<std::string> names;
    std::string elsewhere;
    for (const PluginDescriptor* plugin : catalog_.plugins) {
      if (plugin->kind == kind) {
        names.emplace_back(plugin->name);
      } else if (!given.hidden && name == plugin->name) {
        elsewhere = fmt::format("; that is a {} plugin", Name(plugin->kind));
      }
    }
    std::string message =
        fmt::format("expected the name of a {} plugin, found {}{}", Name(kind), given.shown,
                    !elsewhere.empty() ? elsewhere
                    : given.hidden     ? ""
                                       : DidYouMean(name, names));
    message +=
        names.empty() ? " (there are none" : fmt::format(" (valid: {}", fmt::join(names, ", "));
    if (!catalog_.searched.empty()) message += "; " + catalog_.searched;
    Error(given.place, path + ".plugin", message + ")");
    return nullptr;
  }

  Location LocationOf(const CheckedOptions& keys, std::string_view name, const YamlNode& node) {
    const auto found = keys.given.find(name);
    return context_.document.At(found == keys.given.end() ? node.place : found->second.place);
  }

  void Error(Place place, std::string path, std::string message) {
    context_.problems.Error(context_.document.At(place), std::move(path), std::move(message));
  }

  const ReadContext& context_;
  const OpenPlugins& open_plugins_;
  PluginCatalog catalog_;
  std::vector<GivenText> plugin_dirs_;  // as the file gives them
  Draft draft_;
};

}  // namespace

const PluginDescriptor* PluginCatalog::Find(PluginKind kind, std::string_view name) const {
  for (const PluginDescriptor* plugin : plugins) {
    if (plugin->kind == kind && plugin->name == name) return plugin;
  }
  return nullptr;
}

bool LoadResult::ok() const {
  return std::none_of(problems.begin(), problems.end(),
                      [](const Problem& problem) { return problem.severity == Severity::Error; });
}

LoadResult LoadConfigText(std::string_view text, const std::filesystem::path& file,
                          const OpenPlugins& open_plugins, const Environment& environment) {
  Problems problems;
  LoadResult result;
  const YamlDocument document{text, file.string(), problems};
  if (const YamlNode* root = document.root()) {
    std::error_code error;
    const ReadContext context{document, environment,
                              std::filesystem::absolute(file, error).parent_path(), problems};
    result.config = Loader{context, open_plugins}.Load(*root);
  }
  result.problems = problems.TakeSorted();
  return result;
}

LoadResult LoadConfig(const std::filesystem::path& file, const OpenPlugins& open_plugins,
                      const Environment& environment) {
  const auto unreadable = [&](const std::string& why) {
    LoadResult result;
    result.problems.push_back({Severity::Error, {file.string()}, "", "cannot be read: " + why});
    return result;
  };
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) return unreadable("it is a folder");
  errno = 0;
  std::ifstream stream{file, std::ios::binary};
  if (!stream) return unreadable(std::strerror(errno));
  std::string text(YamlDocument::kMaxBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) return unreadable(std::strerror(errno));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return LoadConfigText(text, file, open_plugins, environment);
}

}  // namespace feedmux
