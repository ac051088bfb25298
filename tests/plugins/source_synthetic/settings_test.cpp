#include "settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feedmux/errors.hpp"
#include "feedmux/testing/make_options.hpp"
#include "options.hpp"

namespace feedmux::synthetic {
namespace {

using feedmux::testing::MakeOptions;
using Values = std::initializer_list<std::pair<std::string_view, std::string>>;

Settings Read(Values values) { return ReadSettings(MakeOptions(kOptionTable, values)); }

/// "option: what would be valid", or nothing if there was no error.
std::string ErrorOf(Values values) {
  try {
    Read(values);
  } catch (const OptionError& error) {
    return error.option() + ": " + error.what();
  }
  return "";
}

TEST(SyntheticSettings, DefaultsMakeEveryKindAndPattern) {
  const Settings settings = Read({});
  EXPECT_EQ(settings.kinds, MaskOf(Kind::Trade) | MaskOf(Kind::Quote) | MaskOf(Kind::Bar));
  EXPECT_EQ(settings.patterns.size(), 6u);
  EXPECT_EQ(settings.pattern_frequency, 0);
  EXPECT_FALSE(settings.start_ns);
}

TEST(SyntheticSettings, FramesAreAtMostAThousandASecond) {
  EXPECT_EQ(Read({{"rate", "1"}}).batch, 1u);
  EXPECT_EQ(Read({{"rate", "1000"}}).batch, 1u);
  EXPECT_EQ(Read({{"rate", "1001"}}).batch, 2u);
  EXPECT_EQ(Read({{"rate", "250000"}}).batch, 250u);
  EXPECT_EQ(Read({{"rate", "0"}}).batch, 1024u);
  EXPECT_EQ(Read({{"rate", "250000"}, {"batch", "50"}}).batch, 50u);
}

TEST(SyntheticSettings, ReadsEveryName) {
  for (std::size_t i = 0; i < kPatternNames.size(); ++i) {
    EXPECT_THAT(Read({{"patterns", std::string{kPatternNames[i]}}}).patterns,
                ::testing::ElementsAre(static_cast<Pattern>(i)));
  }
  for (std::size_t i = 0; i < kScenarioNames.size(); ++i) {
    EXPECT_EQ(Read({{"scenario", std::string{kScenarioNames[i]}}}).scenario,
              static_cast<Scenario>(i));
  }
}

TEST(SyntheticSettings, ReadsTheStartTimeAsUtc) {
  EXPECT_EQ(Read({{"start_time", "2024-01-22T14:30:00Z"}}).start_ns, 1'705'933'800'000'000'000);
}

TEST(SyntheticSettings, RefusesATimeThatIsNone) {
  const std::string expected =
      "start_time: a UTC time from 1971 to 2200 such as 2024-01-22T14:30:00Z";
  for (const char* text : {"", "soon", "2024-02-30T00:00:00Z", "2024-01-22 14:30:00Z",
                           "2024-01-22T14:30:00", "2024-01-22T24:00:00Z", "2024-01-22T14:30:00Zx",
                           "2024-13-01T00:00:00Z", "1492-01-01T00:00:00Z"}) {
    EXPECT_EQ(ErrorOf({{"start_time", text}}), expected) << text;
  }
}

TEST(SyntheticSettings, SimulatedTimePassesAtTheRateUnlessTold) {
  const char* start = "2024-01-22T14:30:00Z";
  EXPECT_EQ(Read({{"start_time", start}, {"rate", "50"}}).simulated_rate, 50);
  EXPECT_EQ(Read({{"start_time", start}, {"rate", "0"}}).simulated_rate, 1000);
  EXPECT_EQ(Read({{"start_time", start}, {"simulated_rate", "9"}}).simulated_rate, 9);
  EXPECT_EQ(ErrorOf({{"simulated_rate", "9"}}),
            "simulated_rate: nothing, unless start_time is set");
}

TEST(SyntheticSettings, RefusesWhatCannotWork) {
  EXPECT_EQ(ErrorOf({{"kinds", ""}}), "kinds: at least one of trade, quote, bar");
  EXPECT_EQ(ErrorOf({{"patterns", ""}}), "patterns: at least one pattern");
  EXPECT_EQ(ErrorOf({{"price_min", "30"}, {"price_max", "20"}}),
            "price_max: at least price_min (30)");
}

}  // namespace
}  // namespace feedmux::synthetic
