#include "plugins/plugin_text.hpp"

#include <gmock/gmock.h>

namespace feedmux {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(PluginText, LeavesPlainWordsAsTheyAre) {
  EXPECT_EQ(PluginText("connection refused: 10.0.0.7:443"), "connection refused: 10.0.0.7:443");
}

TEST(PluginText, HidesTheValueOfASecretOption) {
  HideFromPluginTexts("s3cr3t-of-text");
  EXPECT_EQ(PluginText("auth s3cr3t-of-text refused (s3cr3t-of-text)"), "auth *** refused (***)");
}

TEST(PluginText, HidesTheLongerOfTwoSecretsWhole) {
  HideFromPluginTexts("opensesame");
  HideFromPluginTexts("opensesame-and-more");
  EXPECT_EQ(PluginText("key opensesame-and-more"), "key ***");
}

TEST(PluginText, HidesPasswordsInUrls) {
  EXPECT_EQ(PluginText("redis://u:hush@host refused"), "redis://u:***@host refused");
}

TEST(PluginText, DoesNotLookForASecretOfThreeCharacters) {
  HideFromPluginTexts("123");
  EXPECT_EQ(PluginText("port 12345"), "port 12345");
}

TEST(PluginText, HidesASecretThatTheCutWouldSplit) {
  HideFromPluginTexts("split-by-the-cut");
  const std::string text = PluginText(std::string(kMostPluginText - 5, 'x') + "split-by-the-cut");
  EXPECT_THAT(text, Not(HasSubstr("split")));
}

TEST(PluginText, CutsWhatIsTooLongAndSaysSo) {
  const std::string text = PluginText(std::string(kMostPluginText + 7, 'x'));
  EXPECT_EQ(text, std::string(kMostPluginText, 'x') + "... (7 more bytes)");
}

TEST(PluginText, MakesControlCharactersVisible) {
  EXPECT_EQ(PluginText("two\nlines\x1b[31m"), "two\\x0alines\\x1b[31m");
}

}  // namespace
}  // namespace feedmux
