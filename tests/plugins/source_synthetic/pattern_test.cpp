#include "pattern.hpp"

#include <gtest/gtest.h>

#include "candle.hpp"

namespace feedmux::synthetic {
namespace {

/// Shapes a pattern with many seeds and ranges and calls `check` with its bars.
template <typename Check>
void ForManyShapes(Pattern pattern, Check check) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    for (const Cents range : {kMinPatternRange, Cents{57}, Cents{400}, Cents{12'345}}) {
      Random random{seed};
      const Candle first = ShapeFirst(pattern, 50'000, range, random);
      const Candle second = SpansTwoBars(pattern) ? ShapeSecond(pattern, first, random) : Candle{};
      ASSERT_TRUE(check(first, second))
          << "seed " << seed << ", range " << range << ": " << first.open << ' ' << first.high
          << ' ' << first.low << ' ' << first.close << ", then " << second.open << ' '
          << second.high << ' ' << second.low << ' ' << second.close;
    }
  }
}

TEST(Candle, DojiIsABodyOfATenthOfTheRangeAtMost) {
  EXPECT_TRUE(IsDoji({100, 110, 90, 102}));
  EXPECT_FALSE(IsDoji({100, 110, 90, 103}));
  EXPECT_FALSE(IsDoji({100, 100, 100, 100})) << "nothing moved";
}

TEST(Candle, HammerHasItsBodyOnTop) {
  EXPECT_TRUE(IsHammer({100, 111, 70, 110}));
  EXPECT_FALSE(IsHammer({100, 120, 70, 110})) << "an upper shadow";
  EXPECT_FALSE(IsHammer({100, 111, 90, 110})) << "a short lower shadow";
}

TEST(Candle, ShootingStarHasItsBodyAtTheBottom) {
  EXPECT_TRUE(IsShootingStar({100, 140, 99, 110}));
  EXPECT_FALSE(IsShootingStar({100, 140, 70, 110}));
}

TEST(Candle, EngulfingNeedsTheOtherDirectionAndTheLargerBody) {
  const Candle falling{110, 112, 98, 100};
  const Candle rising{100, 112, 98, 110};
  EXPECT_TRUE(IsBullishEngulfing(falling, {99, 115, 95, 112}));
  EXPECT_FALSE(IsBullishEngulfing(falling, {101, 115, 95, 112})) << "opens within the first body";
  EXPECT_FALSE(IsBullishEngulfing(rising, {99, 115, 95, 112}));
  EXPECT_TRUE(IsBearishEngulfing(rising, {112, 115, 95, 99}));
  EXPECT_FALSE(IsBearishEngulfing(falling, {112, 115, 95, 99}));
}

TEST(Candle, HaramiStaysWithinTheFirstBody) {
  const Candle falling{120, 122, 98, 100};
  EXPECT_TRUE(IsHarami(falling, {105, 115, 104, 112}));
  EXPECT_FALSE(IsHarami(falling, {99, 115, 98, 106})) << "below the first body";
  EXPECT_FALSE(IsHarami(falling, {112, 115, 104, 105})) << "the same direction";
}

TEST(Pattern, ShapesADoji) {
  ForManyShapes(Pattern::Doji, [](const Candle& bar, const Candle&) { return IsDoji(bar); });
}

TEST(Pattern, ShapesAHammer) {
  ForManyShapes(Pattern::Hammer, [](const Candle& bar, const Candle&) { return IsHammer(bar); });
}

TEST(Pattern, ShapesAShootingStar) {
  ForManyShapes(Pattern::ShootingStar,
                [](const Candle& bar, const Candle&) { return IsShootingStar(bar); });
}

TEST(Pattern, ShapesABullishEngulfing) {
  ForManyShapes(Pattern::BullishEngulfing, IsBullishEngulfing);
}

TEST(Pattern, ShapesABearishEngulfing) {
  ForManyShapes(Pattern::BearishEngulfing, IsBearishEngulfing);
}

TEST(Pattern, ShapesAHarami) { ForManyShapes(Pattern::Harami, IsHarami); }

TEST(Pattern, KeepsPricesPositive) {
  for (std::size_t i = 0; i < kPatternNames.size(); ++i) {
    const auto pattern = static_cast<Pattern>(i);
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
      Random random{seed};
      const Candle first = ShapeFirst(pattern, 4 * kMinPatternRange, kMinPatternRange, random);
      EXPECT_GT(first.low, 0);
      if (SpansTwoBars(pattern)) {
        EXPECT_GT(ShapeSecond(pattern, first, random).low, 0);
      }
    }
  }
}

}  // namespace
}  // namespace feedmux::synthetic
