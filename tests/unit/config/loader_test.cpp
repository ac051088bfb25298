#include "config/loader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>  // current_path
#include <fstream>     // ofstream

#include "fake_plugins.hpp"

namespace feedmux {
namespace {

using std::chrono::milliseconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Lines;
using testing::LoadFake;
using ::testing::Not;

constexpr const char* kFull = R"(
engine:
  log_level: debug
  shutdown_timeout: 2s
  plugin_dirs: [plugins, /opt/feedmux]
universes:
  - {name: lists, plugin: list, options: {path: lists/universes.yaml}}
sources:
  - name: feed
    plugin: feed
    max_connections: 2
    routing: least_loaded
    universe: "market_leaders:top_500"
    symbols: AAPL
    options: {url: "wss://host/stocks", api_key: "${KEY:?set it}", channels: [T, AM], ping: 5s}
    connections:
      - {name: primary, universe: "tech:top_10", symbols: [AAPL, ON]}
      - {name: secondary, symbols: [TRUE, NO, Y, 1E5, BRK.B, "X:BTC-USD", "*"]}
      - {name: tertiary, enabled: false}
  - {name: spare, plugin: plain, standby_for: feed}
sinks:
  - name: store
    plugin: store
    options: {port: 6379, share: 0.25, verify: false, buffer: 16MiB, format: raw, keys: [a, "b,c"]}
    queue: {capacity: 5, max_bytes: 1MiB, when_full: conflate}
    filter: {kinds: [trade, bar], symbols: [AAPL], sources: [feed]}
    retry: {first: 1s, max: 1m}
  - {name: off, plugin: "null", enabled: false}
)";

class LoaderOfAFullFile : public ::testing::Test {
 protected:
  LoaderOfAFullFile() : result_(LoadFake(kFull, {{"KEY", "k3y"}})) {}

