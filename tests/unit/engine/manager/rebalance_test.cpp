#include "manager/rebalance.hpp"

#include <gmock/gmock.h>

#include <string>

namespace feedmux {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::size_t kAny = 1'000'000;

RebalanceInput Two(std::vector<RebalanceInput::Ticker> tickers, std::size_t capacity = kAny) {
  return {{{1, "connection_1", capacity}, {2, "connection_2", capacity}}, std::move(tickers)};
}

TEST(Rebalance, MovesTheTickerThatClosesTheDifference) {
  const RebalancePlan plan =
      MakePlan(Two({{"A", 1, 100}, {"B", 1, 60}, {"C", 1, 40}, {"D", 2, 10}}));
  ASSERT_THAT(plan.moves, SizeIs(1));
  EXPECT_EQ(plan.moves[0].symbol, "B");
  EXPECT_EQ(plan.moves[0].from, "connection_1");
  EXPECT_EQ(plan.moves[0].to, "connection_2");
  EXPECT_EQ(plan.loads[0].before, 200);
  EXPECT_EQ(plan.loads[0].after, 140);
  EXPECT_EQ(plan.loads[1].after, 70);
}

TEST(Rebalance, LeavesWhatIsBalanced) {
  EXPECT_THAT(MakePlan(Two({{"A", 1, 100}, {"B", 2, 96}})).moves, IsEmpty());
}

TEST(Rebalance, NeverMovesWhatMayNotMove) {
  EXPECT_THAT(MakePlan(Two({{"A", 1, 100, false}, {"B", 1, 50, false}})).moves, IsEmpty());
}

TEST(Rebalance, KeepsToCapacities) {
  EXPECT_THAT(MakePlan(Two({{"A", 1, 100}, {"B", 1, 50}, {"C", 2, 1}}, 1)).moves, IsEmpty());
}

TEST(Rebalance, NeedsTwoConnections) {
  EXPECT_THAT(MakePlan({{{1, "connection_1", kAny}}, {{"A", 1, 100}}}).loads, IsEmpty());
}

TEST(Rebalance, EvensOutManyTickersWithFewMoves) {
  std::vector<RebalanceInput::Ticker> tickers;
  for (int i = 0; i < 500; ++i) {
    tickers.push_back({"T" + std::to_string(i), 1, 1000.0 / (i + 1)});
  }
  const RebalancePlan plan = MakePlan(Two(tickers));
  EXPECT_LT(plan.moves.size(), 30u);
  EXPECT_NEAR(plan.loads[0].after, plan.loads[1].after, 0.1 * plan.loads[0].after);
}

}  // namespace
}  // namespace feedmux
