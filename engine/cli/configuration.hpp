#pragma once

#include <filesystem>  // path
#include <optional>    // optional
#include <string>      // string
#include <vector>      // vector

#include "assembly/assembly.hpp"
#include "config/config.hpp"
#include "config/loader.hpp"
#include "plugins/plugin_host.hpp"
#include "plugins/registry.hpp"

namespace feedmux {

/// A configuration that was read, checked and made into instances.
struct Configuration {
  Config config;
  Assembly assembly;
};

/// Why files were refused, and which folders of FEEDMUX_PLUGIN_PATH there are not, to standard
/// error, a line each.
void PrintRefusals(const PluginRegistry& registry);

/// The plugins in the standard folders and in `plugin_dirs`, to `loaded` as well. Why files were
/// refused goes to standard error.
PluginCatalog OpenCatalog(const std::vector<std::string>& plugin_dirs,
                          std::vector<PluginSummary>* loaded = nullptr);

/// Loads the plugins and the YAML file, and makes what it asks for. Every problem goes to standard
/// error, a line each. Nothing if one of them is an error.
std::optional<Configuration> ReadConfiguration(const std::filesystem::path& file, Purpose purpose,
                                               HostServices& services);

}  // namespace feedmux
