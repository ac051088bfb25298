#include "config/shown.hpp"

#include <gtest/gtest.h>

namespace feedmux {
namespace {

TEST(Shown, QuotesAndEscapes) {
  EXPECT_EQ(Shown("abc"), R"("abc")");
  EXPECT_EQ(Shown("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(Shown("a\nb\tc\x1b[31m"), R"("a\nb\tc\x1b[31m")");
}

TEST(Shown, CutsLongTextsBetweenCharacters) {
  std::string text(79, 'a');
  text += "€ and more";
  EXPECT_EQ(Shown(text), '"' + std::string(79, 'a') + "...\"");
}

TEST(MaskPasswords, HidesThePasswordOfAnUrl) {
  EXPECT_EQ(MaskPasswords("redis://user:pa55@host:6379/0"), "redis://user:***@host:6379/0");
  EXPECT_EQ(MaskPasswords("redis://:pa55@host"), "redis://:***@host");
}

TEST(MaskPasswords, HidesAPasswordThatHoldsDelimiters) {
  EXPECT_EQ(MaskPasswords("redis://u:p@/:?#ss@host"), "redis://u:***@host");
}

TEST(MaskPasswords, HidesATokenInPlaceOfAUser) {
  EXPECT_EQ(MaskPasswords("https://t0ken@host/x"), "https://***@host/x");
}

TEST(MaskPasswords, HidesEveryUrlOfAText) {
  EXPECT_EQ(MaskPasswords("a://u:x@h b://u:y@h"), "a://u:***@h b://u:***@h");
}

TEST(MaskPasswords, HidesSecretQueryParameters) {
  EXPECT_EQ(MaskPasswords("wss://h/p?apiKey=abc&x=1&access_token=d#f"),
            "wss://h/p?apiKey=***&x=1&access_token=***#f");
}

TEST(MaskPasswords, LeavesEverythingElse) {
  for (const char* text : {"wss://host:443/stocks?x=1", "AAPL", "a@b", "", "://", "?&="}) {
    EXPECT_EQ(MaskPasswords(text), text);
  }
}

}  // namespace
}  // namespace feedmux
