#include "manager/placement.hpp"

#include <gmock/gmock.h>

#include <map>
#include <string>
#include <vector>

namespace feedmux {
namespace {

using ::testing::ElementsAre;

std::vector<int> PlaceAll(Placement placement, const std::vector<std::string>& tickers,
                          double load = 0) {
  std::vector<int> places;
  for (const std::string& ticker : tickers) {
    places.push_back(placement.Place(ticker, load).value_or(0));
  }
  return places;
}

const std::vector<std::string> kTickers = {"A", "B", "C", "D", "E"};

TEST(Placement, FirstAvailableFillsTheFirst) {
  EXPECT_THAT(PlaceAll({Routing::FirstAvailable, {{1}, {2}}}, kTickers),
              ElementsAre(1, 1, 1, 1, 1));
}

TEST(Placement, FirstAvailableGoesOnWhereTheFirstIsFull) {
  EXPECT_THAT(PlaceAll({Routing::FirstAvailable, {{1, 0, 2}, {2}}}, kTickers),
              ElementsAre(1, 1, 2, 2, 2));
}

TEST(Placement, RoundRobinTakesTurns) {
  EXPECT_THAT(PlaceAll({Routing::RoundRobin, {{1}, {2}}}, kTickers), ElementsAre(1, 2, 1, 2, 1));
}

TEST(Placement, RoundRobinPassesOverAFullOne) {
  EXPECT_THAT(PlaceAll({Routing::RoundRobin, {{1}, {2, 0, 1}, {3}}}, kTickers),
              ElementsAre(1, 2, 3, 1, 3));
}

TEST(Placement, LeastLoadedGoesByTheMeasuredRate) {
  EXPECT_THAT(
      PlaceAll({Routing::LeastLoaded, {{1, 1, 100, 500.0}, {2, 50, 100, 10.0}}}, kTickers, 1),
      ElementsAre(2, 2, 2, 2, 2));
}

TEST(Placement, LeastLoadedGoesByTheCountWhereNothingWasMeasured) {
  EXPECT_THAT(PlaceAll({Routing::LeastLoaded, {{1, 3}, {2, 0}, {3, 1}}}, kTickers),
              ElementsAre(2, 2, 3, 2, 3));
}

TEST(Placement, HashMovesOnlyTheTickersOfTheConnectionThatGoes) {
  Placement before{Routing::Hash, {{1}, {2}, {3}}};
  Placement after{Routing::Hash, {{1}, {3}}};
  int moved = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string ticker = "T" + std::to_string(i);
    const auto was = before.Place(ticker);
    const auto is = after.Place(ticker);
    if (was != ConnectionIndex{2}) {
      EXPECT_EQ(was, is) << ticker;
    } else {
      ++moved;
    }
  }
  EXPECT_GT(moved, 50);
  EXPECT_LT(moved, 150);
}

TEST(Placement, PrefersThoseThatAreReadyAsLongAsTheyHaveRoom) {
  for (const Routing routing :
       {Routing::FirstAvailable, Routing::RoundRobin, Routing::LeastLoaded, Routing::Hash}) {
    EXPECT_THAT(PlaceAll({routing, {{1, 0, 9, 0, false}, {2, 0, 3, 0, true}}}, kTickers),
                ElementsAre(2, 2, 2, 1, 1));
  }
}

TEST(Placement, HasNoPlaceWhereAllAreFull) {
  for (const Routing routing :
       {Routing::FirstAvailable, Routing::RoundRobin, Routing::LeastLoaded, Routing::Hash}) {
    EXPECT_FALSE((Placement{routing, {{1, 5, 5}}}.Place("A")));
    EXPECT_FALSE((Placement{routing, {}}.Place("A")));
  }
}

}  // namespace
}  // namespace feedmux
