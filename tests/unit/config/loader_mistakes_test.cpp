#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/loader.hpp"
#include "fake_plugins.hpp"

namespace feedmux {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using testing::Lines;
using testing::LoadFake;
using ::testing::StartsWith;

/// A file and every line that is said about it. `yaml` stands below a valid source and above a
/// valid sink, so that its lines count from 4.
struct Mistake {
  const char* name;
  const char* yaml;
  std::vector<std::string> problems;
};

std::ostream& operator<<(std::ostream& out, const Mistake& mistake) { return out << mistake.name; }

constexpr const char* kAbove =
    "sources:\n"
    "  - {name: plain, plugin: plain}\n"
    "  #\n";
constexpr const char* kBelow =
    "sinks:\n"
    "  - {name: null_sink, plugin: \"null\"}\n";

class SourceMistake : public ::testing::TestWithParam<Mistake> {};
class SinkMistake : public ::testing::TestWithParam<Mistake> {};

std::string NameOf(const ::testing::TestParamInfo<Mistake>& info) { return info.param.name; }

TEST_P(SourceMistake, IsReported) {
  const std::string yaml = std::string{kAbove} + GetParam().yaml + kBelow;
  EXPECT_THAT(Lines(LoadFake(yaml)), ElementsAreArray(GetParam().problems)) << yaml;
}

TEST_P(SinkMistake, IsReported) {
  const std::string yaml = std::string{kAbove} + kBelow + GetParam().yaml;
  EXPECT_THAT(Lines(LoadFake(yaml)), ElementsAreArray(GetParam().problems)) << yaml;
}

constexpr const char* kNameAbout =
    "(Its name in logs, reports and references: letters, digits, '_', '-' and '.')";

const Mistake kSourceMistakes[] = {
    {"UnknownKey",
     "  - {name: a, plugin: plain, standbyfor: b}\n",
     {"4:30: sources[1]: unknown key \"standbyfor\"; did you mean \"standby_for\"? (valid: name, "
      "plugin, enabled, standby_for, max_connections, routing, max_symbols, failover, "
      "failover_after, calendar, stale_after, universe, symbols, options, "
      "connections, reconnect)"}},
    {"UnknownOption",
     "  - name: a\n    plugin: feed\n    options: {url: x, api_key: k, chanels: T}\n",
     {"6:35: sources[1].options: unknown key \"chanels\"; did you mean \"channels\"? (valid: url, "
      "api_key, channels, ping)"}},
    {"OptionOfAPluginWithoutAny",
     "  - {name: a, plugin: plain, options: {x: 1}}\n",
     {"4:40: sources[1].options: unknown key \"x\" (there are none here)"}},
    {"OptionOutsideOfOptions",
     "  - {name: a, plugin: feed, url: x, options: {url: x, api_key: k}}\n",
     {"4:29: sources[1]: unknown key \"url\"; it belongs in sources[1].options (valid: name, "
      "plugin, enabled, standby_for, max_connections, routing, max_symbols, failover, "
      "failover_after, calendar, stale_after, universe, symbols, options, "
      "connections, reconnect)"}},
    {"KeyWithinOptions",
     "  - {name: a, plugin: feed, options: {url: x, api_key: k, routing: hash}}\n",
     {"4:59: sources[1].options: unknown key \"routing\"; it belongs in sources[1] (valid: url, "
      "api_key, channels, ping)"}},
    {"MissingName",
     "  - plugin: plain\n",
     {std::string{"4:5: sources[1].name: required, but missing; expected text "} + kNameAbout}},
    {"MissingPlugin",
     "  - name: a\n",
     {"4:5: sources[1].plugin: required, but missing; expected text (Name of the plugin, as "
      "'feedmux plugins' lists it)"}},
    {"MissingOption",
     "  - name: a\n    plugin: feed\n    options:\n      url: x\n",
     {"7:7: sources[1].options.api_key: required, but missing; expected text"}},
    {"MissingOptions",
     "  - name: a\n    plugin: feed\n",
     {"4:5: sources[1].options.url: required, but missing; expected text (Where the feed is)",
      "4:5: sources[1].options.api_key: required, but missing; expected text"}},
    {"EmptyOption",
     "  - name: a\n    plugin: feed\n    options:\n      url:\n      api_key: k\n",
     {"7:7: sources[1].options.url: expected text, found nothing (null)"}},
    {"UnknownPlugin",
     "  - {name: a, plugin: fed}\n",
     {"4:23: sources[1].plugin: expected the name of a source plugin, found \"fed\"; did you mean "
      "\"feed\"? (valid: feed, plain; looked in /plugins)"}},
    {"PluginOfAnotherKind",
     "  - {name: a, plugin: store}\n",
     {"4:23: sources[1].plugin: expected the name of a source plugin, found \"store\"; that is a "
      "sink plugin (valid: feed, plain; looked in /plugins)"}},
    {"NameThatIsTaken",
     "  - {name: plain, plugin: plain}\n",
     {"4:12: sources[1].name: expected a name of its own, found \"plain\", which is the name of "
      "sources[0]"}},
    {"NameWithASpace",
     "  - {name: a b, plugin: plain}\n",
     {"4:12: sources[1].name: expected letters, digits, '_', '-' and '.', at most 64 of them and "
      "the first a letter or digit, found \"a b\""}},
    {"EmptyName",
     "  - {name: \"\", plugin: plain}\n",
     {"4:12: sources[1].name: expected letters, digits, '_', '-' and '.', at most 64 of them and "
      "the first a letter or digit, found \"\""}},
    {"WrongBoolean",
     "  - {name: a, plugin: plain, enabled: yes}\n",
     {"4:39: sources[1].enabled: expected true or false, found \"yes\""}},
    {"WrongChoice",
     "  - {name: a, plugin: plain, routing: least-loaded}\n",
     {"4:39: sources[1].routing: expected one of: first_available, round_robin, least_loaded, "
      "hash, found \"least-loaded\"; did you mean \"least_loaded\"?"}},
    {"ItemThatIsNoMap",
     "  - plain\n  -\n  - [a]\n",
     {"4:5: sources[1]: expected a map, found text",
      "6:3: sources[2]: expected a map, found nothing (null)",
      "6:5: sources[3]: expected a map, found a list"}},
    {"OptionsThatAreNoMap",
     "  - {name: a, plugin: feed, options: [url]}\n",
     {"4:38: sources[1].options: expected a map, found a list"}},
    {"ListWhereTextBelongs",
     "  - {name: [a], plugin: plain}\n",
     {"4:12: sources[1].name: expected text, found a list"}},
    {"StandbyForNobody",
     "  - {name: a, plugin: plain, standby_for: plan}\n",
     {"4:43: sources[1].standby_for: expected the name of a source, found \"plan\"; did you mean "
      "\"plain\"?"}},
    {"StandbyForItself",
     "  - {name: a, plugin: plain, standby_for: a}\n",
     {"4:43: sources[1].standby_for: expected another source, found \"a\", this one itself"}},
    {"StandbyForAStandby",
     "  - {name: a, plugin: plain, standby_for: plain}\n"
     "  - {name: b, plugin: plain, standby_for: a}\n",
     {"5:43: sources[2].standby_for: expected a source that stands by for none, found \"a\", which "
      "is on standby itself"}},
    {"StandbyInACircle",
     "  - {name: a, plugin: plain, standby_for: b}\n"
     "  - {name: b, plugin: plain, standby_for: a}\n",
     {"4:43: sources[1].standby_for: expected a source that stands by for none, found \"b\", which "
      "is on standby itself",
      "5:43: sources[2].standby_for: expected a source that stands by for none, found \"a\", which "
      "is on standby itself"}},
    {"MoreConnectionsThanAllowed",
     "  - name: a\n    plugin: plain\n    max_connections: 1\n    connections:\n"
     "      - {name: x}\n      - {name: y}\n      - {name: z, enabled: false}\n",
     {"8:7: sources[1].connections: expected at most 1 enabled connections (max_connections), "
      "found 2"}},
    {"ConnectionNameThatIsTaken",
     "  - name: a\n    plugin: plain\n    connections:\n      - {name: x}\n      - {name: x}\n",
     {"8:16: sources[1].connections[1].name: expected a name of its own, found \"x\", which is the "
      "name of sources[1].connections[0]"}},
    {"ConnectionWithoutName",
     "  - name: a\n    plugin: plain\n    connections:\n      - symbols: [A]\n",
     {std::string{"7:9: sources[1].connections[0].name: required, but missing; expected text "} +
      kNameAbout}},
    {"EmptyListOfConnections",
     "  - {name: a, plugin: plain, connections: []}\n",
     {"4:43: warning: sources[1].connections: the list is empty: the source gets one connection, "
      "named as the source"}},
    {"SymbolsInOneText",
     "  - {name: a, plugin: plain, symbols: \"AAPL,NVDA\"}\n",
     {"4:39: sources[1].symbols[0]: expected one symbol, without spaces and commas, found "
      "\"AAPL,NVDA\"; several are a list: [AAPL, NVDA]"}},
    {"SymbolThatYamlTakesForNothing",
     "  - {name: a, plugin: plain, symbols: [A, NULL]}\n",
     {"4:43: sources[1].symbols[1]: expected text, found nothing (null)"}},
    {"SymbolGivenTwice",
     "  - name: a\n    plugin: plain\n    connections:\n      - {name: x, symbols: [A, B]}\n"
     "      - {name: y, symbols: [C, B]}\n",
     {"8:32: warning: sources[1].connections[1].symbols[1]: \"B\" is given twice; "
      "sources[1].connections[0] keeps it"}},
    {"UniverseWithoutUniverses",
     "  - {name: a, plugin: plain, universe: top}\n",
     {"4:40: sources[1].universe: no universe can be found without a section 'universes', found "
      "\"top\""}},
    {"UniverseWithoutUniversesButSymbols",
     "  - {name: a, plugin: plain, universe: top, symbols: [A]}\n",
     {"4:40: warning: sources[1].universe: no universe can be found without a section "
      "'universes', found \"top\"; its symbols are used"}},
};

const Mistake kSinkMistakes[] = {
    {"IntegerThatIsNone",
     "  - {name: a, plugin: store, options: {port: abc}}\n",
     {"6:46: sinks[1].options.port: expected an integer from 1 to 65535, found \"abc\""}},
    {"IntegerOutOfRange",
     "  - {name: a, plugin: store, options: {port: 65536}}\n",
     {"6:46: sinks[1].options.port: expected an integer from 1 to 65535, found \"65536\""}},
    {"MapWhereAnIntegerBelongs",
     "  - {name: a, plugin: store, options: {port: {x: 1}}}\n",
     {"6:46: sinks[1].options.port: expected an integer from 1 to 65535, found a map"}},
    {"NumberOutOfRange",
     "  - {name: a, plugin: store, options: {share: 1.5}}\n",
     {"6:47: sinks[1].options.share: expected a number from 0 to 1, found \"1.5\""}},
    {"SizeWithAStrangeUnit",
     "  - {name: a, plugin: store, options: {buffer: 64KB}}\n",
     {"6:48: sinks[1].options.buffer: expected a size of at least 1KiB, found \"64KB\""}},
    {"ChoiceMisspelt",
     "  - {name: a, plugin: store, options: {format: tikstock}}\n",
     {"6:48: sinks[1].options.format: expected one of: tickstock, raw, full, found \"tikstock\"; "
      "did you mean \"tickstock\"?"}},
    {"EmptyPath",
     "  - {name: a, plugin: store, options: {ca_file: \"\"}}\n",
     {"6:49: sinks[1].options.ca_file: expected the path of a file, found \"\""}},
    {"TooManyItems",
     "  - {name: a, plugin: store, options: {keys: [a, b, c, d]}}\n",
     {"6:46: sinks[1].options.keys: expected a list of text, 1 to 3 of them, found 4 items"}},
    {"ItemThatIsAList",
     "  - {name: a, plugin: store, options: {keys: [a, [b]]}}\n",
     {"6:50: sinks[1].options.keys[1]: expected text, found a list"}},
    {"MapWhereAListBelongs",
     "  - {name: a, plugin: store, options: {keys: {a: b}}}\n",
     {"6:46: sinks[1].options.keys: expected a list of text, 1 to 3 of them, found a map"}},
    {"PasswordInAnUrlOfTheWrongOption",
     "  - {name: a, plugin: store, options: {port: \"redis://u:pa55@h\"}}\n",
     {"6:46: sinks[1].options.port: expected an integer from 1 to 65535, found "
      "\"redis://u:***@h\""}},
    {"UnknownKind",
     "  - {name: a, plugin: store, filter: {kinds: [trades, bar]}}\n",
     {"6:47: sinks[1].filter.kinds[0]: expected one of: trade, quote, bar, luld, imbalance, value, "
      "other, gap, found \"trades\"; did you mean \"trade\"?"}},
    {"FilterThatLetsNothingThrough",
     "  - {name: a, plugin: store, filter: {kinds: [], symbols: [], sources: []}}\n",
     {"6:46: sinks[1].filter.kinds: expected a list, at least 1 of: trade, quote, bar, luld, "
      "imbalance, value, other, gap, found 0 items",
      "6:59: sinks[1].filter.symbols: expected a list of text, at least 1, found 0 items",
      "6:72: sinks[1].filter.sources: expected a list of text, at least 1, found 0 items"}},
    {"FilterOfAnUnknownSource",
     "  - {name: a, plugin: store, filter: {sources: [plain, plian]}}\n",
     {"6:56: sinks[1].filter.sources[1]: expected the name of a source, found \"plian\"; did you "
      "mean \"plain\"?"}},
    {"FilterOfAStrangeSymbol",
     "  - {name: a, plugin: store, filter: {symbols: A B}}\n",
     {"6:48: sinks[1].filter.symbols[0]: expected one symbol, without spaces and commas, found "
      "\"A B\"; several are a list: [AAPL, NVDA]"}},
    {"QueueWithoutRoom",
     "  - {name: a, plugin: store, queue: {capacity: 0, max_bytes: 1KiB, when_full: drop}}\n",
     {"6:48: sinks[1].queue.capacity: expected an integer from 1 to 1000000000, found \"0\"",
      "6:62: sinks[1].queue.max_bytes: expected a size from 64KiB to 1024GiB, found \"1KiB\"",
      "6:79: sinks[1].queue.when_full: expected one of: block, drop_oldest, drop_newest, conflate, "
      "found \"drop\"; did you mean \"drop_oldest\"?"}},
    {"RetryThatShrinks",
     "  - {name: a, plugin: store, retry: {first: 2s, max: 1s}}\n",
     {"6:54: sinks[1].retry.max: expected at least retry.first, found \"1s\""}},
    {"RetryBeyondTheDefaultMaximum",
     "  - {name: a, plugin: store, retry: {first: 6s}}\n",
     {"6:45: sinks[1].retry.first: expected at most retry.max, found \"6s\""}},
    {"DurationWithoutUnit",
     "  - {name: a, plugin: store, retry: {first: 100}}\n",
     {"6:45: sinks[1].retry.first: expected a duration from 1ms to 1h, found \"100\""}},
    {"UnknownKeyOfTheFile",
     "engin: {}\n",
     {"6:1: unknown key \"engin\"; did you mean \"engine\"? (valid: engine, universes, sources, "
      "sinks)"}},
    {"KeyOfTheEngineOutsideOfIt",
     "log_level: debug\n",
     {"6:1: unknown key \"log_level\"; it belongs in engine (valid: engine, universes, sources, "
      "sinks)"}},
    {"EngineThatIsAList", "engine: [log_level]\n", {"6:9: engine: expected a map, found a list"}},
    {"UniversesThatAreAMap",
     "universes: {name: a}\n",
     {"6:12: universes: expected a list, found a map"}},
    {"UniverseWithoutAFile",
     "universes: [{name: a, plugin: list}]\n",
     {"6:13: universes[0].options.path: required, but missing; expected the path of a file"}},
    {"KeyGivenTwice",
     "engine: {}\nengine: {}\n",
     {"7:1: the key \"engine\" is given twice, first in line 6"}},
};

INSTANTIATE_TEST_SUITE_P(Loader, SourceMistake, ::testing::ValuesIn(kSourceMistakes), NameOf);
INSTANTIATE_TEST_SUITE_P(Loader, SinkMistake, ::testing::ValuesIn(kSinkMistakes), NameOf);

TEST(Loader, ReportsEveryMistakeOfAFileAtOnce) {
  const LoadResult result = LoadFake(
      "engine:\n"
      "  log_level: verbose\n"
      "  shutdown_timout: 5s\n"
      "universes:\n"
      "  - {name: lists, plugin: list}\n"
      "sources:\n"
      "  - name: feed\n"
      "    plugin: feed\n"
      "    options:\n"
      "      url: wss://host\n"
      "      ping: 1ms\n"
      "    connections:\n"
      "      - {name: one, symbols: [AAPL]}\n"
      "      - {name: one, symbols: [AAPL]}\n"
      "  - {name: feed, plugin: synthetic}\n"
      "sinks:\n"
      "  - name: store\n"
      "    plugin: store\n"
      "    options:\n"
      "      port: abc\n"
      "    queue: {capacity: many}\n"
      "    filter: {sources: [fed]}\n");
  EXPECT_FALSE(result.ok());
  EXPECT_THAT(
      Lines(result),
      ElementsAre(
          "2:14: engine.log_level: expected one of: debug, info, warning, error, found \"verbose\"",
          "3:3: engine: unknown key \"shutdown_timout\"; did you mean \"shutdown_timeout\"? "
          "(valid: "
          "log_level, shutdown_timeout, plugin_dirs, control)",
          "5:5: universes[0].options.path: required, but missing; expected the path of a file",
          "10:7: sources[0].options.api_key: required, but missing; expected text",
          "11:13: sources[0].options.ping: expected a duration from 100ms to 1h, found \"1ms\"",
          "14:16: sources[0].connections[1].name: expected a name of its own, found \"one\", which "
          "is the name of sources[0].connections[0]",
          "14:31: warning: sources[0].connections[1].symbols[0]: \"AAPL\" is given twice; "
          "sources[0].connections[0] keeps it",
          "15:12: sources[1].name: expected a name of its own, found \"feed\", which is the name "
          "of sources[0]",
          "15:26: sources[1].plugin: expected the name of a source plugin, found \"synthetic\" "
          "(valid: feed, plain; looked in /plugins)",
          "20:13: sinks[0].options.port: expected an integer from 1 to 65535, found \"abc\"",
          "21:23: sinks[0].queue.capacity: expected an integer from 1 to 1000000000, found "
          "\"many\"",
          "22:24: sinks[0].filter.sources[0]: expected the name of a source, found \"fed\"; did "
          "you mean \"feed\"?"));
}

TEST(Loader, RefusesAControlPathThatNoSocketCanHave) {
  EXPECT_THAT(Lines(LoadFake("engine: {control: \"\"}\nsources: []\nsinks: []\n")),
              Contains("1:19: engine.control: expected the path of a socket, or off, found \"\""));
  EXPECT_THAT(Lines(LoadFake("engine: {control: run/}\nsources: []\nsinks: []\n")),
              Contains("1:19: engine.control: expected the path of a socket, or off, found "
                       "\"run/\""));
  EXPECT_THAT(
      Lines(LoadFake("engine: {control: " + std::string(96, 'x') + "}\nsources: []\nsinks: []\n")),
      Contains(StartsWith("1:19: engine.control: expected a path that is at most 107 bytes "
                          "long when it is absolute, found \"xxx")));
}

TEST(Loader, RefusesAFileThatIsNoMap) {
  EXPECT_THAT(Lines(LoadFake("")),
              ElementsAre("1:1: expected a map with sources and sinks, found nothing (null)"));
  EXPECT_THAT(Lines(LoadFake("- a\n")),
              ElementsAre("1:1: expected a map with sources and sinks, found a list"));
}

TEST(Loader, WarnsOfAnEngineWithNothingToDo) {
  const LoadResult result = LoadFake("{sources: [{name: a, plugin: plain, enabled: false}]}");
  EXPECT_TRUE(result.ok());
  EXPECT_THAT(Lines(result),
              ElementsAre("1:1: warning: sources: none is enabled: no tick will ever come in",
                          "1:1: warning: sinks: none is enabled: no tick will ever go out"));
}

TEST(Loader, NamesTheFileThatCannotBeRead) {
  const LoadResult result =
      LoadConfig("/nowhere/c.yaml", testing::OpenFakePlugins, testing::FakeEnvironment());
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(ToString(result.problems[0]),
            "/nowhere/c.yaml: cannot be read: No such file or directory");
  EXPECT_FALSE(result.ok());
}

TEST(Loader, RefusesAFolder) {
  const LoadResult result =
      LoadConfig(::testing::TempDir(), testing::OpenFakePlugins, testing::FakeEnvironment());
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_THAT(ToString(result.problems[0]), HasSubstr("cannot be read: it is a folder"));
}

TEST(Loader, BlamesThePluginForADefaultThatIsNotValid) {
  const OptionSpec options[] = {
      {.name = "port", .type = OptionType::Integer, .default_value = "http"}};
  const PluginDescriptor plugin = testing::FakePlugin(PluginKind::Sink, "bad", options);
  const LoadResult result = LoadConfigText(
      "{sources: [], sinks: [{name: a, plugin: bad}]}", "c.yaml",
      [&](const auto&) {
        return PluginCatalog{{&plugin}, ""};
      },
      testing::FakeEnvironment());
  EXPECT_THAT(Lines(result),
              ::testing::Contains("1:23: sinks[0].options.port: the plugin's own default is not "
                                  "valid: expected an integer"));
}

}  // namespace
}  // namespace feedmux
