#include "option_values.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace feedmux::contract {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

std::optional<OptionValue> Parse(const OptionSpec& spec, const std::string& text) {
  std::string problem;
  return ParseValue(spec, text, problem);
}

TEST(ParseValue, ReadsEachType) {
  EXPECT_EQ(Parse({.type = OptionType::Integer}, "-3"), OptionValue{std::int64_t{-3}});
  EXPECT_EQ(Parse({.type = OptionType::Number}, "1e3"), OptionValue{1000.0});
  EXPECT_EQ(Parse({.type = OptionType::Boolean}, "true"), OptionValue{true});
  EXPECT_EQ(Parse({.type = OptionType::Duration}, "1.5s"), OptionValue{1500ms});
  EXPECT_EQ(Parse({.type = OptionType::Bytes}, "64KiB"), OptionValue{std::int64_t{65536}});
  EXPECT_EQ(Parse({.type = OptionType::Choice, .choices = "a|b"}, "b"),
            OptionValue{std::string{"b"}});
  EXPECT_EQ(Parse({.type = OptionType::Strings}, "a,b"),
            (OptionValue{std::vector<std::string>{"a", "b"}}));
}

TEST(ParseValue, RefusesWhatIsNoneOfTheType) {
  EXPECT_FALSE(Parse({.type = OptionType::Integer}, "3 "));
  EXPECT_FALSE(Parse({.type = OptionType::Integer}, "large"));
  EXPECT_FALSE(Parse({.type = OptionType::Boolean}, "yes"));
  EXPECT_FALSE(Parse({.type = OptionType::Duration}, "10"));
  EXPECT_FALSE(Parse({.type = OptionType::Bytes}, "1KB"));
  EXPECT_FALSE(Parse({.type = OptionType::Choice, .choices = "a|b"}, "c"));
  EXPECT_FALSE(Parse({.type = OptionType::Choices, .choices = "a|b"}, "a,c"));
}

TEST(ParseValue, RefusesWhatIsOutOfRange) {
  std::string problem;
  EXPECT_FALSE(ParseValue({.type = OptionType::Duration, .min = 1000}, "10ms", problem));
  EXPECT_THAT(problem, HasSubstr("outside"));
}

TEST(UnusualValues, StayWithinTheTable) {
  EXPECT_THAT(UnusualValues({.type = OptionType::Integer, .min = 1, .max = 9}),
              ElementsAre(OptionValue{std::int64_t{1}}, OptionValue{std::int64_t{9}}));
  EXPECT_THAT(UnusualValues({.type = OptionType::Choice, .choices = "a|b"}),
              ElementsAre(OptionValue{std::string{"a"}}, OptionValue{std::string{"b"}}));
}

}  // namespace
}  // namespace feedmux::contract
