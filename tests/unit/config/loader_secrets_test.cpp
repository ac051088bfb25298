#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/loader.hpp"
#include "fake_plugins.hpp"

namespace feedmux {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Lines;
using testing::LoadFake;
using ::testing::Not;

constexpr const char* kSecret = "s3cr3t";

TEST(LoaderSecrets, AreNotShownWhenTheyAreTheWrongThing) {
  const LoadResult result = LoadFake(
      "sinks:\n"
      "  - name: a\n"
      "    plugin: store\n"
      "    options: {pin: s3cr3t, modes: [a, s3cr3t], password: [s3cr3t]}\n");
  EXPECT_THAT(Lines(result), Each(Not(HasSubstr(kSecret))));
  EXPECT_THAT(Lines(result),
              Contains("4:20: sinks[0].options.pin: expected an integer, found a value that is not "
                       "shown"));
  EXPECT_THAT(Lines(result), Contains("4:39: sinks[0].options.modes[1]: expected one of: a, b, "
                                      "found a value that is not shown"));
}

TEST(LoaderSecrets, AreNotShownWhereABlankIsMissing) {
  for (const std::string key : {"password", "pasword"}) {
    const LoadResult result =
        LoadFake("sinks: [{name: a, plugin: store, options: {" + key + ":s3cr3t}}]\n");
    EXPECT_THAT(Lines(result), Each(Not(HasSubstr(kSecret))));
    EXPECT_THAT(Lines(result), Contains(HasSubstr("unknown key \"" + key +
                                                  ":***\" (a blank is missing after the colon)")));
  }
}

TEST(LoaderSecrets, GiveNoHint) {
  const LoadResult result =
      LoadFake("sinks: [{name: a, plugin: store, options: {modes: aa, format: \"${F}\"}}]\n",
               {{"F", "tickstok"}});
  EXPECT_THAT(Lines(result), Each(Not(HasSubstr("did you mean"))));
}

TEST(LoaderSecrets, AreNoHintForANameThatIsNear) {
  const LoadResult result = LoadFake(
      "sources: [{name: \"${S}\", plugin: plain}]\n"
      "sinks: [{name: a, plugin: \"null\", filter: {sources: [s3cr3]}}]\n",
      {{"S", kSecret}});
  EXPECT_THAT(Lines(result), ElementsAre("2:54: sinks[0].filter.sources[0]: expected the name of a "
                                         "source, found \"s3cr3\""));
}

TEST(LoaderSecrets, OfTheEnvironmentAreShownAsTheReference) {
  const LoadResult result = LoadFake(
      "engine: {log_level: \"${S}\", shutdown_timeout: \"${S}\"}\n"
      "sources:\n"
      "  - {name: \"${S} x\", plugin: \"${S}\", standby_for: \"${S}\", symbols: [\"${S} x\", a, "
      "a]}\n"
      "  - {name: b, plugin: plain, max_connections: \"${S}\", routing: \"${S}\", enabled: "
      "\"${S}\"}\n"
      "  - name: c\n"
      "    plugin: plain\n"
      "    universe: \"${S}\"\n"
      "    connections: [{name: x, symbols: [\"${S}\"]}, {name: y, symbols: [\"${S}\"]}]\n"
      "sinks:\n"
      "  - {name: \"${S}\", plugin: store, options: {port: \"${S}\", format: \"${S}\", pin: "
      "\"${S}\"}}\n"
      "  - {name: \"${S}\", plugin: store, filter: {kinds: \"${S}\", sources: \"${S}\"}}\n",
      {{"S", kSecret}});
  EXPECT_GE(result.problems.size(), 15U);
  EXPECT_THAT(Lines(result), Each(Not(HasSubstr(kSecret))));
  EXPECT_THAT(
      Lines(result),
      Contains(
          "10:51: sinks[0].options.port: expected an integer from 1 to 65535, found \"${S}\""));
}

TEST(LoaderSecrets, AreNotShownBesideTheReference) {
  const LoadResult result =
      LoadFake("sinks: [{name: a, plugin: store, options: {port: \"redis://:${S}@h\"}}]\n",
               {{"S", kSecret}});
  EXPECT_THAT(Lines(result), Contains(HasSubstr("found \"redis://:***@h\"")));
}

TEST(LoaderSecrets, CannotPutStructureIntoTheFile) {
  const LoadResult result =
      LoadFake("sinks: [{name: a, plugin: store, options: {url: \"${S}\", keys: \"${S}\"}}]\n",
               {{"S", "x\", port: 7, verify: \"false\n- a: [b, c]\n${HOME}"}});
  const Options& options = result.config.sinks.at(0).instance.options;
  EXPECT_EQ(options.String("url"), "x\", port: 7, verify: \"false\n- a: [b, c]\n${HOME}");
  EXPECT_THAT(options.Strings("keys"), ElementsAre(options.String("url")));
  EXPECT_EQ(options.Integer("port"), 80);
}

TEST(LoaderSecrets, DoNotChangeTheTypeOfAnOption) {
  const LoadResult result = LoadFake(
      "sinks: [{name: a, plugin: store, options: {url: \"${A}\", port: \"${B}\", keys: "
      "\"${C}\"}}]\n",
      {{"A", "null"}, {"B", "443"}, {"C", "[a, b]"}});
  const Options& options = result.config.sinks.at(0).instance.options;
  EXPECT_EQ(options.String("url"), "null");
  EXPECT_EQ(options.Integer("port"), 443);
  EXPECT_THAT(options.Strings("keys"), ElementsAre("[a, b]"));
}

TEST(LoaderSecrets, AreDemandedByName) {
  const LoadResult result = LoadFake(
      "sources:\n"
      "  - name: a\n"
      "    plugin: feed\n"
      "    options: {url: \"${HOST}\", api_key: \"${KEY:?ask the desk}\"}\n"
      "sinks: [{name: b, plugin: \"null\"}]\n");
  EXPECT_THAT(
      Lines(result),
      ElementsAre("4:20: sources[0].options.url: environment variable HOST is not set: set it, or "
                  "write ${HOST:-default}",
                  "4:40: sources[0].options.api_key: environment variable KEY is not set: ask the "
                  "desk"));
}

TEST(LoaderSecrets, AreNotDemandedOfWhatIsSwitchedOff) {
  const LoadResult result = LoadFake(
      "sources:\n"
      "  - name: a\n"
      "    plugin: feed\n"
      "    enabled: \"${USE_A:-false}\"\n"
      "    options: {url: \"${HOST}\", api_key: \"${KEY:?set it}\"}\n"
      "  - name: b\n"
      "    plugin: plain\n"
      "    connections: [{name: x, enabled: false, universe: \"${U}\"}]\n"
      "sinks:\n"
      "  - {name: c, plugin: store, enabled: false, queue: {capacity: \"${N}\"}}\n"
      "  - {name: d, plugin: \"null\"}\n");
  EXPECT_THAT(Lines(result), ElementsAre());
  EXPECT_FALSE(result.config.sources.at(0).enabled);
  EXPECT_FALSE(result.config.sources.at(0).instance.options.Has("url"));
  EXPECT_EQ(result.config.sinks.at(0).queue.capacity, 1'000'000U);
}

TEST(LoaderSecrets, AreCheckedForFormEvenWhereSwitchedOff) {
  const LoadResult result = LoadFake(
      "sources: [{name: a, plugin: feed, enabled: false, options: {url: \"${A B}\", api_key: "
      "k}}]\n");
  EXPECT_THAT(Lines(result), Contains(HasSubstr("sources[0].options.url: expected the name of an "
                                                "environment variable")));
}

}  // namespace
}  // namespace feedmux
