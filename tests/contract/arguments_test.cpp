#include "arguments.hpp"

#include <gmock/gmock.h>

namespace feedmux::contract {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(Arguments, AreAPluginAndItsOptions) {
  std::string problem;
  const auto arguments = ParseArguments(
      {"sink.so", "--option", "url=redis://h?a=b", "--option", "key=", "--tickers", "A,B"},
      problem);
  ASSERT_TRUE(arguments) << problem;
  EXPECT_EQ(arguments->plugin, "sink.so");
  EXPECT_THAT(arguments->options, ElementsAre(Pair("url", "redis://h?a=b"), Pair("key", "")));
  EXPECT_THAT(arguments->tickers, ElementsAre("A", "B"));
}

TEST(Arguments, SayWhatIsWrong) {
  const auto problem_of = [](const std::vector<std::string>& words) {
    std::string problem;
    EXPECT_FALSE(ParseArguments(words, problem));
    return problem;
  };
  EXPECT_THAT(problem_of({}), HasSubstr("expected a plugin"));
  EXPECT_THAT(problem_of({"a.so", "b.so"}), HasSubstr("'a.so' and 'b.so'"));
  EXPECT_THAT(problem_of({"a.so", "--option", "x"}), HasSubstr("NAME=VALUE"));
  EXPECT_THAT(problem_of({"a.so", "--option"}), HasSubstr("needs a value"));
  EXPECT_THAT(problem_of({"a.so", "--what"}), HasSubstr("'--what'"));
  EXPECT_THAT(problem_of({"--help"}), IsEmpty());
}

TEST(Arguments, NeedNoPluginToListTheTests) {
  std::string problem;
  EXPECT_TRUE(ParseArguments({"--list"}, problem));
}

}  // namespace
}  // namespace feedmux::contract
