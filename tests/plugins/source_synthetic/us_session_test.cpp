#include "us_session.hpp"

#include <gtest/gtest.h>

#include "market.hpp"

namespace feedmux::synthetic {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kOpen = 1'705'933'800;  // 2024-01-22T14:30:00Z, a Monday

double FactorAt(std::int64_t utc_seconds) { return VolumeFactor(utc_seconds * kSecondNs); }

TEST(UsSession, VolumeIsHighAtTheBellsAndLowAtNoon) {
  EXPECT_DOUBLE_EQ(FactorAt(kOpen), 1.8);
  EXPECT_DOUBLE_EQ(FactorAt(kOpen + 11'700), 0.6);
  EXPECT_NEAR(FactorAt(kOpen + 23'399), 1.8, 0.001);
}

TEST(UsSession, VolumeIsATenthWhileTheSessionIsClosed) {
  EXPECT_DOUBLE_EQ(FactorAt(kOpen - 1), 0.1);
  EXPECT_DOUBLE_EQ(FactorAt(kOpen + 23'400), 0.1);
  EXPECT_DOUBLE_EQ(FactorAt(kOpen - kDay), 0.1) << "Sunday";
  EXPECT_DOUBLE_EQ(FactorAt(kOpen - 7 * kDay), 0.1) << "Martin Luther King, Jr. Day";
}

TEST(UsSession, VolumeIsHighAtTheBellOfAnEarlyClose) {
  constexpr std::int64_t kClose = 1'732'903'200;  // 2024-11-29T18:00:00Z
  EXPECT_NEAR(FactorAt(kClose - 1), 1.8, 0.001);
  EXPECT_DOUBLE_EQ(FactorAt(kClose), 0.1);
}

TEST(UsSession, VolumeAveragesToOneOverTheSession) {
  double sum = 0;
  for (int second = 0; second < 23'400; ++second) sum += FactorAt(kOpen + second);
  EXPECT_NEAR(sum / 23'400, 1, 0.001);
}

}  // namespace
}  // namespace feedmux::synthetic
