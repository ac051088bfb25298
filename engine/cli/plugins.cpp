#include <fmt/format.h>

#include <algorithm>  // max, min
#include <cstdio>     // stdout, stderr
#include <span>       // span
#include <string>     // string
#include <vector>     // vector

#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/exit_code.hpp"
#include "config/nearest.hpp"
#include "config/option_text.hpp"
#include "plugins/registry.hpp"
#include "plugins/search_path.hpp"

namespace feedmux {
namespace {

void PrintFolders(std::FILE* out, const PluginRegistry& registry) {
  for (const auto& folder : registry.folders()) fmt::print(out, "  {}\n", folder.string());
}

/// "redis", or "sink_redis" where sinks and universes have a plugin of that name.
bool IsCalled(const PluginDescriptor& plugin, const std::string& name) {
  return name == plugin.name || name == fmt::format("{}_{}", Name(plugin.kind), plugin.name);
}

/// "required", "default 10s", or "optional"; a secret's default is not shown.
std::string Presence(const OptionSpec& option) {
  if (option.required) return "required";
  if (!option.default_value || option.secret) return "optional";
  const std::string_view value = option.default_value;
  return value.empty() ? "default empty" : fmt::format("default {}", value);
}

/// The text in lines of at most `width` characters, each after `indent` blanks.
std::string Wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::string lines;
  while (!text.empty()) {
    std::size_t end = text.size();
    if (end > width) {
      const std::size_t blank = text.rfind(' ', width);
      end = blank == std::string_view::npos ? std::min(text.find(' '), text.size()) : blank;
    }
    lines += std::string(indent, ' ').append(text.substr(0, end)) += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

void Print(const LoadedPlugin& plugin) {
  const PluginDescriptor& descriptor = *plugin.descriptor;
  fmt::print("{} {} {}: {}\n", Name(descriptor.kind), descriptor.name, descriptor.version,
             descriptor.summary);
  fmt::print("file: {}\n", plugin.file.string());
  if (descriptor.option_count == 0) {
    fmt::print("\nIt has no options.\n");
    return;
  }
  fmt::print("\noptions:\n");
  for (const OptionSpec& option : std::span{descriptor.options, descriptor.option_count}) {
    fmt::print("  {}: {}, {}{}\n", option.name, Expected(option), Presence(option),
               option.secret ? ", secret" : "");
    fmt::print("{}", Wrapped(option.description, 6, 90));
  }
}

}  // namespace

int ListPlugins() {
  const PluginRegistry registry{PluginFolders({})};
  PrintRefusals(registry);
  if (registry.plugins().empty()) {
    fmt::print(stderr, "no plugins found in\n");
    PrintFolders(stderr, registry);
    return exit_code::kRuntime;
  }
  std::size_t width = 4;
  for (const LoadedPlugin& plugin : registry.plugins()) {
    width = std::max(width, std::string_view{plugin.descriptor->name}.size());
  }
  fmt::print("{:<10}{:<{}}{:<9}{}\n", "KIND", "NAME", width + 2, "VERSION", "SUMMARY");
  for (const LoadedPlugin& plugin : registry.plugins()) {
    const PluginDescriptor& descriptor = *plugin.descriptor;
    fmt::print("{:<10}{:<{}}{:<9}{}\n", Name(descriptor.kind), descriptor.name, width + 2,
               descriptor.version, descriptor.summary);
  }
  return exit_code::kOk;
}

int ShowPlugin(const std::string& name) {
  const PluginRegistry registry{PluginFolders({})};
  PrintRefusals(registry);
  std::vector<std::string> names;
  bool found = false;
  for (const LoadedPlugin& plugin : registry.plugins()) {
    names.emplace_back(plugin.descriptor->name);
    if (!IsCalled(*plugin.descriptor, name)) continue;
    if (found) fmt::print("\n");
    Print(plugin);
    found = true;
  }
  if (found) return exit_code::kOk;
  fmt::print(stderr, "no plugin is called \"{}\"{}\nThere are: {}\nLooked for in\n", name,
             DidYouMean(name, names), fmt::join(names, ", "));
  PrintFolders(stderr, registry);
  return exit_code::kUsage;
}

}  // namespace feedmux
