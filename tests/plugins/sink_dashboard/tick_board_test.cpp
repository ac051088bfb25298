#include "sink_dashboard/tick_board.hpp"

#include <gmock/gmock.h>

namespace feedmux::dashboard {
namespace {

using ::testing::IsEmpty;

Tick Trade(SymbolId symbol, double price, ConnectionIndex connection = 1) {
  Tick tick;
  tick.symbol = symbol;
  tick.kind = Kind::Trade;
  tick.price = price;
  tick.connection = connection;
  return tick;
}

void Put(TickBoard& board, std::vector<Tick> ticks) { board.Put(ticks); }

TEST(TickBoard, KeepsTheNewestOfEachKindAndConnection) {
  TickBoard board;
  Tick quote = Trade(7, kAbsent);
  quote.kind = Kind::Quote;
  quote.quote = {.bid = 2};
  Put(board, {Trade(7, 1), Trade(7, 3), quote, Trade(7, 4, 2), Trade(8, 5)});
  const auto cells = board.Find(7);
  ASSERT_EQ(cells.size(), 3u);
  EXPECT_EQ(cells[0].price, 3);
  EXPECT_EQ(cells[0].count, 2u);
  EXPECT_EQ(cells[1].bid, 2);
  EXPECT_EQ(cells[2].connection, 2);
}

TEST(TickBoard, KnowsNothingOfASymbolThatItNeverSaw) {
  TickBoard board;
  EXPECT_THAT(board.Find(7), IsEmpty());
  Put(board, {Trade(9, 1)});
  EXPECT_THAT(board.Find(7), IsEmpty());
  EXPECT_GT(board.symbol_end(), 9u);
}

TEST(TickBoard, ListsEachChangedCellOnce) {
  TickBoard board;
  Put(board, {Trade(7, 1)});
  EXPECT_EQ(board.Watch().size(), 1u);
  Put(board, {Trade(8, 1), Trade(7, 2), Trade(8, 3)});
  std::vector<TickBoard::Change> changes;
  board.TakeChanges(changes);
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].index, 1u);
  EXPECT_EQ(changes[0].cell.price, 3);
  EXPECT_EQ(changes[0].cell.count, 2u);
  EXPECT_EQ(changes[1].index, 0u);
  board.TakeChanges(changes);
  EXPECT_THAT(changes, IsEmpty());
}

TEST(TickBoard, ListsAgainWhatChangesAgain) {
  TickBoard board;
  board.Watch();
  std::vector<TickBoard::Change> changes;
  for (int i = 1; i <= 3; ++i) {
    Put(board, {Trade(7, i)});
    board.TakeChanges(changes);
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].cell.price, i);
  }
}

TEST(TickBoard, ListsNothingThatChangedWhileNobodyWatched) {
  TickBoard board;
  board.Watch();
  Put(board, {Trade(7, 1)});
  board.Unwatch();
  Put(board, {Trade(8, 1)});
  board.Watch();
  Put(board, {Trade(7, 2)});
  std::vector<TickBoard::Change> changes;
  board.TakeChanges(changes);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].cell.symbol, 7u);
}

}  // namespace
}  // namespace feedmux::dashboard
