#include "core/metric_set.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(MetricSet, IsEmptyAtFirst) { EXPECT_THAT(MetricSet{}.Read(), IsEmpty()); }

TEST(MetricSet, GivesOneCounterForAName) {
  MetricSet metrics;
  Counter& counter = metrics.GetCounter("messages", "Messages sent");
  EXPECT_EQ(&metrics.GetCounter("messages", "the same, asked for again"), &counter);
  counter.Add();
  metrics.GetCounter("messages", "").Add(4);
  EXPECT_THAT(metrics.Read(), ElementsAre(Pair("messages", 5)));
}

TEST(MetricSet, NeverMovesACounter) {
  MetricSet metrics;
  Counter& first = metrics.GetCounter("first", "");
  for (int i = 0; i < 1000; ++i) metrics.GetCounter("counter_" + std::to_string(i), "");
  first.Add(3);
  EXPECT_EQ(metrics.Read().at("first"), 3u);
}

TEST(MetricSet, CountsFromSeveralThreads) {
  MetricSet metrics;
  const auto count = [&] {
    for (int i = 0; i < 1000; ++i) metrics.GetCounter("hits", "").Add();
  };
  std::thread one{count};
  std::thread other{count};
  metrics.Read();
  one.join();
  other.join();
  EXPECT_EQ(metrics.Read().at("hits"), 2000u);
}

}  // namespace
}  // namespace feedmux
