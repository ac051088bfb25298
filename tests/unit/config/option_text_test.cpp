#include "config/option_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedmux {
namespace {

using ::testing::ElementsAre;

OptionSpec Spec(OptionType type) { return {.name = "x", .type = type}; }

OptionSpec Between(OptionType type, double min, double max) {
  return {.name = "x", .type = type, .min = min, .max = max};
}

void ExpectValue(const OptionSpec& spec, std::string_view text, const OptionValue& value) {
  const auto parsed = ParseOptionText(spec, text);
  ASSERT_TRUE(parsed) << text;
  EXPECT_EQ(*parsed, value) << text;
}

void ExpectRefused(const OptionSpec& spec, std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_FALSE(ParseOptionText(spec, text)) << text;
}

TEST(OptionText, ReadsIntegers) {
  const OptionSpec spec = Spec(OptionType::Integer);
  ExpectValue(spec, "0", std::int64_t{0});
  ExpectValue(spec, "-7", std::int64_t{-7});
  ExpectValue(spec, "+7", std::int64_t{7});
  ExpectValue(spec, "9223372036854775807", INT64_MAX);
  ExpectRefused(spec, {"", " 1", "1 ", "1.0", "1e3", "0x10", "1_000", "9223372036854775808", "+-1",
                       "abc", "true"});
}

TEST(OptionText, KeepsIntegersInRange) {
  const OptionSpec spec = Between(OptionType::Integer, 1, 65535);
  ExpectValue(spec, "1", std::int64_t{1});
  ExpectValue(spec, "65535", std::int64_t{65535});
  ExpectRefused(spec, {"0", "65536", "-1"});
}

TEST(OptionText, ReadsNumbers) {
  const OptionSpec spec = Spec(OptionType::Number);
  ExpectValue(spec, "0.5", 0.5);
  ExpectValue(spec, "-1e3", -1000.0);
  ExpectValue(spec, "7", 7.0);
  ExpectRefused(spec, {"", "nan", "inf", "1e999", "1,5", "0x1p3", "1.5x"});
}

TEST(OptionText, ReadsBooleans) {
  const OptionSpec spec = Spec(OptionType::Boolean);
  ExpectValue(spec, "true", true);
  ExpectValue(spec, "False", false);
  ExpectRefused(spec, {"yes", "on", "1", "0", "", "tRUE"});
}

TEST(OptionText, ReadsDurations) {
  using std::chrono::milliseconds;
  const OptionSpec spec = Spec(OptionType::Duration);
  ExpectValue(spec, "250ms", milliseconds{250});
  ExpectValue(spec, "10s", milliseconds{10'000});
  ExpectValue(spec, "5m", milliseconds{300'000});
  ExpectValue(spec, "1h", milliseconds{3'600'000});
  ExpectValue(spec, "0.5s", milliseconds{500});
  ExpectRefused(spec, {"", "10", "10 s", "s", "1d", "-1s", "1e3s", "0.5ms", "1.2.3s",
                       "99999999999999999999h", "10S"});
}

TEST(OptionText, ReadsBytes) {
  const OptionSpec spec = Spec(OptionType::Bytes);
  ExpectValue(spec, "65536", std::int64_t{65536});
  ExpectValue(spec, "64KiB", std::int64_t{65536});
  ExpectValue(spec, "16MiB", std::int64_t{16} << 20);
  ExpectValue(spec, "1.5GiB", std::int64_t{3} << 29);
  ExpectRefused(spec, {"", "64KB", "64k", "-1", "1 MiB", "0.3", "9999999999GiB"});
}

TEST(OptionText, ReadsChoicesToTheLetter) {
  OptionSpec spec = Spec(OptionType::Choice);
  spec.choices = "pubsub|stream";
  ExpectValue(spec, "stream", std::string{"stream"});
  ExpectRefused(spec, {"", "Stream", "pubsub|stream", "str"});
}

TEST(OptionText, ReadsAnyTextAndAnyPathButNone) {
  ExpectValue(Spec(OptionType::String), "", std::string{});
  ExpectValue(Spec(OptionType::Strings), "a,b", std::string{"a,b"});
  ExpectValue(Spec(OptionType::Path), "a/b", std::string{"a/b"});
  ExpectRefused(Spec(OptionType::Path), {""});
}

TEST(OptionText, SaysWhatWouldBeValid) {
  EXPECT_EQ(Expected(Spec(OptionType::Integer)), "an integer");
  EXPECT_EQ(Expected(Between(OptionType::Integer, 1, 65535)), "an integer from 1 to 65535");
  EXPECT_EQ(Expected({.name = "x", .type = OptionType::Number, .min = 0.25}),
            "a number of at least 0.25");
  EXPECT_EQ(Expected({.name = "x", .type = OptionType::Integer, .max = 1e9}),
            "an integer of at most 1000000000");
  EXPECT_EQ(Expected(Between(OptionType::Duration, 1500, 3'600'000)),
            "a duration from 1500ms to 1h");
  EXPECT_EQ(Expected(Spec(OptionType::Duration)), "a duration such as 250ms, 10s, 5m or 1h");
  EXPECT_EQ(Expected({.name = "x", .type = OptionType::Bytes, .min = 65536}),
            "a size of at least 64KiB");
  EXPECT_EQ(Expected({.name = "x", .type = OptionType::Bytes, .max = 1e300}),
            "a size of at most 1e+300");
  EXPECT_EQ(Expected({.name = "x", .type = OptionType::Choice, .choices = "a|b"}), "one of: a, b");
  EXPECT_EQ(Expected({.name = "x", .type = OptionType::Choices, .min = 1, .choices = "a|b"}),
            "a list, at least 1 of: a, b");
  EXPECT_EQ(Expected(Between(OptionType::Strings, 1, 3)), "a list of text, 1 to 3 of them");
}

TEST(OptionText, ReadsDefaultsOfLists) {
  const auto list = [](const char* text) {
    return std::get<std::vector<std::string>>(
        *DefaultOf({.name = "x", .type = OptionType::Strings, .default_value = text}));
  };
  EXPECT_THAT(list("[T, Q]"), ElementsAre("T", "Q"));
  EXPECT_THAT(list("T,Q"), ElementsAre("T", "Q"));
  EXPECT_THAT(list("tickstock:market:ticks"), ElementsAre("tickstock:market:ticks"));
  EXPECT_THAT(list("[]"), ElementsAre());
}

TEST(OptionText, HasNoDefaultThatIsNotValid) {
  EXPECT_FALSE(DefaultOf({.name = "x", .type = OptionType::Integer, .default_value = "x"}));
  EXPECT_FALSE(DefaultOf(
      {.name = "x", .type = OptionType::Choices, .default_value = "[c]", .choices = "a|b"}));
  EXPECT_FALSE(DefaultOf(Spec(OptionType::String)));
}

}  // namespace
}  // namespace feedmux
