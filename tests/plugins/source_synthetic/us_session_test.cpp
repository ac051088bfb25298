#include "us_session.hpp"

#include <gtest/gtest.h>

namespace feedmux::synthetic {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kMonday = 1'705'881'600;  // 2024-01-22T00:00:00Z

std::int64_t EasternSecond(std::int64_t utc_seconds) {
  return ToEastern(utc_seconds * kSecondNs).second;
}

double FactorAt(std::int64_t utc_seconds) {
  return VolumeFactor(ToEastern(utc_seconds * kSecondNs));
}

TEST(UsSession, IsFiveHoursBehindInWinterAndFourInSummer) {
  EXPECT_EQ(EasternSecond(kMonday + 14 * 3600 + 1800), 9 * 3600 + 1800);
  constexpr std::int64_t kJuly = 1'720'000'800;  // 2024-07-03T10:00:00Z
  EXPECT_EQ(EasternSecond(kJuly), 6 * 3600);
}

TEST(UsSession, ChangesOnTheSecondSundayOfMarchAndTheFirstOfNovember) {
  constexpr std::int64_t kSpring = 1'710'054'000;  // 2024-03-10T07:00:00Z
  EXPECT_EQ(EasternSecond(kSpring - 1), 2 * 3600 - 1);
  EXPECT_EQ(EasternSecond(kSpring), 3 * 3600);
  constexpr std::int64_t kAutumn = 1'730'613'600;  // 2024-11-03T06:00:00Z
  EXPECT_EQ(EasternSecond(kAutumn - 1), 2 * 3600 - 1);
  EXPECT_EQ(EasternSecond(kAutumn), 3600);
}

TEST(UsSession, TurnsTheDayAtMidnightInNewYork) {
  const std::int64_t midnight = kMonday + 5 * 3600;
  EXPECT_EQ(ToEastern(midnight * kSecondNs).day, ToEastern((midnight - 1) * kSecondNs).day + 1);
}

TEST(UsSession, VolumeIsHighAtTheBellsAndLowAtNoon) {
  const std::int64_t open = kMonday + 14 * 3600 + 1800;
  EXPECT_DOUBLE_EQ(FactorAt(open), 1.8);
  EXPECT_DOUBLE_EQ(FactorAt(open + 11'700), 0.6);
  EXPECT_NEAR(FactorAt(open + 23'399), 1.8, 0.001);
}

TEST(UsSession, VolumeIsATenthWhileTheSessionIsClosed) {
  const std::int64_t open = kMonday + 14 * 3600 + 1800;
  EXPECT_DOUBLE_EQ(FactorAt(open - 1), 0.1);
  EXPECT_DOUBLE_EQ(FactorAt(open + 23'400), 0.1);
  EXPECT_DOUBLE_EQ(FactorAt(open - kDay), 0.1) << "Sunday";
}

TEST(UsSession, VolumeAveragesToOneOverTheSession) {
  const std::int64_t open = kMonday + 14 * 3600 + 1800;
  double sum = 0;
  for (int second = 0; second < 23'400; ++second) sum += FactorAt(open + second);
  EXPECT_NEAR(sum / 23'400, 1, 0.001);
}

}  // namespace
}  // namespace feedmux::synthetic
