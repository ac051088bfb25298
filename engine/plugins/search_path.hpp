#pragma once

#include <filesystem>  // path
#include <string>      // string
#include <vector>      // vector

namespace feedmux {

/// Where plugins are looked for, first one first: `extra` (the YAML's engine.plugin_dirs), then the
/// folders in FEEDMUX_PLUGIN_PATH (separated by colons), then ../lib/feedmux beside the program's
/// own folder, which is where build and installation put them.
std::vector<std::filesystem::path> PluginFolders(const std::vector<std::string>& extra);

/// The folders in FEEDMUX_PLUGIN_PATH that are none.
std::vector<std::string> MissingPathFolders();

}  // namespace feedmux
