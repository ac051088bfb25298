#include "manager/activity_rate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace feedmux {
namespace {

/// Samples a second long, `ticks` in each active one.
ActivityRate Observe(double active_share, std::uint64_t ticks, int seconds) {
  ActivityRate activity;
  std::mt19937_64 random{1};
  std::bernoulli_distribution active{active_share};
  int silent = 0;
  for (int second = 0; second < seconds; ++second) {
    if (!active(random)) {
      ++silent;
      continue;
    }
    if (silent > 0) activity.AddSilence(silent, silent);
    activity.AddActivity(1, ticks);
    silent = 0;
  }
  return activity;
}

TEST(ActivityRate, IsNothingBeforeTheFirstTick) {
  ActivityRate activity;
  EXPECT_EQ(activity.rate(), 0);
  activity.AddSilence(100, 100);
  EXPECT_EQ(activity.rate(), 0);
}

TEST(ActivityRate, CountsABurstAsOneEvent) {
  const double rate = Observe(0.1, 1000, 10'000).rate();
  EXPECT_NEAR(rate, -std::log(0.9), 0.05);
}

TEST(ActivityRate, DoesNotTakeRegularTicksForManyIndependentOnes) {
  EXPECT_NEAR(Observe(1, 1, 1000).rate(), 1, 0.01);
}

TEST(ActivityRate, IsBoundedByWhatSamplesCanShow) {
  EXPECT_NEAR(Observe(1, 5000, 10'000).rate(), std::log(600), 0.01);
}

TEST(ActivityRate, IsPerSecondWhateverTheLengthOfASample) {
  ActivityRate activity;
  for (int i = 0; i < 1000; ++i) {
    activity.AddSilence(0.5, 1);
    activity.AddActivity(0.5, 10);
  }
  EXPECT_NEAR(activity.rate(), 2 * std::log(2), 0.01);
}

TEST(ActivityRate, FollowsAChangeWithinMinutes) {
  ActivityRate activity = Observe(1, 10, 10'000);
  for (int i = 0; i < 60; ++i) {
    activity.AddSilence(9, 9);
    activity.AddActivity(1, 1);
  }
  EXPECT_NEAR(activity.rate(), 0.27,
              0.05);  // a tenth of the samples is active, and e^-2 of the old
}

TEST(ActivityRate, RemembersTheLongestSilenceForAnHour) {
  ActivityRate activity;
  activity.AddSilence(10, 10);
  EXPECT_EQ(activity.longest_silence(), 10);
  activity.AddSilence(4, 4);
  EXPECT_NEAR(activity.longest_silence(), 10, 0.1);
  for (int i = 0; i < 3600; ++i) activity.AddActivity(1, 1);
  EXPECT_NEAR(activity.longest_silence(), 10 * std::exp(-1), 0.1);
  EXPECT_NEAR(activity.observed(), 3614, 0.1);
}

}  // namespace
}  // namespace feedmux
