#include "assembly_fixture.hpp"

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(AssembleTest, LetsAStandbyTakeOverTheSymbolsOfADisabledSource) {
  AddUniverse();
  SourceConfig& main = AddSource("massive");
  main.enabled = false;
  AddConnection(main, "primary", "dow");
  AddConnection(main, "secondary", "", {"NVDA"});
  SourceConfig& standby = AddSource("synthetic");
  standby.standby_for = "massive";
  AddConnection(standby, "synthetic");
  const Assembly assembly = Assemble();
  EXPECT_TRUE(assembly.sources[1].runs);
  EXPECT_THAT(TickersOf(assembly),
              ElementsAre(IsEmpty(), IsEmpty(), Tickers{"AAPL", "IBM", "MSFT", "NVDA"}));
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(AssembleTest, LeavesAStandbyItsOwnSymbols) {
  SourceConfig& main = AddSource("massive");
  main.enabled = false;
  AddConnection(main, "primary", "", {"A"});
  SourceConfig& standby = AddSource("synthetic");
  standby.standby_for = "massive";
  standby.symbols = {"S"};
  AddConnection(standby, "synthetic");
  EXPECT_THAT(TickersOf(Assemble()), ElementsAre(IsEmpty(), Tickers{"S"}));
}

TEST_F(AssembleTest, KeepsAStandbyFromRunningWhileItsSourceIsEnabled) {
  AddConnection(AddSource("massive"), "primary", "", {"A"});
  SourceConfig& standby = AddSource("synthetic");
  standby.standby_for = "massive";
  AddConnection(standby, "synthetic");
  const Assembly assembly = Assemble();
  EXPECT_FALSE(assembly.sources[1].runs);
  EXPECT_FALSE(assembly.connections[1].enabled);
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(AssembleTest, RunsAStandbyWhereItsSourceHasNoEnabledConnection) {
  SourceConfig& main = AddSource("massive");
  AddConnection(main, "primary", "", {"A"}).enabled = false;
  SourceConfig& standby = AddSource("synthetic");
  standby.standby_for = "massive";
  AddConnection(standby, "synthetic");
  const Assembly assembly = Assemble();
  EXPECT_TRUE(assembly.sources[1].runs);
  EXPECT_THAT(assembly.connections[1].spec.tickers, ElementsAre("A"));
}

}  // namespace
}  // namespace feedmux
