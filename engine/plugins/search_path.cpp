#include "plugins/search_path.hpp"

#include <algorithm>     // min
#include <cstdlib>       // getenv
#include <string_view>   // string_view
#include <system_error>  // error_code
#include <utility>       // move

namespace feedmux {
namespace {

std::vector<std::string> PathFolders() {
  const char* variable = std::getenv("FEEDMUX_PLUGIN_PATH");
  const std::string_view path = variable ? variable : "";
  std::vector<std::string> folders;
  for (std::size_t from = 0; from < path.size();) {
    const std::size_t colon = std::min(path.find(':', from), path.size());
    if (colon != from) folders.emplace_back(path.substr(from, colon - from));
    from = colon + 1;
  }
  return folders;
}

}  // namespace

std::vector<std::filesystem::path> PluginFolders(const std::vector<std::string>& extra) {
  std::vector<std::filesystem::path> folders{extra.begin(), extra.end()};
  for (std::string& folder : PathFolders()) folders.emplace_back(std::move(folder));
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) folders.push_back(program.parent_path().parent_path() / "lib" / "feedmux");
  return folders;
}

std::vector<std::string> MissingPathFolders() {
  std::vector<std::string> missing;
  for (std::string& folder : PathFolders()) {
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) missing.push_back(std::move(folder));
  }
  return missing;
}

}  // namespace feedmux
