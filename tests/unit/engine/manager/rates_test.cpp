#include <gtest/gtest.h>

#include <limits>

#include "core/nanoseconds.hpp"
#include "manager/latency_histogram.hpp"
#include "manager/rate_window.hpp"

namespace feedmux {
namespace {

TEST(RateWindow, KnowsNothingBeforeTwoSamples) {
  RateWindow rate;
  EXPECT_EQ(rate.LastSecond(), 0);
  rate.Sample(kSecondNs, 100);
  EXPECT_EQ(rate.LastSecond(), 0);
  EXPECT_EQ(rate.LastMinute(), 0);
}

TEST(RateWindow, TellsTheLastSecondFromTheLastMinute) {
  RateWindow rate;
  std::uint64_t count = 0;
  for (int i = 0; i <= 59; ++i) rate.Sample(i * kSecondNs, count += 10);
  rate.Sample(60 * kSecondNs, count += 610);
  EXPECT_DOUBLE_EQ(rate.LastSecond(), 610);
  EXPECT_DOUBLE_EQ(rate.LastMinute(), 20);
}

TEST(RateWindow, ForgetsWhatIsOlderThanAMinute) {
  RateWindow rate;
  std::uint64_t count = 0;
  for (int i = 0; i < 100; ++i) rate.Sample(i * kSecondNs, count += 1'000'000);
  for (int i = 100; i < 200; ++i) rate.Sample(i * kSecondNs, count += 7);
  EXPECT_DOUBLE_EQ(rate.LastMinute(), 7);
}

TEST(LatencyHistogram, GivesQuantilesToAnEighth) {
  LatencyHistogram histogram;
  const auto before = histogram.Read();
  for (std::int64_t us = 1; us <= 1000; ++us) histogram.Add(us * 1000);
  const auto after = histogram.Read();
  const auto p50 = static_cast<double>(LatencyHistogram::Quantile(before, after, 0.5));
  const auto p99 = static_cast<double>(LatencyHistogram::Quantile(before, after, 0.99));
  EXPECT_GE(p50, 500'000);
  EXPECT_LE(p50, 500'000 * 1.126);
  EXPECT_GE(p99, 990'000);
  EXPECT_LE(p99, 990'000 * 1.126);
}

TEST(LatencyHistogram, CountsOnlyWhatLiesBetweenTwoReadings) {
  LatencyHistogram histogram;
  histogram.Add(kSecondNs);
  const auto before = histogram.Read();
  histogram.Add(10);
  EXPECT_LT(LatencyHistogram::Quantile(before, histogram.Read(), 1), 20);
}

TEST(LatencyHistogram, IsZeroWithoutSamples) {
  LatencyHistogram histogram;
  EXPECT_EQ(LatencyHistogram::Quantile(histogram.Read(), histogram.Read(), 0.5), 0);
}

TEST(LatencyHistogram, TakesAnyDuration) {
  LatencyHistogram histogram;
  const auto before = histogram.Read();
  histogram.Add(-5);
  histogram.Add(0);
  histogram.Add(std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(LatencyHistogram::Quantile(before, histogram.Read(), 0.5), 0);
  EXPECT_GT(LatencyHistogram::Quantile(before, histogram.Read(), 1), kSecondNs);
}

}  // namespace
}  // namespace feedmux
