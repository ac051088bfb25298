#pragma once

#include <cstdint>      // uint64_t
#include <string>       // string, to_string
#include <string_view>  // string_view

namespace feedmux {

/// "1 ticker", "2 tickers".
inline std::string Counted(std::uint64_t count, std::string_view what) {
  return std::to_string(count).append(" ").append(what).append(count == 1 ? "" : "s");
}

}  // namespace feedmux
