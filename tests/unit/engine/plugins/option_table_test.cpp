#include "plugins/option_table.hpp"

#include <gmock/gmock.h>

#include <limits>  // numeric_limits

namespace feedmux {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// The option as the second one of its table.
std::string RefusalOf(const OptionSpec& option) {
  const OptionSpec table[] = {{.name = "first", .description = "What comes first"}, option};
  return TableRefusal(table);
}

TEST(OptionTable, IsAcceptedWithOptionsOfEveryKind) {
  const OptionSpec table[] = {
      {.name = "url", .required = true, .secret = true, .description = "Where to"},
      {.name = "port",
       .type = OptionType::Integer,
       .default_value = "1",
       .min = 1,
       .max = 1,
       .description = "Where"},
      {.name = "wait", .type = OptionType::Duration, .default_value = "1s", .description = "When"},
      {.name = "kind",
       .type = OptionType::Choice,
       .default_value = "b",
       .choices = "a|b",
       .description = "Which"},
      {.name = "kinds",
       .type = OptionType::Choices,
       .default_value = "[a, b]",
       .max = 2,
       .choices = "a|b",
       .description = "Which ones"},
      {.name = "text", .default_value = "", .description = "What"}};
  EXPECT_EQ(TableRefusal(table), "");
  EXPECT_EQ(TableRefusal({}), "");
}

TEST(OptionTable, IsRefusedForAName) {
  EXPECT_EQ(RefusalOf({.description = "Of what?"}), "its option 2 has no name");
  EXPECT_EQ(RefusalOf({.name = "", .description = "Of what?"}), "its option 2 has no name");
  EXPECT_EQ(RefusalOf({.name = "a\nb", .description = "Of what?"}),
            "its option 2 has the name \"a\\nb\", expected one of a-z, 0-9 and _");
  EXPECT_EQ(RefusalOf({.name = "first", .description = "Again"}),
            "its option 2 has the name \"first\", as an earlier one has");
}

TEST(OptionTable, IsRefusedForADescription) {
  EXPECT_EQ(RefusalOf({.name = "x"}), "its option 2, \"x\", has no description");
  EXPECT_EQ(RefusalOf({.name = "x", .description = ""}), "its option 2, \"x\", has no description");
}

TEST(OptionTable, IsRefusedForAType) {
  EXPECT_EQ(RefusalOf({.name = "x", .type = static_cast<OptionType>(99), .description = "X"}),
            "its option 2, \"x\", is of type 99, expected 0 (String) to 9 (Choices)");
}

TEST(OptionTable, IsRefusedForChoices) {
  for (const OptionType type : {OptionType::Choice, OptionType::Choices}) {
    for (const char* none : {static_cast<const char*>(nullptr), ""}) {
      EXPECT_EQ(RefusalOf({.name = "x", .type = type, .choices = none, .description = "X"}),
                "its option 2, \"x\", has no choices, expected some as in \"a|b\"");
    }
    for (const std::string choices : {"|a", "a|", "a||b", "|"}) {
      EXPECT_EQ(
          RefusalOf({.name = "x", .type = type, .choices = choices.c_str(), .description = "X"}),
          "its option 2, \"x\", has an empty choice in \"" + choices +
              "\", expected as in \"a|b\"");
    }
  }
}

TEST(OptionTable, IsRefusedForARange) {
  EXPECT_EQ(
      RefusalOf({.name = "x", .type = OptionType::Integer, .min = 9, .max = 1, .description = "X"}),
      "its option 2, \"x\", has the range 9 to 1, expected min to be at most max");
  EXPECT_THAT(RefusalOf({.name = "x",
                         .type = OptionType::Integer,
                         .min = std::numeric_limits<double>::quiet_NaN(),
                         .description = "X"}),
              HasSubstr("has the range nan to inf"));
}

TEST(OptionTable, IsRefusedForWhatIsRequiredAndHasADefault) {
  EXPECT_EQ(
      RefusalOf({.name = "x", .default_value = "a", .required = true, .description = "X"}),
      "its option 2, \"x\", is required and has the default \"a\", expected one or the other");
}

TEST(OptionTable, IsRefusedForADefaultOfAnotherType) {
  EXPECT_EQ(
      RefusalOf(
          {.name = "x", .type = OptionType::Duration, .default_value = "soon", .description = "X"}),
      "its option 2, \"x\", has the default \"soon\", expected a duration such as 250ms, "
      "10s, 5m or 1h");
  EXPECT_EQ(RefusalOf({.name = "x",
                       .type = OptionType::Choice,
                       .default_value = "c",
                       .choices = "a|b",
                       .description = "X"}),
            "its option 2, \"x\", has the default \"c\", expected one of: a, b");
}

TEST(OptionTable, IsRefusedForADefaultOutOfItsRange) {
  EXPECT_EQ(RefusalOf({.name = "x",
                       .type = OptionType::Integer,
                       .default_value = "9",
                       .min = 1,
                       .max = 8,
                       .description = "X"}),
            "its option 2, \"x\", has the default \"9\", expected an integer from 1 to 8");
}

TEST(OptionTable, IsRefusedForADefaultWithTooFewItems) {
  EXPECT_EQ(RefusalOf({.name = "x",
                       .type = OptionType::Strings,
                       .default_value = "a",
                       .min = 2,
                       .description = "X"}),
            "its option 2, \"x\", has the default \"a\", expected a list of text, at least 2");
}

TEST(OptionTable, IsRefusedWithoutShowingASecret) {
  const OptionSpec secret{.name = "x",
                          .type = OptionType::Integer,
                          .default_value = "hunter2",
                          .secret = true,
                          .description = "X"};
  EXPECT_EQ(RefusalOf(secret),
            "its option 2, \"x\", has a default that is not shown, expected an integer");
  OptionSpec required = secret;
  required.required = true;
  EXPECT_THAT(RefusalOf(required), Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace feedmux
