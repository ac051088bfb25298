#pragma once

#include <string_view>  // string_view

namespace feedmux {

/// What a plugin and its options may be called.
inline bool IsPlainName(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

}  // namespace feedmux
