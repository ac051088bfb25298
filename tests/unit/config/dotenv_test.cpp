#include "config/dotenv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The value of the one variable of a text that gives no cause for a remark.
std::string ValueOf(std::string_view text) {
  const Dotenv dotenv = ParseDotenv(text);
  EXPECT_THAT(dotenv.remarks, IsEmpty()) << text;
  return dotenv.variables.size() == 1 ? dotenv.variables[0].value : "not one variable";
}

TEST(Dotenv, ReadsValuesWithoutQuotes) {
  EXPECT_EQ(ValueOf("A=b"), "b");
  EXPECT_EQ(ValueOf("  A = b c  "), "b c");
  EXPECT_EQ(ValueOf("export A=b"), "b");
  EXPECT_EQ(ValueOf("A="), "");
  EXPECT_EQ(ValueOf("A=b=c"), "b=c");
  EXPECT_EQ(ValueOf("A=it's"), "it's");
}

TEST(Dotenv, EndsAValueAtAComment) {
  EXPECT_EQ(ValueOf("A=b # c"), "b");
  EXPECT_EQ(ValueOf("A=b#c"), "b#c");
  EXPECT_EQ(ValueOf("A= # c"), "");
}

TEST(Dotenv, KeepsWhatStandsBetweenSingleQuotes) {
  EXPECT_EQ(ValueOf(R"(A='b \n "c" # $d' # e)"), R"(b \n "c" # $d)");
}

TEST(Dotenv, ResolvesEscapesBetweenDoubleQuotes) {
  EXPECT_EQ(ValueOf(R"(A="b\n\"c\" \\ \$ \x # d")"), "b\n\"c\" \\ $ \\x # d");
}

TEST(Dotenv, ReadsQuotesOverSeveralLines) {
  const Dotenv dotenv = ParseDotenv("A='b\nC=d\n'\nE=f\n");
  ASSERT_EQ(dotenv.variables.size(), 2U);
  EXPECT_EQ(dotenv.variables[0].value, "b\nC=d\n");
  EXPECT_EQ(dotenv.variables[1].line, 4);
}

TEST(Dotenv, PassesOverCommentsAndBlankLines) {
  EXPECT_EQ(ValueOf("\n# A=x\n   \n  # y\nA=b\n\n"), "b");
}

TEST(Dotenv, ReadsFilesFromWindows) {
  EXPECT_EQ(ValueOf("\xEF\xBB\xBF"
                    "A=b\r\n"),
            "b");
}

TEST(Dotenv, TakesTheLastOfTwoValuesAndSaysSo) {
  const Dotenv dotenv = ParseDotenv("A=b\nC=d\nA=e\n");
  ASSERT_EQ(dotenv.variables.size(), 2U);
  EXPECT_EQ(dotenv.variables[1].name, "A");
  EXPECT_EQ(dotenv.variables[1].value, "e");
  EXPECT_THAT(dotenv.remarks,
              ElementsAre("line 3 sets the same variable as line 1: the last one counts"));
}

TEST(Dotenv, LeavesOutBadLinesByNumberAndGoesOn) {
  const Dotenv dotenv = ParseDotenv("no value\n=x\n1A=x\nA B=x\nC=\"x\nD='x' y\nE=\xFF\nF=g\n");
  ASSERT_EQ(dotenv.variables.size(), 1U);
  EXPECT_EQ(dotenv.variables[0].value, "g");
  EXPECT_THAT(dotenv.remarks, ElementsAre("line 1 is left out: no NAME=value",
                                          "line 2 is left out: no valid name before the =",
                                          "line 3 is left out: no valid name before the =",
                                          "line 4 is left out: no valid name before the =",
                                          "line 5 is left out: the quote has no end",
                                          "line 6 is left out: text after the closing quote",
                                          "line 7 is left out: a value that is not UTF-8"));
}

TEST(Dotenv, HasNothingWithoutText) {
  EXPECT_THAT(ParseDotenv("").variables, IsEmpty());
  EXPECT_THAT(ParseDotenv("\n\n").remarks, IsEmpty());
}

}  // namespace
}  // namespace feedmux
