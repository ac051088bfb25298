#pragma once

#include <array>        // array
#include <cstdint>      // uint8_t
#include <string_view>  // string_view

#include "candle.hpp"
#include "random.hpp"

namespace feedmux::synthetic {

enum class Pattern : std::uint8_t {
  Doji,
  Hammer,
  ShootingStar,
  BullishEngulfing,
  BearishEngulfing,
  Harami,
};

/// The names used in YAML.
inline constexpr std::array<std::string_view, 6> kPatternNames = {
    "doji", "hammer", "shooting_star", "bullish_engulfing", "bearish_engulfing", "harami"};

/// True for those that take two bars in a row.
constexpr bool SpansTwoBars(Pattern pattern) { return pattern >= Pattern::BullishEngulfing; }

/// The smallest range in which every pattern can be told in whole cents.
inline constexpr Cents kMinPatternRange = 40;

/// A pattern's only or first bar: it opens at `open` and spans about `range`, at least
/// kMinPatternRange and less than half of `open`.
Candle ShapeFirst(Pattern pattern, Cents open, Cents range, Random& random);

/// The second bar of a pattern that began with `first`.
Candle ShapeSecond(Pattern pattern, const Candle& first, Random& random);

}  // namespace feedmux::synthetic
