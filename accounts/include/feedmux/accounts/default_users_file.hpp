#pragma once

#include <filesystem>  // path

namespace feedmux::accounts {

/// Where users are kept if nobody says where: $XDG_STATE_HOME/feedmux/users.json, else
/// ~/.local/state/feedmux/users.json. For root, and for a service whose user has no home,
/// /var/lib/feedmux/users.json: sudo may pass on somebody else's home.
std::filesystem::path DefaultUsersFile();

}  // namespace feedmux::accounts
