#pragma once

#include <algorithm>    // find_if
#include <chrono>       // sys_seconds
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/accounts/role.hpp"

namespace feedmux::accounts {

struct StoredUser {
  std::string name;
  Role role = Role::User;
  std::string password_hash;  ///< as HashPassword gives it
};

struct StoredToken {
  std::string name;
  Role role = Role::User;
  std::string sha256;  ///< as HashToken gives it
  std::chrono::sys_seconds created;
};

/// What a users file holds: names are valid, and each there once.
struct UsersDocument {
  std::vector<StoredUser> users;
  std::vector<StoredToken> tokens;
};

/// Where the user or token of that name is, or the end.
template <typename Entries>
auto FindByName(Entries& entries, std::string_view name) {
  return std::find_if(entries.begin(), entries.end(),
                      [name](const auto& entry) { return entry.name == name; });
}

}  // namespace feedmux::accounts
