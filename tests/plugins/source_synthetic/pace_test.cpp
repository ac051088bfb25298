#include <gtest/gtest.h>

#include "market.hpp"
#include "pacer.hpp"
#include "timeline.hpp"

namespace feedmux::synthetic {
namespace {

std::int64_t MakeAllDue(Pacer& pacer, std::int64_t group, std::int64_t now_ns) {
  std::int64_t made = 0;
  for (; pacer.NextAt() <= now_ns; made += group) pacer.Done(group);
  return made;
}

TEST(Pacer, MakesTheFirstEventAtOnce) {
  const Pacer pacer{1, 1, 500};
  EXPECT_EQ(pacer.NextAt(), 500);
}

TEST(Pacer, KeepsAnUnevenRateExactlyOverADay) {
  constexpr std::int64_t kRate = 7;
  Pacer pacer{kRate, 1, 0};
  constexpr std::int64_t kDay = 86'400;
  EXPECT_EQ(MakeAllDue(pacer, 1, kDay * kSecondNs - 1), kRate * kDay);
  EXPECT_EQ(pacer.NextAt(), kDay * kSecondNs);
}

TEST(Pacer, WaitsForAWholeGroup) {
  Pacer pacer{1000, 10, 0};
  EXPECT_EQ(pacer.NextAt(), 9'000'000);
  pacer.Done(10);
  EXPECT_EQ(pacer.NextAt(), 19'000'000);
}

TEST(Pacer, CatchesUpAfterAStall) {
  Pacer pacer{100, 1, 0};
  EXPECT_EQ(MakeAllDue(pacer, 1, 0), 1);
  EXPECT_EQ(pacer.SkipTooLate(3 * kSecondNs), 0);
  EXPECT_EQ(MakeAllDue(pacer, 1, 3 * kSecondNs), 300);
}

TEST(Pacer, SkipsAndTellsWhatIsTooLate) {
  Pacer pacer{100, 1, 0};
  EXPECT_EQ(pacer.SkipTooLate(60 * kSecondNs), 5500);
  EXPECT_EQ(MakeAllDue(pacer, 1, 60 * kSecondNs), 501);
  EXPECT_EQ(pacer.SkipTooLate(60 * kSecondNs), 0);
}

TEST(Pacer, IsAlwaysDueAtRateZero) {
  Pacer pacer{0, 1024, 77};
  pacer.Done(1'000'000'000'000);
  EXPECT_LE(pacer.NextAt(), 77);
  EXPECT_EQ(pacer.SkipTooLate(60 * kSecondNs), 0);
}

TEST(Timeline, HasNoDriftAtAnUnevenRate) {
  Timeline timeline{0, 7};
  for (int i = 0; i < 7 * 3600; ++i) timeline.Step();
  EXPECT_EQ(timeline.now_ns(), 3600 * kSecondNs);
}

TEST(Timeline, NeverGoesBack) {
  Timeline timeline{1000, 0};
  timeline.MoveTo(999);
  EXPECT_EQ(timeline.now_ns(), 1000);
  timeline.MoveTo(2000);
  timeline.Step();
  EXPECT_EQ(timeline.now_ns(), 2000) << "at rate 0 time stands still by itself";
}

}  // namespace
}  // namespace feedmux::synthetic
