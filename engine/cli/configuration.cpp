#include "cli/configuration.hpp"

#include <fmt/format.h>

#include <algorithm>     // any_of
#include <cstdio>        // stderr
#include <filesystem>    // is_directory
#include <system_error>  // error_code
#include <utility>       // move

#include "config/shown.hpp"
#include "plugins/registry.hpp"
#include "plugins/search_path.hpp"

namespace feedmux {
namespace {

/// Prints them and says whether one is an error.
bool PrintProblems(const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) fmt::print(stderr, "{}\n", ToString(problem));
  return std::any_of(problems.begin(), problems.end(),
                     [](const Problem& problem) { return problem.severity == Severity::Error; });
}

}  // namespace

void PrintRefusals(const PluginRegistry& registry) {
  for (const std::string& folder : MissingPathFolders()) {
    fmt::print(stderr, "FEEDMUX_PLUGIN_PATH: there is no folder {}\n", Shown(folder));
  }
  for (const std::string& refusal : registry.refusals()) fmt::print(stderr, "{}\n", refusal);
}

PluginCatalog OpenCatalog(const std::vector<std::string>& plugin_dirs,
                          std::vector<PluginSummary>* loaded) {
  const PluginRegistry registry{PluginFolders(plugin_dirs)};
  PrintRefusals(registry);
  PluginCatalog catalog;
  for (const std::string& folder : plugin_dirs) {
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) catalog.missing.push_back(folder);
  }
  for (const LoadedPlugin& plugin : registry.plugins()) {
    catalog.plugins.push_back(plugin.descriptor);
    if (!loaded) continue;
    loaded->push_back({std::string{Name(plugin.descriptor->kind)}, plugin.descriptor->name,
                       plugin.descriptor->version, plugin.descriptor->summary,
                       plugin.file.string()});
  }
  std::string folders;
  for (const auto& folder : registry.folders()) {
    folders += folders.empty() ? folder.string() : ", " + folder.string();
  }
  catalog.searched = "looked in " + folders;
  return catalog;
}

std::optional<Configuration> ReadConfiguration(const std::filesystem::path& file, Purpose purpose,
                                               HostServices& services) {
  const auto open = [&services](const std::vector<std::string>& plugin_dirs) {
    return OpenCatalog(plugin_dirs, &services.engine.plugins);
  };
  LoadResult loaded = LoadConfig(file, open, ProcessEnvironment());
  Problems problems;
  for (Problem& problem : loaded.problems) problems.Add(std::move(problem));
  Configuration configuration;
  configuration.config = std::move(loaded.config);
  configuration.assembly = Assemble(configuration.config, purpose, services, problems);
  if (PrintProblems(problems.TakeSorted())) return std::nullopt;
  return configuration;
}

}  // namespace feedmux
