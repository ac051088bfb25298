#include "config/expand.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>  // setenv

#include "fake_plugins.hpp"

namespace feedmux {
namespace {

using testing::FakeEnvironment;

Expanded ExpandWith(std::string_view text, testing::Variables variables = {}) {
  return Expand(text, FakeEnvironment(std::move(variables)));
}

std::string OnlyError(const Expanded& expanded) {
  return expanded.errors.size() == 1 ? expanded.errors[0].message : "not one error";
}

TEST(Expand, LeavesTextWithoutReferencesAlone) {
  const Expanded expanded = ExpandWith("plain text, 5 $ and $VAR");
  EXPECT_EQ(expanded.text, "plain text, 5 $ and $VAR");
  EXPECT_FALSE(expanded.from_environment);
  EXPECT_TRUE(expanded.errors.empty());
}

TEST(Expand, PutsInTheValueOfAVariable) {
  const Expanded expanded = ExpandWith("${HOST}", {{"HOST", "db.local"}});
  EXPECT_EQ(expanded.text, "db.local");
  EXPECT_TRUE(expanded.from_environment);
}

TEST(Expand, TakesSeveralReferencesInOneText) {
  EXPECT_EQ(ExpandWith("${A}:${B}${A}", {{"A", "x"}, {"B", "y"}}).text, "x:yx");
}

TEST(Expand, WritesOneDollarForTwo) {
  EXPECT_EQ(ExpandWith("a$$b $${A} $$$$", {{"A", "x"}}).text, "a$b ${A} $$");
}

TEST(Expand, DoesNotLookAtAValueAgain) {
  EXPECT_EQ(ExpandWith("${A}", {{"A", "${B} $$ ${A}"}, {"B", "x"}}).text, "${B} $$ ${A}");
}

TEST(Expand, TakesTheDefaultOfAVariableThatIsNotSetOrEmpty) {
  EXPECT_EQ(ExpandWith("${A:-d}").text, "d");
  EXPECT_EQ(ExpandWith("${A:-d}", {{"A", ""}}).text, "d");
  EXPECT_EQ(ExpandWith("${A:-d}", {{"A", "x"}}).text, "x");
  EXPECT_EQ(ExpandWith("${A:-}").text, "");
  EXPECT_EQ(ExpandWith("${A:-a:-b:?c $$1}").text, "a:-b:?c $1");
}

TEST(Expand, TellsDefaultsFromValuesOfTheEnvironment) {
  EXPECT_FALSE(ExpandWith("${A:-d}").from_environment);
  EXPECT_TRUE(ExpandWith("${A:-d}", {{"A", "x"}}).from_environment);
}

TEST(Expand, TakesAnEmptyValueWhereNoneIsDemanded) {
  const Expanded expanded = ExpandWith("[${A}]", {{"A", ""}});
  EXPECT_EQ(expanded.text, "[]");
  EXPECT_TRUE(expanded.errors.empty());
}

TEST(Expand, NamesTheVariableThatIsNotSet) {
  const Expanded expanded = ExpandWith("${HOST}");
  EXPECT_EQ(OnlyError(expanded),
            "environment variable HOST is not set: set it, or write ${HOST:-default}");
  EXPECT_TRUE(expanded.errors[0].unset);
}

TEST(Expand, SaysTheMessageOfADemandedVariable) {
  EXPECT_EQ(OnlyError(ExpandWith("${KEY:?ask the desk}")),
            "environment variable KEY is not set: ask the desk");
  EXPECT_EQ(OnlyError(ExpandWith("${KEY:?ask the desk}", {{"KEY", ""}})),
            "environment variable KEY is empty: ask the desk");
}

TEST(Expand, ReportsEveryVariableOfAText) {
  EXPECT_EQ(ExpandWith("${A} ${B} ${C}", {{"B", "x"}}).errors.size(), 2U);
}

TEST(Expand, RefusesWhatIsNoReference) {
  const char* kNoName =
      "expected the name of an environment variable between ${ and }; a literal dollar is written "
      "$$";
  EXPECT_EQ(OnlyError(ExpandWith("${}")), kNoName);
  EXPECT_EQ(OnlyError(ExpandWith("${1A}")), kNoName);
  EXPECT_EQ(OnlyError(ExpandWith("${A B}")), kNoName);
  EXPECT_EQ(OnlyError(ExpandWith("${A-b}")), kNoName);
  EXPECT_EQ(OnlyError(ExpandWith("${A:}")), "expected ${VAR}, ${VAR:-default} or ${VAR:?message}");
  EXPECT_EQ(OnlyError(ExpandWith("${A:+b}")),
            "expected ${VAR}, ${VAR:-default} or ${VAR:?message}");
  EXPECT_EQ(OnlyError(ExpandWith("x${A")),
            "expected } at the end of ${...}; a literal dollar is written $$");
  EXPECT_EQ(OnlyError(ExpandWith("${A:-${B}}")), "a default or message cannot hold another ${...}");
}

TEST(Expand, RefusesAValueThatIsNotUtf8) {
  const Expanded expanded = ExpandWith("${A}", {{"A", "\xFF"}});
  EXPECT_EQ(OnlyError(expanded), "environment variable A holds no valid UTF-8");
  EXPECT_FALSE(expanded.errors[0].unset);
}

TEST(Expand, ReadsTheEnvironmentOfTheProcess) {
  ASSERT_EQ(setenv("FEEDMUX_TEST_VARIABLE", "value", 1), 0);
  EXPECT_EQ(Expand("${FEEDMUX_TEST_VARIABLE}", ProcessEnvironment()).text, "value");
  ASSERT_EQ(unsetenv("FEEDMUX_TEST_VARIABLE"), 0);
  EXPECT_FALSE(ProcessEnvironment()("FEEDMUX_TEST_VARIABLE"));
}

}  // namespace
}  // namespace feedmux
