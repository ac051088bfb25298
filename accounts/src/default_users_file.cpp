#include "feedmux/accounts/default_users_file.hpp"

#include <unistd.h>  // geteuid

#include <cstdlib>       // getenv
#include <system_error>  // error_code

#include "users_file_for.hpp"

namespace feedmux::accounts {
namespace {

constexpr const char* kFile = "feedmux/users.json";

std::string FromEnvironment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

std::filesystem::path UsersFileFor(bool is_root, const std::filesystem::path& state_home,
                                   const std::filesystem::path& home) {
  if (!is_root) {
    if (state_home.is_absolute()) return state_home / kFile;
    std::error_code unknown;
    // A service's user often has /nonexistent.
    if (home.is_absolute() && std::filesystem::is_directory(home, unknown)) {
      return home / ".local/state" / kFile;
    }
  }
  return std::filesystem::path{"/var/lib"} / kFile;
}

std::filesystem::path DefaultUsersFile() {
  return UsersFileFor(::geteuid() == 0, FromEnvironment("XDG_STATE_HOME"), FromEnvironment("HOME"));
}

}  // namespace feedmux::accounts
