#include "assembly_fixture.hpp"

namespace feedmux {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(AssembleTest, NumbersConnectionsOverAllSourcesDisabledOnesIncluded) {
  SourceConfig& first = AddSource("first");
  AddConnection(first, "a", "", {"A"});
  AddConnection(first, "b", "", {"B"}).enabled = false;
  AddConnection(AddSource("second"), "c", "", {"C"});
  const Assembly assembly = Assemble();
  ASSERT_THAT(assembly.connections, SizeIs(3));
  EXPECT_EQ(assembly.connections[2].spec.connection_id, "connection_3");
  EXPECT_EQ(assembly.connections[2].spec.index, 3);
  EXPECT_EQ(assembly.connections[2].source, 1u);
  EXPECT_FALSE(assembly.connections[1].enabled);
  EXPECT_THAT(TickersOf(assembly), ElementsAre(Tickers{"A"}, IsEmpty(), Tickers{"C"}));
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(AssembleTest, TellsPluginsTheNamesOfConnections) {
  AddConnection(AddSource("massive"), "primary", "", {"A"});
  Assemble();
  ASSERT_THAT(services_.connections, SizeIs(1));
  EXPECT_EQ(services_.connections[0].connection_id, "connection_1");
  EXPECT_EQ(services_.connections[0].name, "primary");
  EXPECT_EQ(services_.connections[0].source, "massive");
}

TEST_F(AssembleTest, MakesEnabledPluginsOnly) {
  SourceConfig& source = AddSource("off");
  source.enabled = false;
  AddConnection(source, "a", "", {"A"});
  AddSink("off").enabled = false;
  AddSink("on");
  const Assembly assembly = Assemble();
  EXPECT_EQ(shared_.made, 1);
  ASSERT_THAT(assembly.sinks, SizeIs(1));
  EXPECT_EQ(assembly.sinks[0].config.instance.name, "on");
  EXPECT_FALSE(assembly.sources[0].runs);
  EXPECT_FALSE(assembly.connections[0].enabled);
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(AssembleTest, PutsAnOptionThatAPluginRefusesWhereTheFileHasIt) {
  SourceConfig& source = AddSource("massive");
  source.instance.options.Set("url", std::string{"bad"});
  source.instance.option_locations["url"] = {"test.yaml", 7, 20};
  AddConnection(source, "a", "", {"A"});
  Assemble();
  EXPECT_THAT(found_, ElementsAre("test.yaml:7:20: sources[0].options.url: expected ws:// or "
                                  "wss:// and a host"));
}

TEST_F(AssembleTest, PutsARefusedDefaultWhereThePluginIs) {
  SourceConfig& source = AddSource("massive");
  source.instance.options.Set("url", std::string{"bad"});
  AddConnection(source, "a", "", {"A"});
  Assemble();
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_THAT(found_[0], HasSubstr("test.yaml:100:1: sources[0].options.url: "));
}

TEST_F(AssembleTest, HidesASecretThatAPluginTells) {
  SourceConfig& source = AddSource("massive");
  source.instance.options.Set("key", std::string{"told-by-constructor"});
  AddConnection(source, "a", "", {"A"});
  Assemble();
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_THAT(found_[0], HasSubstr("no good: ***"));
}

TEST_F(AssembleTest, SurvivesAPluginWhoseConstructorThrows) {
  SourceConfig& source = AddSource("massive");
  source.instance.options.Set("url", std::string{"throws"});
  AddConnection(source, "a", "", {"A"});
  Assemble();
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_THAT(found_[0], HasSubstr("sources[0]: plugin 'test' could not be made: "));
}

TEST_F(AssembleTest, SurvivesAPluginThatThrowsWhereItTellsItsCalendar) {
  AddConnection(AddSource("massive"), "a", "", {"A"});
  shared_.calendar = []() -> Calendar { throw std::runtime_error("a bug"); };
  Assemble();
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_THAT(found_[0], AllOf(HasSubstr("sources[0]: plugin 'test' cannot tell its calendar"),
                               HasSubstr("a bug")));
}

TEST_F(AssembleTest, RefusesACalendarThatIsNone) {
  AddConnection(AddSource("massive"), "a", "", {"A"});
  shared_.calendar = [] { return static_cast<Calendar>(99); };
  Assemble();
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_THAT(found_[0], HasSubstr("MarketCalendar is 99"));
}

TEST_F(AssembleTest, TakesThePluginsCalendarWhereTheYamlNamesNone) {
  AddConnection(AddSource("one"), "a", "", {"A"});
  SourceConfig& other = AddSource("other");
  other.calendar = Calendar::Forex;
  AddConnection(other, "b", "", {"B"});
  const Assembly assembly = Assemble();
  EXPECT_EQ(assembly.sources[0].calendar, Calendar::UsEquities);
  EXPECT_EQ(assembly.sources[1].calendar, Calendar::Forex);
}

TEST_F(AssembleTest, RefusesOwnTickersThatCanBeNoSymbols) {
  shared_.source.default_tickers = {"AAPL", "A B"};
  AddConnection(AddSource("massive"), "a");
  Assemble();
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_THAT(found_[0], HasSubstr("has \"A B\" among its own tickers, which can be no symbol"));
}

TEST_F(AssembleTest, SurvivesAPluginThatMakesNothing) {
  AddSink("nothing", kEmptySink);
  Assemble();
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_THAT(found_[0], HasSubstr("its maker returned nothing"));
}

TEST_F(AssembleTest, AddsNoProblemToOptionsThatHaveOneAlready) {
  SourceConfig& source = AddSource("massive");
  source.instance.options.Set("url", std::string{"throws"});
  AddConnection(source, "a", "", {"A"});
  problems_.Error({"test.yaml", 7, 20}, "sources[0].options.url", "expected text, found a list");
  Assemble();
  EXPECT_THAT(found_,
              ElementsAre("test.yaml:7:20: sources[0].options.url: expected text, found a list"));
}

TEST_F(AssembleTest, SaysNothingOfUniversesWhereOneCouldNotBeMade) {
  shared_.universe_throws = true;
  AddUniverse();
  problems_.Error({"test.yaml", 10, 20}, "universes[0].options.path", "required, but missing");
  AddConnection(AddSource("massive"), "primary", "dow");
  Assemble();
  EXPECT_THAT(found_,
              ElementsAre("test.yaml:10:20: universes[0].options.path: required, but missing"));
}

TEST_F(AssembleTest, ChecksWithoutANetwork) {
  shared_.universe.offline = false;
  AddUniverse();
  SourceConfig& source = AddSource("massive");
  source.universe = "dow";
  AddConnection(source, "primary", "etf", {"FALLBACK"});
  AddConnection(source, "secondary", "etf");
  AddConnection(source, "open");
  Assemble(Purpose::Check);
  EXPECT_EQ(shared_.universe.resolved, 0);
  EXPECT_THAT(found_, IsEmpty());
}

TEST_F(AssembleTest, TellsWhichUniversesACheckLeavesAlone) {
  shared_.universe.offline = false;
  AddUniverse();
  SourceConfig& source = AddSource("massive");
  source.universe = "dow";
  AddConnection(source, "primary", "etf", {"FALLBACK"});
  AddConnection(source, "own", "", {"NVDA"});
  AddConnection(source, "open");
  AddConnection(source, "off", "etf").enabled = false;
  const Assembly assembly = Assemble(Purpose::Check);
  std::vector<std::string> unresolved;
  for (const auto& connection : assembly.connections) unresolved.push_back(connection.unresolved);
  EXPECT_THAT(unresolved, ElementsAre("etf", "", "dow", ""));
}

TEST_F(AssembleTest, AStandbyWaitsForTheUniversesOfItsSource) {
  shared_.universe.offline = false;
  AddUniverse();
  SourceConfig& main = AddSource("massive");
  AddConnection(main, "primary", "etf").enabled = false;
  SourceConfig& standby = AddSource("standby");
  standby.standby_for = "massive";
  AddConnection(standby, "all");
  EXPECT_EQ(Assemble(Purpose::Check).connections[1].unresolved, "etf");
}

TEST_F(AssembleTest, LeavesNoUniverseAloneInARun) {
  shared_.universe.offline = false;
  AddUniverse();
  AddConnection(AddSource("massive"), "primary", "dow");
  EXPECT_EQ(Assemble(Purpose::Run).connections[0].unresolved, "");
}

TEST_F(AssembleTest, ChecksUniversesThatNeedNoNetwork) {
  AddUniverse();
  AddConnection(AddSource("massive"), "primary", "dowe");
  Assemble(Purpose::Check);
  EXPECT_THAT(found_, SizeIs(1));
}

}  // namespace
}  // namespace feedmux
