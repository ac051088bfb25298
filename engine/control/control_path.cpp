#include "control/control_path.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>     // errno
#include <cstdlib>    // getenv
#include <cstring>    // strerror
#include <stdexcept>  // runtime_error

namespace feedmux {
namespace {

constexpr const char* kFileName = "control.sock";

std::string FromEnvironment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::filesystem::path TemporaryFolder() {
  return std::filesystem::path{"/tmp"} / fmt::format("feedmux-{}", ::geteuid());
}

/// $XDG_RUNTIME_DIR, or nothing if there is none that is this user's (su and sudo pass on
/// another's).
std::filesystem::path RuntimeFolder() {
  const std::filesystem::path folder = FromEnvironment("XDG_RUNTIME_DIR");
  struct stat found {};
  if (!folder.is_absolute() || ::stat(folder.c_str(), &found) != 0) return {};
  return S_ISDIR(found.st_mode) && found.st_uid == ::geteuid() ? folder : std::filesystem::path{};
}

}  // namespace

std::filesystem::path PathToListenAt() {
  if (const std::string path = FromEnvironment("FEEDMUX_CONTROL"); !path.empty()) return path;
  const std::filesystem::path runtime = RuntimeFolder();
  const std::filesystem::path folder = runtime.empty() ? TemporaryFolder() : runtime / "feedmux";
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    throw std::runtime_error(fmt::format("{}: cannot be made: {}; engine.control says where else",
                                         folder.string(), std::strerror(errno)));
  }
  RequirePrivateFolder(folder);
  return folder / kFileName;
}

std::vector<std::filesystem::path> PathsToLookAt(const std::string& given) {
  if (!given.empty()) return {given};
  if (const std::string path = FromEnvironment("FEEDMUX_CONTROL"); !path.empty()) return {path};
  std::vector<std::filesystem::path> paths;
  if (const auto runtime = RuntimeFolder(); !runtime.empty()) {
    paths.push_back(runtime / "feedmux" / kFileName);
  }
  paths.push_back(TemporaryFolder() / kFileName);
  return paths;
}

void RequirePrivateFolder(const std::filesystem::path& folder) {
  struct stat found {};
  const auto refuse = [&folder](const std::string& why) {
    throw std::runtime_error(fmt::format("{}: {}", folder.string(), why));
  };
  // Not stat: a symbolic link is somebody's to point elsewhere.
  if (::lstat(folder.c_str(), &found) != 0) refuse(std::strerror(errno));
  if (!S_ISDIR(found.st_mode)) refuse("is no folder");
  if (found.st_uid != ::geteuid()) {
    refuse(fmt::format("belongs to uid {}, not to uid {}", found.st_uid, ::geteuid()));
  }
  if ((found.st_mode & 077) != 0) {
    refuse(fmt::format("is open to others (mode {:o}); expected 700", found.st_mode & 07777));
  }
}

}  // namespace feedmux
