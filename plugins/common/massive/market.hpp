#pragma once

#include <array>        // array
#include <cstdint>      // uint8_t
#include <optional>     // optional
#include <string_view>  // string_view
#include <utility>      // pair

namespace feedmux::massive {

/// What a connection is about: the first part of the path of its URL. The same keys mean other
/// things on other markets.
enum class Market : std::uint8_t { Stocks, Options, Indices, Forex, Crypto, Futures };

inline constexpr std::array<std::pair<std::string_view, Market>, 6> kMarkets = {{
    {"stocks", Market::Stocks},
    {"options", Market::Options},
    {"indices", Market::Indices},
    {"forex", Market::Forex},
    {"crypto", Market::Crypto},
    {"futures", Market::Futures},
}};

/// "futures" of "/futures/cme"; empty for "/".
constexpr std::string_view FirstPart(std::string_view path) {
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  return path.substr(0, path.find_first_of("/?"));
}

/// The market of a URL's path: "/stocks", "stocks", "/futures/cme". Nothing for any other.
constexpr std::optional<Market> MarketFromPath(std::string_view path) {
  for (const auto& [name, market] : kMarkets) {
    if (name == FirstPart(path)) return market;
  }
  return std::nullopt;
}

}  // namespace feedmux::massive
