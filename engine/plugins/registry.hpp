#pragma once

#include <filesystem>   // path
#include <memory>       // shared_ptr
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/plugin.hpp"

namespace feedmux {

/// A plugin that was accepted.
struct LoadedPlugin {
  const PluginDescriptor* descriptor = nullptr;
  std::filesystem::path file;
};

/// The plugins of this process. Libraries stay loaded until the process ends.
class PluginRegistry {
 public:
  /// Loads every library (*.so) in these folders; one that cannot be used is refused and the rest
  /// go on. Folders that do not exist are passed over.
  explicit PluginRegistry(std::vector<std::filesystem::path> folders);

  /// Null if there is no such plugin.
  const PluginDescriptor* Find(PluginKind kind, std::string_view name) const;

  /// Sorted by kind and name.
  const std::vector<LoadedPlugin>& plugins() const { return plugins_; }

  /// Why files were refused, one line each, with the file's name.
  const std::vector<std::string>& refusals() const { return refusals_; }

  const std::vector<std::filesystem::path>& folders() const { return folders_; }

 private:
  void Load(const std::filesystem::path& file);

  std::vector<std::filesystem::path> folders_;
  std::vector<LoadedPlugin> plugins_;
  std::vector<std::string> refusals_;
};

}  // namespace feedmux