  LoadResult result_;
  const Config& config_ = result_.config;
};

TEST_F(LoaderOfAFullFile, FindsNoProblem) {
  EXPECT_TRUE(result_.ok());
  EXPECT_THAT(Lines(result_), IsEmpty());
}

TEST_F(LoaderOfAFullFile, ReadsTheEngine) {
  EXPECT_EQ(config_.engine.log_level, "debug");
  EXPECT_EQ(config_.engine.shutdown_timeout, milliseconds{2000});
  EXPECT_THAT(config_.engine.plugin_dirs, ElementsAre("/etc/feedmux/plugins", "/opt/feedmux"));
}

TEST_F(LoaderOfAFullFile, ReadsUniverses) {
  ASSERT_EQ(config_.universes.size(), 1U);
  EXPECT_EQ(config_.universes[0].instance.name, "lists");
  EXPECT_EQ(config_.universes[0].instance.options.String("path"),
            "/etc/feedmux/lists/universes.yaml");
}

TEST_F(LoaderOfAFullFile, ReadsSources) {
  ASSERT_EQ(config_.sources.size(), 2U);
  const SourceConfig& feed = config_.sources[0];
  EXPECT_EQ(feed.instance.name, "feed");
  EXPECT_EQ(feed.instance.plugin, &testing::kFeedPlugin);
  EXPECT_EQ(feed.instance.path, "sources[0]");
  EXPECT_EQ(feed.instance.location.line, 9);
  EXPECT_TRUE(feed.enabled);
  EXPECT_EQ(feed.max_connections, 2U);
  EXPECT_EQ(feed.routing, Routing::LeastLoaded);
  EXPECT_EQ(feed.universe, "market_leaders:top_500");
  EXPECT_EQ(feed.universe_location.line, 13);
  EXPECT_THAT(feed.symbols, ElementsAre("AAPL"));
  EXPECT_EQ(config_.sources[1].standby_for, "feed");
}

TEST_F(LoaderOfAFullFile, ReadsAPluginsOptions) {
  const InstanceConfig& feed = config_.sources[0].instance;
  EXPECT_EQ(feed.options.String("url"), "wss://host/stocks");
  EXPECT_EQ(feed.options.String("api_key"), "k3y");
  EXPECT_THAT(feed.options.Strings("channels"), ElementsAre("T", "AM"));
  EXPECT_EQ(feed.options.Duration("ping"), milliseconds{5000});
  EXPECT_EQ(feed.option_locations.at("api_key").line, 15);
  EXPECT_EQ(feed.option_locations.at("api_key").column, 50);

  const Options& store = config_.sinks[0].instance.options;
  EXPECT_EQ(store.Integer("port"), 6379);
  EXPECT_EQ(store.Number("share"), 0.25);
  EXPECT_FALSE(store.Boolean("verify"));
  EXPECT_EQ(store.Integer("buffer"), 16 << 20);
  EXPECT_EQ(store.String("format"), "raw");
  EXPECT_THAT(store.Strings("keys"), ElementsAre("a", "b,c"));
  EXPECT_FALSE(store.Has("ca_file"));
}

TEST_F(LoaderOfAFullFile, ReadsConnections) {
  const std::vector<ConnectionConfig>& connections = config_.sources[0].connections;
  ASSERT_EQ(connections.size(), 3U);
  EXPECT_EQ(connections[0].name, "primary");
  EXPECT_EQ(connections[0].universe, "tech:top_10");
  EXPECT_EQ(connections[0].path, "sources[0].connections[0]");
  EXPECT_EQ(connections[0].location.line, 17);
  EXPECT_EQ(connections[0].universe_location.column, 35);
  EXPECT_FALSE(connections[2].enabled);
}

TEST_F(LoaderOfAFullFile, KeepsSymbolsThatYamlMightTakeForSomethingElse) {
  EXPECT_THAT(config_.sources[0].connections[1].symbols,
              ElementsAre("TRUE", "NO", "Y", "1E5", "BRK.B", "X:BTC-USD", "*"));
}

TEST_F(LoaderOfAFullFile, ReadsSinks) {
  ASSERT_EQ(config_.sinks.size(), 2U);
  const SinkConfig& store = config_.sinks[0];
  EXPECT_EQ(store.queue.capacity, 5U);
  EXPECT_EQ(store.queue.max_bytes, 1U << 20);
  EXPECT_EQ(store.queue.when_full, WhenFull::Conflate);
  EXPECT_EQ(store.filter.kinds, MaskOf(Kind::Trade) | MaskOf(Kind::Bar));
  EXPECT_THAT(store.filter.symbols, ElementsAre("AAPL"));
  EXPECT_THAT(store.filter.sources, ElementsAre("feed"));
  EXPECT_EQ(store.retry.first, milliseconds{1000});
  EXPECT_EQ(store.retry.max, milliseconds{60'000});
  EXPECT_FALSE(config_.sinks[1].enabled);
}

TEST(Loader, FillsInDefaults) {
  const LoadResult result =
      LoadFake("{sources: [{name: a, plugin: plain}], sinks: [{name: b, plugin: store}]}");
  EXPECT_THAT(Lines(result), IsEmpty());
  const Config& config = result.config;
  EXPECT_EQ(config.engine.log_level, "info");
  EXPECT_EQ(config.engine.shutdown_timeout, milliseconds{10'000});
  EXPECT_THAT(config.engine.plugin_dirs, IsEmpty());
  EXPECT_EQ(config.sources[0].max_connections, 3U);
  EXPECT_EQ(config.sources[0].routing, Routing::FirstAvailable);
  EXPECT_EQ(config.sinks[0].queue.capacity, 1'000'000U);
  EXPECT_EQ(config.sinks[0].queue.max_bytes, 256U << 20);
  EXPECT_EQ(config.sinks[0].queue.when_full, WhenFull::DropOldest);
  EXPECT_EQ(config.sinks[0].filter.kinds, kMarketKinds);
  EXPECT_EQ(config.sinks[0].retry.first, milliseconds{100});
  EXPECT_EQ(config.sinks[0].retry.max, milliseconds{5'000});
  EXPECT_EQ(config.sinks[0].instance.options.Integer("port"), 80);
}

TEST(Loader, GivesASourceWithoutConnectionsOneOfItsOwnName) {
  const LoadResult result =
      LoadFake("{sources: [{name: a, plugin: plain}], sinks: [{name: b, plugin: store}]}");
  ASSERT_EQ(result.config.sources[0].connections.size(), 1U);
  const ConnectionConfig& connection = result.config.sources[0].connections[0];
  EXPECT_EQ(connection.name, "a");
  EXPECT_TRUE(connection.enabled);
  EXPECT_EQ(connection.path, "sources[0]");
}

TEST(Loader, TakesEmptySectionsForNotGiven) {
  const LoadResult result = LoadFake(
      "engine:\n"
      "universes:\n"
      "sources:\n  - {name: a, plugin: plain, options: }\n"
      "sinks:\n  - {name: b, plugin: store, options: , queue: , filter: , retry: }\n");
  EXPECT_THAT(Lines(result), IsEmpty());
}

TEST(Loader, TakesQuotedNumbersForNumbers) {
  const LoadResult result = LoadFake("sinks: [{name: b, plugin: store, options: {port: \"443\"}}]");
  EXPECT_EQ(result.config.sinks[0].instance.options.Integer("port"), 443);
}

TEST(Loader, ChecksWhatStandsBehindAliasesAndMergeKeys) {
  const LoadResult result = LoadFake(
      "sources:\n"
      "  - {name: a, plugin: plain, symbols: &list [A, B]}\n"
      "sinks:\n"
      "  - &base {name: b, plugin: store, options: {port: 0}}\n"
      "  - {<<: *base, name: c, filter: {symbols: *list}}\n");
  EXPECT_THAT(Lines(result),
              ElementsAre("4:52: sinks[0].options.port: expected an integer from 1 to 65535, found "
                          "\"0\"",
                          "4:52: sinks[1].options.port: expected an integer from 1 to 65535, found "
                          "\"0\""));
  EXPECT_THAT(result.config.sinks[1].filter.symbols, ElementsAre("A", "B"));
}

TEST(Loader, LetsAUniverseAndItsFallbackStandTogether) {
  const LoadResult result = LoadFake(
      "universes: [{name: l, plugin: list, options: {path: x}}]\n"
      "sources: [{name: a, plugin: plain, connections: [\n"
      "  {name: x, universe: top, symbols: [A]}, {name: y, symbols: [A]}]}]\n"
      "sinks: [{name: b, plugin: store}]\n");
  EXPECT_THAT(Lines(result), IsEmpty());
}

EngineConfig EngineOf(const std::string& control) {
  const LoadResult result = LoadFake("engine: {control: " + control +
                                     "}\nsources: [{name: a, plugin: plain}]\n"
                                     "sinks: [{name: b, plugin: store}]\n");
  EXPECT_THAT(Lines(result), IsEmpty());
  return result.config.engine;
}

TEST(Loader, TakesTheControlSocketsPathRelativeToTheFile) {
  EXPECT_EQ(EngineOf("run/../feedmux.sock").control_path, "/etc/feedmux/feedmux.sock");
  EXPECT_EQ(EngineOf("/run/feedmux.sock").control_path, "/run/feedmux.sock");
  EXPECT_TRUE(EngineOf("/run/feedmux.sock").control_enabled);
}

TEST(Loader, HasNoControlSocketWhereItIsOff) {
  EXPECT_FALSE(EngineOf("off").control_enabled);
  EXPECT_EQ(EngineOf("./off").control_path, "/etc/feedmux/off");
}

TEST(Loader, AsksForPluginsOnceAndWithTheFoldersOfTheFile) {
  std::vector<std::vector<std::string>> asked;
  LoadConfigText(
      "{engine: {plugin_dirs: [more, ../x]}, sources: [], sinks: []}", "/etc/feedmux/c.yaml",
      [&](const std::vector<std::string>& folders) {
        asked.push_back(folders);
        return testing::FakeCatalog();
      },
      testing::FakeEnvironment());
  EXPECT_THAT(asked, ElementsAre(ElementsAre("/etc/feedmux/more", "/etc/x")));
}

TEST(Loader, WarnsOfAFolderOfPluginsThatIsNotThere) {
  const LoadResult result = LoadConfigText(
      "{engine: {plugin_dirs: [more, \"${DIR}\"]}, sources: [], sinks: []}", "/etc/feedmux/c.yaml",
      [](const std::vector<std::string>& folders) {
        PluginCatalog catalog = testing::FakeCatalog();
        catalog.missing = {folders[1]};
        return catalog;
      },
      testing::FakeEnvironment({{"DIR", "/srv/x"}}));
  EXPECT_THAT(Lines(result),
              Contains("1:31: warning: engine.plugin_dirs: expected a folder of plugins, found "
                       "none at \"${DIR}\""));
  EXPECT_THAT(Lines(result), Not(Contains(HasSubstr("more"))));
}

TEST(Loader, ReadsAFileAndTakesPathsRelativeToIt) {
  const std::filesystem::path file =
      std::filesystem::path{::testing::TempDir()} / "feedmux_loader_test.yaml";
  std::ofstream{file} << "{sources: [{name: a, plugin: plain}],\n"
                         " sinks: [{name: b, plugin: store, options: {ca_file: ca.pem}}]}\n";
  const LoadResult result = LoadConfig(file, testing::OpenFakePlugins, testing::FakeEnvironment());
  std::filesystem::remove(file);
  EXPECT_THAT(Lines(result), IsEmpty());
  EXPECT_EQ(result.config.sinks[0].instance.options.String("ca_file"),
            (file.parent_path() / "ca.pem").string());
}

TEST(Loader, TakesThePathOfARelativeFileFromTheWorkingFolder) {
  const LoadResult result =
      LoadConfigText("{sinks: [{name: b, plugin: store, options: {ca_file: ca.pem}}]}",
                     "config/c.yaml", testing::OpenFakePlugins, testing::FakeEnvironment());
  EXPECT_EQ(result.config.sinks[0].instance.options.String("ca_file"),
            (std::filesystem::current_path() / "config/ca.pem").string());
}

}  // namespace
}  // namespace feedmux
