#pragma once

#include <cstddef>  // size_t
#include <string>   // string, to_string

namespace feedmux {

/// "AAPL, IBM, MSFT and 27 more": the first ten of a range of strings.
template <typename Strings>
std::string Enumerated(const Strings& strings) {
  constexpr std::size_t kMost = 10;
  std::string text;
  std::size_t shown = 0;
  for (const auto& one : strings) {
    if (shown == kMost) return text + " and " + std::to_string(strings.size() - kMost) + " more";
    if (shown++ > 0) text += ", ";
    text += one;
  }
  return text;
}

}  // namespace feedmux
