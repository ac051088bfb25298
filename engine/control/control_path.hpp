#pragma once

#include <filesystem>  // path
#include <string>      // string
#include <vector>      // vector

namespace feedmux {

/// Where the engine listens if nobody says where: FEEDMUX_CONTROL, else
/// $XDG_RUNTIME_DIR/feedmux/control.sock if that folder is the user's own, else
/// /tmp/feedmux-UID/control.sock. Makes the last folder, for the user alone. Throws
/// std::runtime_error if it cannot, or if the folder is somebody else's.
std::filesystem::path PathToListenAt();

/// Where a command looks for an engine, best first: `given` alone if it is not empty, else the
/// places that PathToListenAt may have chosen, in whatever environment the engine was started.
std::vector<std::filesystem::path> PathsToLookAt(const std::string& given);

/// Throws std::runtime_error unless the folder belongs to this user, and to nobody else.
void RequirePrivateFolder(const std::filesystem::path& folder);

}  // namespace feedmux
