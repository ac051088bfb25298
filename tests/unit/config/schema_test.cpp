#include "config/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fake_plugins.hpp"
#include "json_schema.hpp"

namespace feedmux {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

nlohmann::json FakeSchema() {
  return nlohmann::json::parse(ConfigSchema(testing::FakeCatalog().plugins));
}

std::string MismatchOf(const std::string& yaml) {
  return testing::JsonSchema{FakeSchema()}
      .FirstMismatch(testing::YamlAsJson::Parse(yaml))
      .value_or("");
}

TEST(ConfigSchema, IsOfTheDraftThatItNames) {
  EXPECT_EQ(FakeSchema()["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

TEST(ConfigSchema, AcceptsAValidFile) {
  EXPECT_EQ(MismatchOf(R"(
engine: {log_level: debug, shutdown_timeout: 1.5s, plugin_dirs: plugins, control: run/feedmux.sock}
universes: [{name: l, plugin: list, options: {path: x}}]
sources:
  - name: feed
    plugin: feed
    max_connections: 2
    options: {url: wss://h, api_key: "${KEY}", channels: [T, AM], ping: 5s}
    connections: [{name: 1, symbols: [AAPL, true, 7], enabled: false}]
sinks:
  - name: store
    plugin: store
    enabled: "${STORE:-true}"
    options: {port: "${PORT}", buffer: 64KiB, format: raw, keys: a}
    queue: {capacity: 5, max_bytes: 65536, when_full: block}
    filter: {kinds: trade, symbols: [A]}
    retry:
)"),
            "");
}

TEST(ConfigSchema, RefusesUnknownKeys) {
  EXPECT_EQ(MismatchOf("{engin: {}}"), "/engin: additionalProperties");
  EXPECT_EQ(MismatchOf("{sinks: [{name: a, plugin: store, queue: {size: 1}}]}"),
            "/sinks/0/queue/size: additionalProperties");
}

TEST(ConfigSchema, KnowsTheOptionsOfThePluginThatIsNamed) {
  EXPECT_EQ(MismatchOf("{sinks: [{name: a, plugin: store, options: {prot: 1}}]}"),
            "/sinks/0/options/prot: additionalProperties");
  EXPECT_EQ(MismatchOf("{sinks: [{name: a, plugin: \"null\", options: {port: 1}}]}"),
            "/sinks/0/options/port: additionalProperties");
}

TEST(ConfigSchema, DemandsWhatIsRequired) {
  EXPECT_EQ(MismatchOf("{sinks: [{name: a}]}"), "/sinks/0: required");
  EXPECT_EQ(MismatchOf("{sources: [{name: a, plugin: feed}]}"), "/sources/0: required");
  EXPECT_EQ(MismatchOf("{sources: [{name: a, plugin: feed, options: {url: x}}]}"),
            "/sources/0/options: required");
}

TEST(ConfigSchema, KnowsTypesRangesAndChoices) {
  const auto store = [](const std::string& options) {
    return MismatchOf("{sinks: [{name: a, plugin: store, options: {" + options + "}}]}");
  };
  EXPECT_EQ(store("port: 65536"), "/sinks/0/options/port: anyOf");
  EXPECT_EQ(store("port: abc"), "/sinks/0/options/port: anyOf");
  EXPECT_EQ(store("share: 1.5"), "/sinks/0/options/share: anyOf");
  EXPECT_EQ(store("buffer: 64KB"), "/sinks/0/options/buffer: anyOf");
  EXPECT_EQ(store("format: csv"), "/sinks/0/options/format: anyOf");
  EXPECT_EQ(store("verify: maybe"), "/sinks/0/options/verify: anyOf");
  EXPECT_EQ(store("keys: [a, b, c, d]"), "/sinks/0/options/keys: anyOf");
  EXPECT_EQ(MismatchOf("{engine: {shutdown_timeout: 5}}"), "/engine/shutdown_timeout: anyOf");
  EXPECT_EQ(MismatchOf("{sources: [{name: a, plugin: fed}]}"), "/sources/0/plugin: anyOf");
}

TEST(ConfigSchema, TellsDescriptionsAndDefaults) {
  const nlohmann::json schema = FakeSchema();
  const nlohmann::json& feed = schema["$defs"]["source_feed"];
  EXPECT_EQ(feed["description"], "For tests");
  EXPECT_EQ(feed["properties"]["url"]["description"], "Where the feed is");
  EXPECT_EQ(feed["properties"]["channels"]["default"], nlohmann::json::array({"T", "Q"}));
  const nlohmann::json& store = schema["$defs"]["sink_store"]["properties"];
  EXPECT_EQ(store["port"]["default"], 80);
  EXPECT_EQ(store["verify"]["default"], true);
  EXPECT_EQ(store["buffer"]["default"], "64KiB");
}

TEST(ConfigSchema, ShowsNoDefaultOfASecret) {
  const OptionSpec options[] = {
      {.name = "url", .default_value = "redis://u:s3cr3t@h", .secret = true}};
  const PluginDescriptor plugin = testing::FakePlugin(PluginKind::Sink, "x", options);
  const PluginDescriptor* plugins[] = {&plugin};
  const std::string schema = ConfigSchema(plugins);
  EXPECT_THAT(schema, Not(HasSubstr("s3cr3t")));
  EXPECT_THAT(schema, HasSubstr("writeOnly"));
}

TEST(ConfigSchema, StandsWithoutAnyPlugin) {
  const auto schema = nlohmann::json::parse(ConfigSchema({}));
  EXPECT_FALSE(testing::JsonSchema{schema}.FirstMismatch(
      testing::YamlAsJson::Parse("{sources: [{name: a, plugin: b, options: {c: 1}}]}")));
}

}  // namespace
}  // namespace feedmux
