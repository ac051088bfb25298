#include "assembly/spread.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Symbols = std::vector<std::string>;

const Symbols kSymbols = {"A", "B", "C", "D", "E"};

TEST(Spread, FirstAvailableGivesAllToTheFirst) {
  EXPECT_THAT(Spread(kSymbols, {0, 0}, Routing::FirstAvailable), ElementsAre(kSymbols, IsEmpty()));
}

TEST(Spread, RoundRobinTakesTurns) {
  EXPECT_THAT(Spread(kSymbols, {0, 0}, Routing::RoundRobin),
              ElementsAre(Symbols{"A", "C", "E"}, Symbols{"B", "D"}));
}

TEST(Spread, LeastLoadedEvensOutWhatTheConnectionsCarry) {
  EXPECT_THAT(Spread(kSymbols, {3, 0, 1}, Routing::LeastLoaded),
              ElementsAre(IsEmpty(), Symbols{"A", "B", "D"}, Symbols{"C", "E"}));
}

TEST(Spread, HashKeepsASymbolWhereItWas) {
  const auto whole = Spread(kSymbols, {0, 0, 0}, Routing::Hash);
  const auto part = Spread({"E", "B"}, {0, 0, 0}, Routing::Hash);
  for (std::size_t i = 0; i < part.size(); ++i) {
    for (const std::string& symbol : part[i]) {
      EXPECT_NE(std::find(whole[i].begin(), whole[i].end(), symbol), whole[i].end()) << symbol;
    }
  }
}

TEST(Spread, GivesEverySymbolOnce) {
  for (const Routing routing :
       {Routing::FirstAvailable, Routing::RoundRobin, Routing::LeastLoaded, Routing::Hash}) {
    Symbols all;
    for (const Symbols& part : Spread(kSymbols, {2, 0, 1}, routing)) {
      all.insert(all.end(), part.begin(), part.end());
    }
    std::sort(all.begin(), all.end());
    EXPECT_EQ(all, kSymbols);
  }
}

TEST(Spread, GivesNothingOfNothing) {
  EXPECT_THAT(Spread({}, {0, 0}, Routing::LeastLoaded), ElementsAre(IsEmpty(), IsEmpty()));
}

}  // namespace
}  // namespace feedmux
