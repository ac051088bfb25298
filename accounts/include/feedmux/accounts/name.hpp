#pragma once

#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::accounts {

/// Why nobody can be called so, or an empty string if somebody can: 1 to 64 of letters and digits
/// (ASCII), '.', '_', '-' and '@'. Names of tokens are the same.
std::string NameProblem(std::string_view name);

}  // namespace feedmux::accounts
