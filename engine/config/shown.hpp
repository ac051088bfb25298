#pragma once

#include <string>       // string
#include <string_view>  // string_view

namespace feedmux {

/// How a text from a file stands in a message: in quotes, control characters escaped, long ones
/// cut, passwords masked.
std::string Shown(std::string_view text);

/// The text with "***" for the password of every URL in it (`redis://user:***@host`), and for the
/// value of every query parameter whose name says that it is a secret (`?apiKey=***`).
std::string MaskPasswords(std::string_view text);

}  // namespace feedmux
