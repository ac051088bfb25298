#pragma once

#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::universe {

/// Why `text` can be no symbol, or an empty string if it can: printable ASCII, no space, no comma.
std::string SymbolProblem(std::string_view text);

/// Why `key` can name no universe, or an empty string if it can: any text without blanks, control
/// characters and +.
std::string KeyProblem(std::string_view key);

/// The text in quotes for a message, control characters escaped, shortened if very long.
std::string Quoted(std::string_view text);

/// The text without spaces, tabs and line ends around it.
std::string_view Trimmed(std::string_view text);

}  // namespace feedmux::universe
