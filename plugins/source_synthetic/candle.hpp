#pragma once

#include <algorithm>  // max, min
#include <cstdint>    // int64_t

namespace feedmux::synthetic {

/// Prices are whole cents here, so that comparisons are exact.
using Cents = std::int64_t;

/// One bar's prices, and the usual words for its parts.
struct Candle {
  Cents open = 0;
  Cents high = 0;
  Cents low = 0;
  Cents close = 0;

  constexpr Cents range() const { return high - low; }
  constexpr Cents body() const { return open < close ? close - open : open - close; }
  constexpr Cents body_top() const { return std::max(open, close); }
  constexpr Cents body_bottom() const { return std::min(open, close); }
  constexpr Cents upper_shadow() const { return high - body_top(); }
  constexpr Cents lower_shadow() const { return body_bottom() - low; }
  constexpr bool rises() const { return close > open; }
  constexpr bool falls() const { return close < open; }

  constexpr bool operator==(const Candle&) const = default;
};

// What makes a pattern. These are the textbook's proportions of the candles alone; the trend before
// them is not looked at.

/// Open and close nearly meet: a body of at most a tenth of the range.
constexpr bool IsDoji(const Candle& c) { return c.range() > 0 && c.body() * 10 <= c.range(); }

/// A small body at the top, a lower shadow at least twice as long, next to no upper one.
constexpr bool IsHammer(const Candle& c) {
  return !IsDoji(c) && c.lower_shadow() >= 2 * c.body() && c.upper_shadow() * 10 <= c.range();
}

/// The hammer upside down.
constexpr bool IsShootingStar(const Candle& c) {
  return !IsDoji(c) && c.upper_shadow() >= 2 * c.body() && c.lower_shadow() * 10 <= c.range();
}

/// A rising body that covers the falling one before it.
constexpr bool IsBullishEngulfing(const Candle& first, const Candle& second) {
  return first.falls() && second.rises() && second.open <= first.close &&
         second.close >= first.open && second.body() > first.body();
}

/// A falling body that covers the rising one before it.
constexpr bool IsBearishEngulfing(const Candle& first, const Candle& second) {
  return first.rises() && second.falls() && second.open >= first.close &&
         second.close <= first.open && second.body() > first.body();
}

/// A long body, then one of the other direction within it and at most half as long.
constexpr bool IsHarami(const Candle& first, const Candle& second) {
  const bool turns = (first.falls() && second.rises()) || (first.rises() && second.falls());
  return turns && first.body() * 2 >= first.range() && second.body() * 2 <= first.body() &&
         second.body_top() <= first.body_top() && second.body_bottom() >= first.body_bottom();
}

}  // namespace feedmux::synthetic
