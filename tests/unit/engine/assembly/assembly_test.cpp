#include "assembly/assembly.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

#include "core/symbol_table.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "support/scripted_sink.hpp"
#include "support/scripted_source.hpp"
#include "support/scripted_universe.hpp"

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Tickers = std::vector<std::string>;

// Plugins without a library. Their makers are plain functions, so what they share stands here.
struct Shared {
  SourceScript source;
  SinkScript sink;
  UniverseScript universe;
  bool universe_throws = false;  // from its maker
  int made = 0;
};
Shared* shared = nullptr;

class TestSource final : public Source {
 public:
  TestSource(Host&, const Options& options) {
    ++shared->made;
    if (options.Has("url") && options.String("url") == "bad") {
      throw OptionError("url", "ws:// or wss:// and a host");
    }
    if (options.Has("url") && options.String("url") == "throws") throw std::runtime_error("a bug");
  }
  std::unique_ptr<Connection> NewConnection(const ConnectionSpec&) override { return nullptr; }
  std::vector<std::string> DefaultTickers() const override {
    if (shared->source.default_tickers == Tickers{"throws"}) throw std::runtime_error("a bug");
    return shared->source.default_tickers;
  }
};

class TestSink final : public Sink {
 public:
  TestSink(Host&, const Options&) { ++shared->made; }
  void OnTicks(std::span<const Tick>) override {}
};

std::unique_ptr<UniverseResolver> MakeUniverse(Host&, const Options&) {
  if (shared->universe_throws) throw std::logic_error("option 'path' is not set");
  return std::make_unique<ScriptedUniverse>(shared->universe);
}

std::unique_ptr<Sink> MakeNothing(Host&, const Options&) { return nullptr; }

constexpr PluginDescriptor kSource = DescribePlugin<TestSource>({"test", "1", "A source"});
constexpr PluginDescriptor kSink = DescribePlugin<TestSink>({"test", "1", "A sink"});
constexpr PluginDescriptor kUniverse = [] {
  PluginDescriptor plugin;
  plugin.kind = PluginKind::Universe;
  plugin.name = "lists";
  plugin.make_universe = &MakeUniverse;
  return plugin;
}();
constexpr PluginDescriptor kEmptySink = [] {
  PluginDescriptor plugin = kSink;
  plugin.make_sink = &MakeNothing;
  return plugin;
}();

class AssembleTest : public ::testing::Test {
 protected:
  AssembleTest() {
    shared = &shared_;
    shared_.universe.lists = {{"dow", {"AAPL", "IBM", "MSFT"}}, {"etf", {"SPY"}}, {"none", {}}};
  }
  ~AssembleTest() override { shared = nullptr; }

  static InstanceConfig Instance(const PluginDescriptor& plugin, std::string name, std::string path,
                                 int line) {
    InstanceConfig instance;
    instance.name = std::move(name);
    instance.plugin = &plugin;
    instance.path = std::move(path);
    instance.location = {"test.yaml", line, 1};
    return instance;
  }

  SourceConfig& AddSource(const std::string& name) {
    const std::size_t index = config_.sources.size();
    SourceConfig& source = config_.sources.emplace_back();
    const int line = static_cast<int>(100 * (index + 1));
    source.instance = Instance(kSource, name, "sources[" + std::to_string(index) + "]", line);
    source.universe_location = source.instance.location;
    return source;
  }

  static ConnectionConfig& AddConnection(SourceConfig& source, const std::string& name,
                                         const std::string& universe = "", Tickers symbols = {}) {
    const std::size_t index = source.connections.size();
    ConnectionConfig& connection = source.connections.emplace_back();
    connection.name = name;
    connection.universe = universe;
    connection.symbols = std::move(symbols);
    connection.path = source.instance.path + ".connections[" + std::to_string(index) + "]";
    connection.location = {"test.yaml", source.instance.location.line + static_cast<int>(index) + 1,
                           1};
    connection.universe_location = connection.location;
    connection.universe_location.column = 9;
    return connection;
  }

  void AddUniverse() {
    config_.universes.push_back({Instance(kUniverse, "lists", "universes[0]", 10)});
  }

  SinkConfig& AddSink(const std::string& name, const PluginDescriptor& plugin = kSink) {
    SinkConfig& sink = config_.sinks.emplace_back();
    sink.instance = Instance(plugin, name, "sinks[0]", 900);
    return sink;
  }

  Assembly Assemble(Purpose purpose = Purpose::Run) {
    services_.connections.clear();
    Assembly assembly = feedmux::Assemble(config_, purpose, services_, problems_);
    for (const Problem& problem : problems_.TakeSorted()) found_.push_back(ToString(problem));
    return assembly;
  }

  static std::vector<Tickers> TickersOf(const Assembly& assembly) {
    std::vector<Tickers> tickers;
    for (const auto& connection : assembly.connections) tickers.push_back(connection.spec.tickers);
    return tickers;
  }

  Shared shared_;
  testing::ManualClock clock_;
  SymbolTable symbols_;
  HostServices services_{clock_, symbols_, {}, {}, nullptr};
  Config config_;
  Problems problems_;
  std::vector<std::string> found_;  // problems
};

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

TEST_F(AssembleTest, SurvivesAPluginWhoseConstructorThrows) {
  SourceConfig& source = AddSource("massive");
  source.instance.options.Set("url", std::string{"throws"});
  AddConnection(source, "a", "", {"A"});
  Assemble();
  ASSERT_THAT(found_, SizeIs(1));
  EXPECT_THAT(found_[0], HasSubstr("sources[0]: plugin 'test' could not be made: "));
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

TEST_F(AssembleTest, ChecksUniversesThatNeedNoNetwork) {
  AddUniverse();
  AddConnection(AddSource("massive"), "primary", "dowe");
  Assemble(Purpose::Check);
  EXPECT_THAT(found_, SizeIs(1));
}

}  // namespace
}  // namespace feedmux
