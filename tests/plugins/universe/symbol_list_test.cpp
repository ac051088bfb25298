#include "universe/symbol_list.hpp"

#include <gmock/gmock.h>

namespace feedmux::universe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(SymbolList, KeepsTheOrderAndEachSymbolOnce) {
  SymbolList list;
  for (const char* symbol : {"MSFT", "AAPL", "MSFT", "BRK.A"}) EXPECT_EQ(list.Add(symbol), "");
  EXPECT_THAT(list.symbols(), ElementsAre("MSFT", "AAPL", "BRK.A"));
}

TEST(SymbolList, LeavesOutWhatCanBeNoSymbolAndSaysWhy) {
  SymbolList list;
  EXPECT_THAT(list.Add("BRK A"), HasSubstr("found \"BRK A\""));
  EXPECT_THAT(list.Add(""), HasSubstr("found nothing"));
  EXPECT_THAT(list.symbols(), ElementsAre());
}

}  // namespace
}  // namespace feedmux::universe
