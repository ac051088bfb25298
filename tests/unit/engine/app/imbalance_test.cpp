#include "app/imbalance.hpp"

#include <gmock/gmock.h>

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Two connections and a sink, all accounted for.
Health Balanced() {
  Health health;
  health.connections.resize(2);
  health.connections[0].connection_id = "connection_1";
  health.connections[0].name = "primary";
  health.connections[0].events = 10;
  health.connections[0].message_count = 6;
  health.connections[0].status_events = 1;
  health.connections[0].rejected[0] = 1;
  health.connections[0].duplicates = 1;
  health.connections[0].withheld = 1;
  health.gap_ticks = 2;
  health.published = 8;
  health.sinks.resize(1);
  health.sinks[0].name = "redis";
  health.sinks[0].delivered = 3;
  health.sinks[0].filtered = health.sinks[0].dropped = health.sinks[0].conflated = 1;
  health.sinks[0].queued = health.sinks[0].failed = 1;
  return health;
}

TEST(ImbalancesOf, NamesNothingThatBalances) { EXPECT_THAT(ImbalancesOf(Balanced()), IsEmpty()); }

TEST(ImbalancesOf, NamesTheConnection) {
  Health health = Balanced();
  health.connections[0].events += 1;
  EXPECT_THAT(ImbalancesOf(health),
              ElementsAre("connection_1 primary: 1 event is not accounted for"));
}

TEST(ImbalancesOf, NamesTheSink) {
  Health health = Balanced();
  health.sinks[0].delivered -= 2;
  EXPECT_THAT(ImbalancesOf(health), ElementsAre("sink redis: 2 ticks are not accounted for"));
}

TEST(ImbalancesOf, SaysWhereMoreIsAccountedForThanCame) {
  Health health = Balanced();
  health.sinks[0].filtered += 5;
  EXPECT_THAT(ImbalancesOf(health),
              ElementsAre("sink redis: 5 ticks more accounted for than came"));
}

TEST(ImbalancesOf, NamesTheBus) {
  Health health = Balanced();
  health.gap_ticks += 1;
  EXPECT_THAT(ImbalancesOf(health), ElementsAre("the bus: 1 tick is not accounted for"));
}

}  // namespace
}  // namespace feedmux
