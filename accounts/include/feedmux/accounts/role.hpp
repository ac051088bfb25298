#pragma once

#include <array>        // array
#include <cstddef>      // size_t
#include <cstdint>      // uint8_t
#include <optional>     // optional
#include <string_view>  // string_view

namespace feedmux::accounts {

/// What somebody may do, least first.
enum class Role : std::uint8_t {
  User,    ///< is known, and nothing more
  Viewer,  ///< sees
  Super,   ///< sees and acts
  Admin,   ///< sees and acts
};

inline constexpr std::array<std::string_view, 4> kRoleNames = {"user", "viewer", "super", "admin"};

/// The name used in files, JSON and on the command line.
constexpr std::string_view Name(Role role) { return kRoleNames[static_cast<std::size_t>(role)]; }

constexpr std::optional<Role> RoleFromName(std::string_view name) {
  for (std::size_t i = 0; i < kRoleNames.size(); ++i) {
    if (kRoleNames[i] == name) return static_cast<Role>(i);
  }
  return std::nullopt;
}

}  // namespace feedmux::accounts
