#pragma once

#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::dashboard {

inline std::string InLowerCase(std::string_view text) {
  std::string lower{text};
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace feedmux::dashboard
