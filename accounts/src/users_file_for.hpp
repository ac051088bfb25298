#pragma once

#include <filesystem>  // path

namespace feedmux::accounts {

/// DefaultUsersFile() in an environment with these variables, empty where there is none.
std::filesystem::path UsersFileFor(bool is_root, const std::filesystem::path& state_home,
                                   const std::filesystem::path& home);

}  // namespace feedmux::accounts
