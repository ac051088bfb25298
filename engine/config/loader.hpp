#pragma once

#include <filesystem>   // path
#include <functional>   // function
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "config/config.hpp"
#include "config/expand.hpp"
#include "config/problem.hpp"
#include "feedmux/plugin.hpp"

namespace feedmux {

/// The plugins that a configuration may name.
struct PluginCatalog {
  std::vector<const PluginDescriptor*> plugins;
  /// Where they were looked for, as the end of a message: "looked in /usr/lib/feedmux".
  std::string searched;
  std::vector<std::string> missing = {};  ///< of the file's plugin_dirs, those that are no folders

  /// Null if there is no such plugin.
  const PluginDescriptor* Find(PluginKind kind, std::string_view name) const;
};

/// Finds the plugins, given the file's `engine.plugin_dirs` (made absolute). Called once.
using OpenPlugins = std::function<PluginCatalog(const std::vector<std::string>& plugin_dirs)>;

struct LoadResult {
  /// Fit for use only if ok(). An enabled source or sink then has its plugin and all its required
  /// options; a disabled one may lack options whose variables are not set, so it must not be made.
  Config config;
  std::vector<Problem> problems;  ///< by place in the file

  /// No errors; there may be warnings.
  bool ok() const;
};

/// Reads a configuration and checks everything that can be known without making a plugin or
/// connecting: YAML, keys, types, ranges, names and references between its parts. All problems come
/// out at once. Never throws for what the file holds.
///
/// Not checked here: whether universes know the keys that connections name, and whether a
/// connection without symbols gets some from its plugin.
LoadResult LoadConfig(const std::filesystem::path& file, const OpenPlugins& open_plugins,
                      const Environment& environment);

/// The same for a text. `file` is its name for messages, and its folder is where relative paths
/// start.
LoadResult LoadConfigText(std::string_view text, const std::filesystem::path& file,
                          const OpenPlugins& open_plugins, const Environment& environment);

}  // namespace feedmux
