#pragma once

#include <string>       // string
#include <string_view>  // string_view

#include "users_document.hpp"

namespace feedmux::accounts {

/// Reads the text of a users file. Throws std::runtime_error with `file`, the place or key, what
/// was found and what would be valid; what might be a secret is not shown.
UsersDocument ParseUsers(std::string_view text, const std::string& file);

/// The text that ParseUsers reads, sorted by name.
std::string UsersText(UsersDocument document);

}  // namespace feedmux::accounts
