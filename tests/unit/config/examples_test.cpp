#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>  // directory_iterator
#include <fstream>     // ifstream
#include <iterator>    // istreambuf_iterator

#include "config/loader.hpp"
#include "config/schema.hpp"
#include "fake_plugins.hpp"
#include "json_schema.hpp"
#include "plugins/registry.hpp"

namespace feedmux {
namespace {

/// The plugins as they are built.
PluginCatalog BuiltPlugins(const std::vector<std::string>& = {}) {
  const PluginRegistry registry{{FEEDMUX_PLUGIN_FOLDER}};
  PluginCatalog catalog;
  for (const LoadedPlugin& plugin : registry.plugins()) {
    catalog.plugins.push_back(plugin.descriptor);
  }
  return catalog;
}

/// The shipped configurations.
std::vector<std::filesystem::path> Examples() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{FEEDMUX_EXAMPLES_FOLDER}) {
    const bool is_lists = entry.path().filename() == "universes.yaml";
    if (entry.path().extension() == ".yaml" && !is_lists) files.push_back(entry.path());
  }
  return files;
}

class Example : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(Example, HasNoProblem) {
  const LoadResult result = LoadConfig(GetParam(), BuiltPlugins,
                                       testing::FakeEnvironment({{"MASSIVE_API_KEY", "a-key"}}));
  EXPECT_THAT(testing::Lines(result), ::testing::IsEmpty());
}

TEST_P(Example, ConformsToTheSchema) {
  std::ifstream stream{GetParam()};
  const std::string text{std::istreambuf_iterator<char>{stream}, {}};
  const testing::JsonSchema schema{nlohmann::json::parse(ConfigSchema(BuiltPlugins().plugins))};
  EXPECT_EQ(schema.FirstMismatch(testing::YamlAsJson::Parse(text)), std::nullopt);
}

TEST(Example, WithAKeyDemandsItUnlessItIsSwitchedOff) {
  const std::filesystem::path file =
      std::filesystem::path{FEEDMUX_EXAMPLES_FOLDER} / "massive.yaml";
  EXPECT_FALSE(LoadConfig(file, BuiltPlugins, testing::FakeEnvironment()).ok());
  EXPECT_TRUE(
      LoadConfig(file, BuiltPlugins, testing::FakeEnvironment({{"USE_MASSIVE", "false"}})).ok());
}

INSTANTIATE_TEST_SUITE_P(Config, Example, ::testing::ValuesIn(Examples()),
                         [](const auto& example) { return example.param.stem().string(); });

}  // namespace
}  // namespace feedmux
