#pragma once

#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::dashboard {

/// 256 random bits as 64 hexadecimal digits. Throws std::runtime_error if the system has none.
std::string RandomHex();

/// SHA-256 as 64 hexadecimal digits.
std::string Sha256Hex(std::string_view text);

/// HMAC-SHA-256 as 64 hexadecimal digits.
std::string HmacHex(std::string_view key, std::string_view text);

/// In a time that does not depend on where they differ.
bool IsSameSecret(std::string_view a, std::string_view b);

}  // namespace feedmux::dashboard
