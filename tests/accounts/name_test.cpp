#include "feedmux/accounts/name.hpp"

#include <gmock/gmock.h>

#include "feedmux/accounts/role.hpp"

namespace feedmux::accounts {
namespace {

using ::testing::HasSubstr;

TEST(AccountName, MayHoldLettersDigitsAndFourSigns) {
  for (const char* name : {"a", "Anna", "anna.b_c-d@example.org", "007", "-"}) {
    EXPECT_EQ(NameProblem(name), "") << name;
  }
}

TEST(AccountName, HasAtMostSixtyFourCharacters) {
  EXPECT_EQ(NameProblem(std::string(64, 'a')), "");
  EXPECT_NE(NameProblem(std::string(65, 'a')), "");
}

TEST(AccountName, AnythingElseIsRefusedAndShown) {
  for (const char* name : {"", "a b", "a/b", "a\"b", "\xc3\xa4", "a\n"}) {
    EXPECT_NE(NameProblem(name), "") << name;
  }
  EXPECT_THAT(NameProblem("a b"), HasSubstr("found \"a b\""));
}

TEST(AccountName, ARefusedOneCannotDisturbTheTerminal) {
  EXPECT_THAT(NameProblem("\x1b[2J\xff"), HasSubstr("found \"\\u001b[2J\\ufffd\""));
}

TEST(Role, NamesTurnBack) {
  for (const Role role : {Role::User, Role::Viewer, Role::Super, Role::Admin}) {
    EXPECT_EQ(RoleFromName(Name(role)), role);
  }
  EXPECT_EQ(Name(Role::Admin), "admin");
  EXPECT_EQ(RoleFromName("Admin"), std::nullopt);
  EXPECT_EQ(RoleFromName(""), std::nullopt);
}

}  // namespace
}  // namespace feedmux::accounts
