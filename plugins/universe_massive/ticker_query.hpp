#pragma once

#include <array>        // array
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::universe_massive {

inline constexpr std::array<std::string_view, 5> kMarkets = {"stocks", "otc", "indices", "fx",
                                                             "crypto"};

/// Which tickers of the vendor: a market's active ones, of one type and one exchange if these are
/// given.
struct TickerQuery {
  std::string market;    ///< one of kMarkets
  std::string type;      ///< "CS", "ETF", ...; empty: any
  std::string exchange;  ///< of the primary listing, "XNYS"; empty: any

  /// "stocks/CS/XNYS", with * for any in between: as ParseQuery reads it.
  std::string Text() const;

  /// Path and query of the request for the first page.
  std::string Target() const;

  /// "stocks-CS-XNYS", fit for a file's name.
  std::string FileStem() const;

  bool operator==(const TickerQuery&) const = default;
};

/// Reads market[/type[/exchange]], where * is any type or exchange. Throws std::invalid_argument,
/// which says what was found and what would be valid.
TickerQuery ParseQuery(std::string_view text);

}  // namespace feedmux::universe_massive
