#pragma once

#include <cstddef>      // size_t
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::universe_massive {

/// One page of the vendor's list.
struct TickerPage {
  std::vector<std::string> symbols;  ///< spelled as the vendor's streams spell them
  std::string next_url;              ///< empty: this is the last page
  std::size_t unusable = 0;          ///< results without a ticker that can be a symbol
  std::string first_unusable;        ///< what was wrong with the first of them
};

/// Reads {"results": [{"ticker": "AAPL", ...}, ...], "next_url": ...}. Currency pairs of the
/// markets fx and crypto become EUR/USD and BTC-USD. Throws std::invalid_argument, which says what
/// was found, if it is no such thing.
TickerPage ParsePage(std::string_view body, std::string_view market);

/// What the server itself says in the body of an error; empty if nothing.
std::string ServerMessage(std::string_view body);

}  // namespace feedmux::universe_massive
