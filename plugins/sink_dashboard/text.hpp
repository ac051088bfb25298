#pragma once

#include <cstdint>      // int64_t
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

/// Nanoseconds since the Unix epoch as JSON has them: seconds, to the microsecond.
inline double Seconds(std::int64_t ns) { return static_cast<double>(ns / 1000) / 1e6; }

}  // namespace feedmux::dashboard
