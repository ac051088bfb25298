#pragma once

#include <cstdint>      // fixed-width integers
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view

#include "candle.hpp"
#include "feedmux/tick.hpp"
#include "pattern.hpp"

namespace feedmux::synthetic {

/// What was traded in a window or a day.
struct Traded {
  Candle prices;
  std::uint64_t shares = 0;
  std::uint64_t cents = 0;  ///< prices times shares, summed up
  std::uint64_t trades = 0;

  void Count(Cents price, std::int64_t size);
  double Vwap() const;  ///< dollars, to four decimals as the vendor has it
};

/// One symbol's market: its price, its best bid and offer, and what was traded.
struct Instrument {
  /// The start price depends on `seed` and the ticker alone, so that it is the same on every
  /// connection.
  Instrument(SymbolId symbol, std::string_view ticker, std::uint64_t seed, double price_min,
             double price_max);

  /// A step of a geometric random walk: `drift` per second, `volatility` per root of a second,
  /// `normal` a standard normal number.
  void Walk(std::int64_t now_ns, double drift, double volatility, double normal);

  /// Puts the price, bid and offer around `price`, `spread` apart; the bid stays positive.
  void Quote(Cents price, Cents spread);

  Cents price() const;

  // Fixed facts.
  SymbolId symbol;
  std::string json;  ///< the ticker as a JSON string
  std::int8_t tape;
  std::int32_t listed_at;  ///< exchange

  // The market now.
  double mid;  ///< dollars
  std::int64_t moved_ns = kNoTime;
  Cents bid = 0;
  Cents ask = 0;
  std::uint64_t sequence = 0;
  std::uint64_t trade_id = 0;
  Traded window;
  Traded day;

  // A candlestick pattern in the making.
  std::optional<Candle> script;          ///< what the current window must come to
  std::optional<Pattern> second_is_due;  ///< the next window that trades completes this one
  Candle first;                          ///< of which this was the first bar
};

}  // namespace feedmux::synthetic
