#pragma once

#include <algorithm>    // all_of
#include <string_view>  // string_view

namespace feedmux {

/// Whether the environment can have a variable of this name.
inline bool IsVariableName(std::string_view name) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && !is_digit(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
  });
}

}  // namespace feedmux
