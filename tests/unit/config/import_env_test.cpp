#include "config/import_env.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/loader.hpp"
#include "fake_plugins.hpp"

namespace feedmux {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Options of the plugins that an imported file names, as far as it may give them.
constexpr OptionSpec kMassive[] = {{.name = "url", .required = true},
                                   {.name = "api_key", .required = true, .secret = true}};
constexpr OptionSpec kSynthetic[] = {
    {.name = "rate", .type = OptionType::Integer, .min = 0},
    {.name = "seed", .type = OptionType::Integer, .min = 0},
    {.name = "scenario",
     .type = OptionType::Choice,
     .choices = "normal|volatile|crash|rally|opening_bell"},
    {.name = "volatility", .type = OptionType::Number, .min = 0, .max = 10},
    {.name = "pattern_frequency", .type = OptionType::Number, .min = 0, .max = 1},
    {.name = "patterns",
     .type = OptionType::Choices,
     .choices = "doji|hammer|shooting_star|bullish_engulfing|bearish_engulfing|harami"}};
constexpr OptionSpec kRedis[] = {
    {.name = "url", .secret = true},
    {.name = "username"},
    {.name = "password", .secret = true},
    {.name = "database", .type = OptionType::Integer, .min = 0},
    {.name = "channels", .type = OptionType::Strings},
    {.name = "format", .type = OptionType::Choice, .choices = "tickstock"}};
constexpr OptionSpec kFile[] = {{.name = "path", .type = OptionType::Path, .required = true}};

constexpr PluginDescriptor kPlugins[] = {
    testing::FakePlugin(PluginKind::Source, "massive", kMassive),
    testing::FakePlugin(PluginKind::Source, "synthetic", kSynthetic),
    testing::FakePlugin(PluginKind::Sink, "redis", kRedis),
    testing::FakePlugin(PluginKind::Universe, "file", kFile)};

/// Loads what was made of a .env file, with its secrets set.
LoadResult LoadImported(std::string_view env) {
  const auto open = [](const std::vector<std::string>&) {
    PluginCatalog catalog;
    for (const PluginDescriptor& plugin : kPlugins) catalog.plugins.push_back(&plugin);
    return catalog;
  };
  return LoadConfigText(
      ImportEnv(env), "/etc/feedmux/c.yaml", open,
      testing::FakeEnvironment(
          {{"MASSIVE_API_KEY", "k"}, {"REDIS_PASSWORD", "p"}, {"REDIS_URL", "redis://x"}}));
}

/// The configuration that was made of a .env file; it must have no problem at all.
Config Imported(std::string_view env) {
  LoadResult result = LoadImported(env);
  EXPECT_THAT(testing::Lines(result), IsEmpty()) << ImportEnv(env);
  return std::move(result.config);
}

constexpr const char* kMulti =
    "USE_MULTI_CONNECTION=true\n"
    "USE_MASSIVE_API=true\n"
    "WEBSOCKET_CONNECTIONS_MAX=3\n"
    "MASSIVE_API_KEY=sk-s3cr3t\n"
    "WEBSOCKET_CONNECTION_1_ENABLED=true\n"
    "WEBSOCKET_CONNECTION_1_NAME=primary\n"
    "WEBSOCKET_CONNECTION_1_UNIVERSE_KEY=market_leaders:top_500\n"
    "WEBSOCKET_CONNECTION_1_SYMBOLS=AAPL,NVDA\n"
    "WEBSOCKET_CONNECTION_2_ENABLED=true\n"
    "WEBSOCKET_CONNECTION_2_NAME=\"secondary\"\n"
    "WEBSOCKET_CONNECTION_2_SYMBOLS=\"TSLA, ON ,TRUE,\"\n"
    "WEBSOCKET_CONNECTION_3_ENABLED=false\n"
    "WEBSOCKET_CONNECTION_3_NAME=tertiary\n";

TEST(ImportEnv, CarriesConnectionsOver) {
  const Config config = Imported(kMulti);
  const SourceConfig& massive = config.sources.at(0);
  EXPECT_EQ(massive.instance.name, "massive");
  EXPECT_TRUE(massive.enabled);
  EXPECT_EQ(massive.max_connections, 3U);
  EXPECT_EQ(massive.instance.options.String("api_key"), "k");
  ASSERT_EQ(massive.connections.size(), 3U);
  EXPECT_EQ(massive.connections[0].name, "primary");
  EXPECT_EQ(massive.connections[0].universe, "market_leaders:top_500");
  EXPECT_THAT(massive.connections[0].symbols, ElementsAre("AAPL", "NVDA"));
  EXPECT_THAT(massive.connections[1].symbols, ElementsAre("TSLA", "ON", "TRUE"));
  EXPECT_FALSE(massive.connections[2].enabled);
}

TEST(ImportEnv, LooksUniversesUpInAFile) {
  const Config config = Imported(kMulti);
  ASSERT_EQ(config.universes.size(), 1U);
  EXPECT_EQ(config.universes[0].instance.options.String("path"), "/etc/feedmux/universes.yaml");
}

TEST(ImportEnv, PutsTheSyntheticSourceWithTheSameConnectionsOnStandby) {
  const Config config = Imported(kMulti);
  const SourceConfig& synthetic = config.sources.at(1);
  EXPECT_EQ(synthetic.standby_for, "massive");
  EXPECT_TRUE(synthetic.enabled);
  EXPECT_EQ(synthetic.connections.size(), 3U);
}

TEST(ImportEnv, PublishesToTheChannelThatTickStockReads) {
  const Config config = Imported(kMulti);
  const Options& redis = config.sinks.at(0).instance.options;
  EXPECT_EQ(redis.String("url"), "redis://127.0.0.1:6379");
  EXPECT_THAT(redis.Strings("channels"), ElementsAre("tickstock:market:ticks"));
  EXPECT_EQ(redis.String("format"), "tickstock");
}

TEST(ImportEnv, RefersToTheKeyAndNeverHoldsIt) {
  EXPECT_THAT(ImportEnv(kMulti),
              AllOf(HasSubstr("api_key: \"${MASSIVE_API_KEY:?set it}\""),
                    HasSubstr("#   MASSIVE_API_KEY\n"), Not(HasSubstr("s3cr3t"))));
}

TEST(ImportEnv, HoldsNoValueThatMayBeASecret) {
  const std::string yaml = ImportEnv(
      "MASSIVE_API_KEY=s3cr3t\n"
      "REDIS_URL=redis://user:s3cr3t@host:6379/0\n"
      "REDIS_PASSWORD=s3cr3t\n"
      "DATABASE_URL=postgres://u:s3cr3t@h\n"
      "s3cr3t\n"
      "s3cr3t=1\n"
      "X='s3cr3t' s3cr3t\n"
      "FLASK_SECRET_KEY=\"s3cr3t\"\n"
      "SYNTHETIC_SCENARIO=s3cr3t\n"
      "USE_MASSIVE_API=s3cr3t\n"
      "SYNTHETIC_VOLATILITY=s3cr3t\n"
      "SYNTHETIC_PATTERN_TYPES=s3cr3t\n"
      "WEBSOCKET_CONNECTIONS_MAX=s3cr3t\n");
  EXPECT_THAT(yaml, Not(HasSubstr("s3cr3t")));
  EXPECT_THAT(yaml, AllOf(HasSubstr("url: \"${REDIS_URL:?set it}\""),
                          HasSubstr("password: \"${REDIS_PASSWORD:?set it}\"")));
}

TEST(ImportEnv, NamesWhatItDoesNotCarryOver) {
  EXPECT_THAT(ImportEnv("DATABASE_URL=x\nSYNTHETIC_ACTIVITY=y\nmixedCase=z\nnonsense\n"),
              AllOf(HasSubstr("#   DATABASE_URL\n"), HasSubstr("#   SYNTHETIC_ACTIVITY\n"),
                    HasSubstr("#   line 3\n"), HasSubstr("# - line 4 is left out")));
}

TEST(ImportEnv, DisablesMassiveWithoutAKey) {
  for (const char* env : {"USE_MASSIVE_API=true\n", "USE_MASSIVE_API=true\nMASSIVE_API_KEY=\n",
                          "USE_MASSIVE_API=false\nMASSIVE_API_KEY=x\n", "USE_SYNTHETIC_DATA=true\n",
                          "USE_SYNTHETIC_DATA=true\nMASSIVE_API_KEY=x\n", ""}) {
    const Config config = Imported(env);
    EXPECT_FALSE(config.sources.at(0).enabled) << env;
    EXPECT_TRUE(config.sources.at(1).enabled) << env;
  }
}

TEST(ImportEnv, TakesAKeyAloneForTheWishToUseIt) {
  EXPECT_TRUE(Imported("MASSIVE_API_KEY=x\n").sources.at(0).enabled);
}

TEST(ImportEnv, NeverMakesUpDataWhereSyntheticDataIsOff) {
  const LoadResult result = LoadImported("USE_SYNTHETIC_DATA=false\nUSE_MASSIVE_API=false\n");
  EXPECT_TRUE(result.ok());
  EXPECT_FALSE(result.config.sources.at(1).enabled);
}

TEST(ImportEnv, MakesOneConnectionWithoutMultiConnectionMode) {
  const Config config = Imported(
      "MASSIVE_API_KEY=x\nUSE_MULTI_CONNECTION=false\nSYMBOL_UNIVERSE_KEY=dow30\n"
      "WEBSOCKET_CONNECTION_1_ENABLED=true\nWEBSOCKET_CONNECTION_1_SYMBOLS=AAPL\n");
  const SourceConfig& massive = config.sources.at(0);
  ASSERT_EQ(massive.connections.size(), 1U);
  EXPECT_EQ(massive.connections[0].universe, "dow30");
  EXPECT_THAT(massive.connections[0].symbols, IsEmpty());
}

TEST(ImportEnv, DisablesConnectionsBeyondTheMaximum) {
  const std::string env =
      "USE_MULTI_CONNECTION=1\nWEBSOCKET_CONNECTIONS_MAX=1\n"
      "WEBSOCKET_CONNECTION_1_ENABLED=yes\nWEBSOCKET_CONNECTION_1_SYMBOLS=A\n"
      "WEBSOCKET_CONNECTION_2_ENABLED=on\nWEBSOCKET_CONNECTION_2_SYMBOLS=B\n";
  const Config config = Imported(env);
  const SourceConfig& massive = config.sources.at(0);
  EXPECT_EQ(massive.max_connections, 1U);
  EXPECT_TRUE(massive.connections.at(0).enabled);
  EXPECT_FALSE(massive.connections.at(1).enabled);
  EXPECT_THAT(ImportEnv(env), HasSubstr("connection 2 is beyond WEBSOCKET_CONNECTIONS_MAX"));
}

TEST(ImportEnv, MakesNamesThatAreAllowedAndDifferent) {
  const Config config = Imported(
      "USE_MULTI_CONNECTION=true\n"
      "WEBSOCKET_CONNECTION_1_NAME=tech leaders\n"
      "WEBSOCKET_CONNECTION_2_NAME=\"tech\tleaders\"\n"
      "WEBSOCKET_CONNECTION_3_NAME='\"}: [#'\n"
      "WEBSOCKET_CONNECTION_4_SYMBOLS=A\n");
  std::vector<std::string> names;
  for (const ConnectionConfig& connection : config.sources.at(0).connections) {
    names.push_back(connection.name);
  }
  EXPECT_THAT(names, ElementsAre("tech_leaders", "tech_leaders_2", "connection_3", "connection_4"));
}

TEST(ImportEnv, QuotesWhateverAValueHolds) {
  const Config config = Imported(
      "USE_MULTI_CONNECTION=true\n"
      "WEBSOCKET_CONNECTION_1_UNIVERSE_KEY='a\"b\\c: ${HOME} $x #d'\n"
      "WEBSOCKET_CONNECTION_1_SYMBOLS='\"A\",]:{,null,A B,*'\n");
  const ConnectionConfig& connection = config.sources.at(0).connections.at(0);
  EXPECT_EQ(connection.universe, "a\"b\\c: ${HOME} $x #d");
  EXPECT_THAT(connection.symbols, ElementsAre("\"A\"", "]:{", "null", "*"));
}

TEST(ImportEnv, CarriesTheSyntheticMarketOver) {
  const Config config = Imported(
      "USE_SYNTHETIC_DATA=true\nSYNTHETIC_DATA_RATE=250\nSYNTHETIC_SCENARIO=Opening_Bell\n"
      "SYNTHETIC_VOLATILITY=0.4\nSYNTHETIC_SEED=7\nSYNTHETIC_PATTERN_FREQUENCY=0.1\n"
      "SYNTHETIC_PATTERN_TYPES=Doji,ShootingStar,bullish_engulfing\n");
  const Options& options = config.sources.at(1).instance.options;
  EXPECT_EQ(options.Integer("rate"), 250);
  EXPECT_EQ(options.String("scenario"), "opening_bell");
  EXPECT_EQ(options.Number("volatility"), 0.4);
  EXPECT_EQ(options.Integer("seed"), 7);
  EXPECT_EQ(options.Number("pattern_frequency"), 0.1);
  EXPECT_THAT(options.Strings("patterns"),
              ElementsAre("doji", "shooting_star", "bullish_engulfing"));
}

TEST(ImportEnv, TakesAnUpdateFrequencyForAnInterval) {
  EXPECT_EQ(
      Imported("SYNTHETIC_UPDATE_FREQUENCY=0.25\n").sources.at(1).instance.options.Integer("rate"),
      4);
}

TEST(ImportEnv, CarriesTheRedisServerOver) {
  const Config config = Imported(
      "REDIS_HOST=cache.local\nREDIS_PORT=6380\nREDIS_DB=2\nREDIS_USERNAME=feed\n"
      "REDIS_PASSWORD=x\n");
  const Options& redis = config.sinks.at(0).instance.options;
  EXPECT_EQ(redis.String("url"), "redis://cache.local:6380");
  EXPECT_EQ(redis.Integer("database"), 2);
  EXPECT_EQ(redis.String("username"), "feed");
  EXPECT_EQ(redis.String("password"), "p");
  EXPECT_THAT(ImportEnv("REDIS_URL=redis://h:1/2\n"), HasSubstr("url: \"redis://h:1/2\""));
}

}  // namespace
}  // namespace feedmux
