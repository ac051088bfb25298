#pragma once

#include <cstddef>      // size_t
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::accounts {

inline constexpr std::size_t kPasswordCharacters = 10;  ///< at least
inline constexpr std::size_t kPasswordBytes = 1024;     ///< at most

/// Why it cannot be a password, or an empty string if it can: at least kPasswordCharacters
/// characters (of UTF-8), at most kPasswordBytes bytes, no control characters.
std::string PasswordProblem(std::string_view password);

/// A new one of 100 random bits that can be read out and typed: "k3vxq-8mwta-c2hnp-r7dfz".
std::string RandomPassword();

/// Empties a text that held a secret, and overwrites the memory it was in.
void Wipe(std::string& secret);

}  // namespace feedmux::accounts
