#include "core/backoff.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace feedmux {
namespace {

using std::chrono::milliseconds;

std::vector<milliseconds> Waits(Backoff& backoff, int count) {
  std::vector<milliseconds> waits;
  for (int i = 0; i < count; ++i) waits.push_back(backoff.Next());
  return waits;
}

TEST(Backoff, DoublesItsLimitUpToTheMaximum) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Backoff backoff{milliseconds{100}, milliseconds{1500}, seed};
    for (const int limit : {100, 200, 400, 800, 1500, 1500, 1500}) {
      EXPECT_LE(backoff.Next(), milliseconds{limit}) << "seed " << seed;
    }
  }
}

TEST(Backoff, WaitsAtLeastATenthOfTheFirst) {
  Backoff backoff{milliseconds{100}, milliseconds{1000}, 1};
  for (const milliseconds wait : Waits(backoff, 1000)) EXPECT_GE(wait, milliseconds{10});
}

TEST(Backoff, SpreadsOverTheWholeRange) {
  Backoff backoff{milliseconds{100}, milliseconds{1000}, 1};
  Waits(backoff, 10);
  int low = 0;
  int high = 0;
  for (const milliseconds wait : Waits(backoff, 1000)) {
    if (wait < milliseconds{250}) ++low;
    if (wait > milliseconds{750}) ++high;
  }
  EXPECT_GT(low, 150);
  EXPECT_GT(high, 150);
}

TEST(Backoff, BeginsAgainAfterAReset) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Backoff backoff{milliseconds{100}, milliseconds{60'000}, seed};
    Waits(backoff, 10);
    backoff.Reset();
    EXPECT_LE(backoff.Next(), milliseconds{100});
    EXPECT_LE(backoff.Next(), milliseconds{200});
  }
}

TEST(Backoff, RepeatsItselfWithTheSameSeedOnly) {
  Backoff one{milliseconds{100}, milliseconds{10'000}, 7};
  Backoff same{milliseconds{100}, milliseconds{10'000}, 7};
  Backoff other{milliseconds{100}, milliseconds{10'000}, 8};
  const auto waits = Waits(one, 20);
  EXPECT_EQ(waits, Waits(same, 20));
  EXPECT_NE(waits, Waits(other, 20));
}

TEST(Backoff, NeverExceedsAMaximumBelowTheFirst) {
  Backoff backoff{milliseconds{1000}, milliseconds{10}, 1};
  for (const milliseconds wait : Waits(backoff, 100)) EXPECT_LE(wait, milliseconds{10});
}

}  // namespace
}  // namespace feedmux
