#include "assembly_fixture.hpp"

namespace feedmux {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(AssembleTest, PrefersAUniverseToSymbols) {
  AddUniverse();
  AddConnection(AddSource("massive"), "primary", "dow", {"NVDA"});
  EXPECT_THAT(TickersOf(Assemble()), ElementsAre(Tickers{"AAPL", "IBM", "MSFT"}));
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(AssembleTest, KnowsTheUniverseOfAConnectionOrOfItsSource) {
  AddUniverse();
  SourceConfig& source = AddSource("massive");
  source.universe = "dow";
  AddConnection(source, "open");
  AddConnection(source, "own", "", {"NVDA"});
  AddConnection(source, "other", "dow");
  const Assembly assembly = Assemble();
  EXPECT_EQ(assembly.connections[0].universe, "dow");
  EXPECT_EQ(assembly.connections[1].universe, "");
  EXPECT_EQ(assembly.connections[2].universe, "dow");
}

TEST_F(AssembleTest, FallsBackToSymbolsWithAWarning) {
  AddUniverse();
  AddConnection(AddSource("massive"), "primary", "dowe", {"NVDA"});
  EXPECT_THAT(TickersOf(Assemble()), ElementsAre(Tickers{"NVDA"}));
  EXPECT_THAT(found_, ElementsAre("test.yaml:101:9: warning: sources[0].connections[0].universe: "
                                  "unknown universe \"dowe\"; did you mean \"dow\"?; its symbols "
                                  "are used instead"));
}

TEST_F(AssembleTest, RefusesAnUnknownUniverseWithoutSymbolsToFallBackOn) {
  AddUniverse();
  AddConnection(AddSource("massive"), "primary", "dowe");
  Assemble();
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_EQ(found_[0],
            "test.yaml:101:9: sources[0].connections[0].universe: unknown universe \"dowe\"; did "
            "you mean \"dow\"?");
}

TEST_F(AssembleTest, RefusesAUniverseThatCannotBeReadInARunAsInACheck) {
  shared_.universe.failure = "lists.yaml: cannot be read";
  AddUniverse();
  AddConnection(AddSource("massive"), "primary", "dow");
  for (const Purpose purpose : {Purpose::Check, Purpose::Run}) {
    found_.clear();
    Assemble(purpose);
    EXPECT_THAT(found_, ElementsAre("test.yaml:101:9: sources[0].connections[0].universe: universe "
                                    "\"dow\" could not be resolved; lists.yaml: cannot be read"));
  }
}

TEST_F(AssembleTest, LooksAgainForAUniverseWhoseServerIsAway) {
  shared_.universe.failure = "shared: Connection refused";
  shared_.universe.offline = false;
  AddUniverse();
  AddConnection(AddSource("massive"), "primary", "dow");
  Assemble();
  EXPECT_THAT(found_, Contains(HasSubstr("warning: sources[0].connections[0].universe: universe "
                                         "\"dow\" could not be resolved; shared: Connection "
                                         "refused; it is looked up again")));
}

TEST_F(AssembleTest, WarnsOfAnEmptyUniverse) {
  AddUniverse();
  AddConnection(AddSource("massive"), "primary", "none", {"NVDA"});
  EXPECT_THAT(TickersOf(Assemble()), ElementsAre(Tickers{"NVDA"}));
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_THAT(found_[0], HasSubstr("universe \"none\" is empty"));
}

TEST_F(AssembleTest, RefusesWhatIsPinnedBesideAWildcard) {
  SourceConfig& source = AddSource("massive");
  AddConnection(source, "all", "", {"*"});
  AddConnection(source, "own").pinned = {"SPY"};
  Assemble();
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_THAT(found_[0], HasSubstr("sources[0].connections[1].pinned: expected none, because all "
                                   "has '*': its symbols would come twice"));
}

TEST_F(AssembleTest, RefusesWhatIsPinnedWhereAWildcardMayLeave) {
  SourceConfig& source = AddSource("massive");
  AddConnection(source, "all", "", {"*"}).pinned = {"SPY"};
  Assemble();
  EXPECT_THAT(found_, SizeIs(1));
}

TEST_F(AssembleTest, AllowsToPinAWildcardAndWhatGoesAlongWithIt) {
  AddConnection(AddSource("massive"), "all").pinned = {"*", "SPY"};
  AddConnection(AddSource("other"), "own").pinned = {"SPY"};
  Assemble();
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(AssembleTest, KeepsASymbolOnTheFirstConnectionThatHasIt) {
  AddUniverse();
  SourceConfig& source = AddSource("massive");
  AddConnection(source, "a", "", {"IBM", "NVDA"});
  AddConnection(source, "b", "dow");
  EXPECT_THAT(TickersOf(Assemble()), ElementsAre(Tickers{"IBM", "NVDA"}, Tickers{"AAPL", "MSFT"}));
  EXPECT_THAT(found_, ElementsAre("test.yaml:102:9: warning: sources[0].connections[1]: an earlier "
                                  "connection has them already and keeps them: IBM"));
}

TEST_F(AssembleTest, NamesSomeOfManyRepeatedSymbols) {
  Tickers many;
  for (int i = 10; i < 30; ++i) many.push_back("S" + std::to_string(i));
  shared_.universe.lists["many"] = many;
  AddUniverse();
  SourceConfig& source = AddSource("massive");
  AddConnection(source, "a", "many");
  AddConnection(source, "b", "many+etf");
  EXPECT_THAT(TickersOf(Assemble()), ElementsAre(many, Tickers{"SPY"}));
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_THAT(found_[0],
              HasSubstr(": S10, S11, S12, S13, S14, S15, S16, S17, S18, S19 and 10 more"));
}

TEST_F(AssembleTest, LeavesRepeatsWithinTheFileToItsReader) {
  SourceConfig& source = AddSource("massive");
  AddConnection(source, "a", "", {"A", "A"});
  AddConnection(source, "b", "", {"A", "B"});
  EXPECT_THAT(TickersOf(Assemble()), ElementsAre(Tickers{"A"}, Tickers{"B"}));
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(AssembleTest, LetsDifferentSourcesHaveTheSameSymbol) {
  AddConnection(AddSource("one"), "a", "", {"A"});
  AddConnection(AddSource("other"), "b", "", {"A"});
  EXPECT_THAT(TickersOf(Assemble()), ElementsAre(Tickers{"A"}, Tickers{"A"}));
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(AssembleTest, SpreadsTheSourcesSymbolsOverConnectionsThatNameNone) {
  SourceConfig& source = AddSource("massive");
  source.symbols = {"A", "B", "C", "D"};
  source.routing = Routing::RoundRobin;
  AddConnection(source, "a");
  AddConnection(source, "own", "", {"B"});
  AddConnection(source, "b");
  AddConnection(source, "off").enabled = false;
  EXPECT_THAT(TickersOf(Assemble()),
              ElementsAre(Tickers{"A", "D"}, Tickers{"B"}, Tickers{"C"}, IsEmpty()));
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(AssembleTest, AsksTheSourceForItsDefaultTickers) {
  shared_.source.default_tickers = {"X", "Y"};
  AddConnection(AddSource("synthetic"), "a");
  EXPECT_THAT(TickersOf(Assemble()), ElementsAre(Tickers{"X", "Y"}));
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(AssembleTest, SaysWhenASourceCannotTellItsDefaultTickers) {
  shared_.source.default_tickers = {"throws"};
  AddConnection(AddSource("synthetic"), "a");
  Assemble();
  ASSERT_THAT(found_, SizeIs(2));
  EXPECT_THAT(found_[0], HasSubstr("a bug"));
}

TEST_F(AssembleTest, WarnsOfAConnectionWithoutSymbols) {
  AddConnection(AddSource("massive"), "primary");
  Assemble();
  EXPECT_THAT(found_,
              ElementsAre("test.yaml:101:1: warning: sources[0].connections[0]: has no symbols: it "
                          "is configured but idle; give it `universe` or `symbols`"));
}

}  // namespace
}  // namespace feedmux
