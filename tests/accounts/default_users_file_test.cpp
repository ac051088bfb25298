#include "feedmux/accounts/default_users_file.hpp"

#include <gtest/gtest.h>

#include "users_file_for.hpp"

namespace feedmux::accounts {
namespace {

TEST(DefaultUsersFile, IsInTheStateFolderOfTheUser) {
  EXPECT_EQ(UsersFileFor(false, "/state", "/tmp"), "/state/feedmux/users.json");
}

TEST(DefaultUsersFile, IsInTheHomeFolderWithoutOne) {
  EXPECT_EQ(UsersFileFor(false, "", "/tmp"), "/tmp/.local/state/feedmux/users.json");
}

TEST(DefaultUsersFile, ARelativeStateFolderIsNone) {
  EXPECT_EQ(UsersFileFor(false, "state", "/tmp"), "/tmp/.local/state/feedmux/users.json");
}

TEST(DefaultUsersFile, AServiceWithoutHomeHasItInVarLib) {
  for (const char* home : {"", "/nonexistent"}) {
    EXPECT_EQ(UsersFileFor(false, "", home), "/var/lib/feedmux/users.json");
  }
}

TEST(DefaultUsersFile, RootHasItInVarLibWhosoeverHomeSudoPassedOn) {
  EXPECT_EQ(UsersFileFor(true, "/state", "/tmp"), "/var/lib/feedmux/users.json");
}

TEST(DefaultUsersFile, IsAbsoluteHere) { EXPECT_TRUE(DefaultUsersFile().is_absolute()); }

}  // namespace
}  // namespace feedmux::accounts
