#pragma once

#include <string>  // string
#include <websocketpp/utf8_validator.hpp>

namespace feedmux::websocket {

/// What a peer said, fit for a log line and for JSON.
inline std::string Printable(std::string text) {
  const bool is_utf8 = websocketpp::utf8_validator::validate(text);
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < ' ' || byte == 0x7f || (byte > 0x7f && !is_utf8)) c = '?';
  }
  return text;
}

}  // namespace feedmux::websocket
