#pragma once

#include <nlohmann/json.hpp>
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::accounts {

/// How a text from outside stands in a message: in quotes, ASCII alone, cut if it is long.
inline std::string Quoted(std::string_view text) {
  constexpr std::size_t kShown = 64;
  const std::string quoted = nlohmann::json(text.substr(0, kShown))
                                 .dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  return text.size() > kShown ? quoted + "..." : quoted;
}

}  // namespace feedmux::accounts
