#pragma once

#include <array>        // array
#include <map>          // map
#include <optional>     // optional
#include <span>         // span
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "config/loader.hpp"

namespace feedmux::testing {

inline constexpr std::array kFeedOptions = {
    OptionSpec{.name = "url", .required = true, .description = "Where the feed is"},
    OptionSpec{.name = "api_key", .required = true, .secret = true},
    OptionSpec{.name = "channels",
               .type = OptionType::Choices,
               .default_value = "[T, Q]",
               .min = 1,
               .choices = "T|Q|A|AM"},
    OptionSpec{.name = "ping",
               .type = OptionType::Duration,
               .default_value = "10s",
               .min = 100,
               .max = 3'600'000},
};

inline constexpr std::array kStoreOptions = {
    OptionSpec{
        .name = "port", .type = OptionType::Integer, .default_value = "80", .min = 1, .max = 65535},
    OptionSpec{.name = "share", .type = OptionType::Number, .min = 0, .max = 1},
    OptionSpec{.name = "verify", .type = OptionType::Boolean, .default_value = "true"},
    OptionSpec{.name = "buffer", .type = OptionType::Bytes, .default_value = "64KiB", .min = 1024},
    OptionSpec{.name = "format", .type = OptionType::Choice, .choices = "tickstock|raw|full"},
    OptionSpec{.name = "ca_file", .type = OptionType::Path},
    OptionSpec{.name = "keys", .type = OptionType::Strings, .min = 1, .max = 3},
    OptionSpec{.name = "password", .secret = true},
    OptionSpec{.name = "pin", .type = OptionType::Integer, .secret = true},
    OptionSpec{.name = "modes", .type = OptionType::Choices, .secret = true, .choices = "a|b"},
    OptionSpec{.name = "url"},
};

inline constexpr std::array kListOptions = {
    OptionSpec{.name = "path", .type = OptionType::Path, .required = true},
};

constexpr PluginDescriptor FakePlugin(PluginKind kind, const char* name,
                                      std::span<const OptionSpec> options) {
  PluginDescriptor plugin;
  plugin.kind = kind;
  plugin.name = name;
  plugin.version = "1.0.0";
  plugin.summary = "For tests";
  plugin.options = options.data();
  plugin.option_count = static_cast<std::uint32_t>(options.size());
  return plugin;
}

inline constexpr PluginDescriptor kFeedPlugin =
    FakePlugin(PluginKind::Source, "feed", kFeedOptions);
inline constexpr PluginDescriptor kPlainPlugin = FakePlugin(PluginKind::Source, "plain", {});
inline constexpr PluginDescriptor kStorePlugin =
    FakePlugin(PluginKind::Sink, "store", kStoreOptions);
inline constexpr PluginDescriptor kNullPlugin = FakePlugin(PluginKind::Sink, "null", {});
inline constexpr PluginDescriptor kListPlugin =
    FakePlugin(PluginKind::Universe, "list", kListOptions);

/// Sources feed and plain, sinks store and null, universe list.
inline PluginCatalog FakeCatalog() {
  return {{&kFeedPlugin, &kPlainPlugin, &kStorePlugin, &kNullPlugin, &kListPlugin},
          "looked in /plugins"};
}

inline PluginCatalog OpenFakePlugins(const std::vector<std::string>&) { return FakeCatalog(); }

using Variables = std::map<std::string, std::string, std::less<>>;

inline Environment FakeEnvironment(Variables variables = {}) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

/// Loads a text as /etc/feedmux/c.yaml.
inline LoadResult LoadFake(std::string_view yaml, Variables variables = {}) {
  return LoadConfigText(yaml, "/etc/feedmux/c.yaml", OpenFakePlugins,
                        FakeEnvironment(std::move(variables)));
}

/// The problems as lines without the file's name: "2:7: sinks[0].options.port: expected ...".
inline std::vector<std::string> Lines(const LoadResult& result) {
  std::vector<std::string> lines;
  for (Problem problem : result.problems) {
    problem.location.file.clear();
    lines.push_back(ToString(problem).substr(1));
  }
  return lines;
}

}  // namespace feedmux::testing
