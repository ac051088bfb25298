#include "feedmux/accounts/password.hpp"

#include <gmock/gmock.h>

#include <set>  // set

namespace feedmux::accounts {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

TEST(PasswordPolicy, TakesTenCharacters) {
  EXPECT_EQ(PasswordProblem("0123456789"), "");
  EXPECT_THAT(PasswordProblem("012345678"), HasSubstr("at least 10 characters, found 9"));
}

TEST(PasswordPolicy, CountsCharactersNotBytes) {
  // Nine of two bytes each.
  const std::string nine =
      "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4";
  EXPECT_THAT(PasswordProblem(nine), HasSubstr("found 9"));
  EXPECT_EQ(PasswordProblem(nine + "a"), "");
}

TEST(PasswordPolicy, EndsAtAThousandTwentyFourBytes) {
  EXPECT_EQ(PasswordProblem(std::string(1024, 'a')), "");
  EXPECT_THAT(PasswordProblem(std::string(1025, 'a')), HasSubstr("at most 1024 bytes"));
}

TEST(PasswordPolicy, RefusesWhatAnArrowKeyTypes) {
  EXPECT_THAT(PasswordProblem("0123456789\x1b[A"), HasSubstr("control characters"));
}

TEST(PasswordPolicy, ShowsNothingOfThePassword) {
  EXPECT_THAT(PasswordProblem("hunter2"), Not(HasSubstr("hunter2")));
}

TEST(RandomPassword, IsReadableAndValid) {
  const std::string password = RandomPassword();
  EXPECT_THAT(password, MatchesRegex("[a-km-np-z2-9]{5}(-[a-km-np-z2-9]{5}){3}"));
  EXPECT_EQ(PasswordProblem(password), "");
}

TEST(RandomPassword, IsAnotherOneEachTime) {
  std::set<std::string> passwords;
  for (int i = 0; i < 100; ++i) passwords.insert(RandomPassword());
  EXPECT_EQ(passwords.size(), 100u);
}

TEST(RandomPassword, UsesAllLetters) {
  std::set<char> letters;
  for (int i = 0; i < 100; ++i) {
    for (const char c : RandomPassword()) letters.insert(c);
  }
  EXPECT_EQ(letters.size(), 33u);  // 32 and the dash
}

TEST(WipeSecret, LeavesNothingInItsMemory) {
  std::string secret(100, 's');
  const char* memory = secret.data();
  secret.resize(5);
  Wipe(secret);
  EXPECT_TRUE(secret.empty());
  ASSERT_EQ(secret.data(), memory);
  // Beyond its size, within its capacity.
  EXPECT_EQ(std::string_view(memory, 100), std::string(100, '\0'));
}

}  // namespace
}  // namespace feedmux::accounts
