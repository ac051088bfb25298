#include "feedmux/testing/make_options.hpp"

#include <gmock/gmock.h>

namespace feedmux::testing {
namespace {

using ::testing::ElementsAre;
using namespace std::chrono_literals;

constexpr OptionSpec kTable[] = {
    {.name = "url", .required = true},
    {.name = "channels", .type = OptionType::Strings, .default_value = "a,b"},
    {.name = "timeout", .type = OptionType::Duration, .default_value = "5s"},
    {.name = "buffer", .type = OptionType::Bytes, .default_value = "64KiB"},
    {.name = "verify", .type = OptionType::Boolean, .default_value = "true"},
    {.name = "share", .type = OptionType::Number, .default_value = "0.25"},
    {.name = "count", .type = OptionType::Integer, .default_value = "3"}};

TEST(MakeOptions, FillsInTheDefaultsOfTheTable) {
  const Options options = MakeOptions(kTable);
  EXPECT_FALSE(options.Has("url"));
  EXPECT_THAT(options.Strings("channels"), ElementsAre("a", "b"));
  EXPECT_EQ(options.Duration("timeout"), 5s);
  EXPECT_EQ(options.Integer("buffer"), 65536);
  EXPECT_TRUE(options.Boolean("verify"));
  EXPECT_EQ(options.Number("share"), 0.25);
  EXPECT_EQ(options.Integer("count"), 3);
}

TEST(MakeOptions, PutsValuesOnTop) {
  const Options options =
      MakeOptions(kTable, {{"url", "redis://h"}, {"timeout", "2m"}, {"channels", "x"}});
  EXPECT_EQ(options.String("url"), "redis://h");
  EXPECT_EQ(options.Duration("timeout"), 2min);
  EXPECT_THAT(options.Strings("channels"), ElementsAre("x"));
}

TEST(MakeOptions, RefusesANameThatIsNotInTheTable) {
  EXPECT_THROW(MakeOptions(kTable, {{"uri", "x"}}), std::invalid_argument);
}

TEST(ParseOption, RefusesUnknownUnits) {
  EXPECT_THROW(ParseOption(OptionType::Duration, "5d"), std::invalid_argument);
  EXPECT_THROW(ParseOption(OptionType::Bytes, "5KB"), std::invalid_argument);
}

}  // namespace
}  // namespace feedmux::testing
