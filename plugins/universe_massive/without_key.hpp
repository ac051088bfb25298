#pragma once

#include <string>  // string

namespace feedmux::universe_massive {

/// The text with *** wherever the account's key stands: for what a server says.
inline std::string WithoutKey(std::string text, const std::string& api_key) {
  for (auto at = text.find(api_key); at != std::string::npos; at = text.find(api_key, at + 3)) {
    text.replace(at, api_key.size(), "***");
  }
  return text;
}

}  // namespace feedmux::universe_massive
