#include "config/core_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/option_text.hpp"
#include "feedmux/kind.hpp"

namespace feedmux {
namespace {

const OptionSpec& Find(const Section& section, std::string_view name) {
  for (const OptionSpec& spec : section.options) {
    if (spec.name == name) return spec;
  }
  throw std::invalid_argument("no such option");
}

TEST(CoreTables, KnowEveryKind) {
  EXPECT_THAT(ChoicesOf(Find(kFilterSection, "kinds")),
              ::testing::ElementsAreArray(kKindNames.begin(), kKindNames.end()));
}

TEST(CoreTables, HaveValidDefaultsAndDescriptions) {
  for (const Section* section :
       {&kRootSection, &kEngineSection, &kUniverseSection, &kSourceSection, &kConnectionSection,
        &kSinkSection, &kQueueSection, &kFilterSection, &kRetrySection}) {
    for (const OptionSpec& spec : section->options) {
      EXPECT_TRUE(spec.description) << spec.name;
      EXPECT_EQ(DefaultOf(spec).has_value(), spec.default_value != nullptr) << spec.name;
    }
  }
}

}  // namespace
}  // namespace feedmux
