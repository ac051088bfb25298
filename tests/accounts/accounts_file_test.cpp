// The file changes under a running Accounts, as the command line does it and as it should not be.
#include <gmock/gmock.h>

#include <memory>  // unique_ptr

#include "feedmux/accounts/accounts.hpp"
#include "users_file.hpp"

namespace feedmux::accounts {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class AccountsFile : public ::testing::Test {
 protected:
  AccountsFile() {
    command_line_.AddUser("anna", Role::Admin, kPassword);
    token_ = command_line_.AddToken("grafana", Role::Viewer);
    running_ = std::make_unique<Accounts>(file_.path(), kCheap);
    good_ = file_.Read();
  }

  /// Nobody is let in, and every call says why.
  void ExpectClosed(const char* why) {
    EXPECT_THAT(ErrorOf([&] { running_->Empty(); }), HasSubstr(why));
    EXPECT_THAT(ErrorOf([&] { running_->Users(); }), HasSubstr(why));
    EXPECT_THAT(ErrorOf([&] { running_->Find("anna"); }), HasSubstr(why));
    EXPECT_THAT(ErrorOf([&] { running_->CheckPassword("anna", kPassword); }), HasSubstr(why));
    EXPECT_THAT(ErrorOf([&] { running_->CheckToken(token_); }), HasSubstr(why));
    EXPECT_THAT(ErrorOf([&] { running_->Tokens(); }), HasSubstr(why));
    EXPECT_THAT(ErrorOf([&] { running_->AddUser("bob", Role::User, kPassword); }), HasSubstr(why));
    EXPECT_THAT(ErrorOf([&] { running_->RemoveUser("anna"); }), HasSubstr(why));
    EXPECT_THAT(ErrorOf([&] { running_->AddToken("bob", Role::User); }), HasSubstr(why));
    EXPECT_THAT(ErrorOf([&] { Accounts{file_.path()}; }), HasSubstr(why));
  }

  UsersFile file_;
  Accounts command_line_{file_.path(), kCheap};
  std::string token_;
  std::string good_;
  std::unique_ptr<Accounts> running_;
};

TEST_F(AccountsFile, AUserAddedElsewhereCanLogIn) {
  command_line_.AddUser("bob", Role::Viewer, kPassword);
  EXPECT_TRUE(running_->CheckPassword("bob", kPassword));
}

TEST_F(AccountsFile, AUserRemovedElsewhereCannot) {
  command_line_.RemoveUser("anna");
  EXPECT_FALSE(running_->Find("anna"));
  EXPECT_FALSE(running_->CheckPassword("anna", kPassword));
}

TEST_F(AccountsFile, ATokenRevokedElsewhereIsWorthless) {
  ASSERT_TRUE(running_->CheckToken(token_));
  command_line_.RevokeToken("grafana");
  EXPECT_FALSE(running_->CheckToken(token_));
}

TEST_F(AccountsFile, ChangesInQuickSuccessionAreAllSeen) {
  // Times of files have steps of milliseconds, and inodes are used again.
  for (int i = 0; i < 50; ++i) {
    command_line_.AddUser("bob", Role::Viewer, kPassword);
    ASSERT_TRUE(running_->Find("bob")) << i;
    command_line_.RemoveUser("bob");
    ASSERT_FALSE(running_->Find("bob")) << i;
  }
}

TEST_F(AccountsFile, AChangeInPlaceOfTheSameSizeIsSeen) {
  for (const char* role : {"viewer", "member", "viewer", "member"}) {
    std::string text = good_;
    text.replace(text.rfind("viewer"), 6, role);
    file_.Write(text);
    EXPECT_EQ(ErrorOf([&] { running_->Find("anna"); }).empty(), std::string{"viewer"} == role);
  }
}

TEST_F(AccountsFile, ABrokenOneLetsNobodyInUntilItIsMended) {
  file_.Write(good_.substr(0, good_.size() / 2));
  ExpectClosed("expected JSON");
  file_.Write(good_);
  EXPECT_TRUE(running_->CheckPassword("anna", kPassword));
  EXPECT_TRUE(running_->CheckToken(token_));
}

TEST_F(AccountsFile, ABrokenOneIsNotOverwritten) {
  const std::string broken = good_.substr(0, good_.size() / 2);
  file_.Write(broken);
  EXPECT_THROW(command_line_.AddUser("bob", Role::Viewer, kPassword), std::runtime_error);
  EXPECT_EQ(file_.Read(), broken);
}

TEST_F(AccountsFile, AnEmptyOneLetsNobodyInAndIsNotTakenForNone) {
  file_.Write("");
  ExpectClosed("expected JSON");
}

TEST_F(AccountsFile, OneThatOthersMayReadLetsNobodyIn) {
  file_.SetMode(0644);
  ExpectClosed("expected mode 600, found 644");
  file_.SetMode(0600);
  EXPECT_TRUE(running_->CheckPassword("anna", kPassword));
}

TEST_F(AccountsFile, OneInWhosePlaceAFolderIsLetsNobodyIn) {
  fs::remove(file_.path());
  fs::create_directory(file_.path());
  ExpectClosed("expected a file");
}

TEST_F(AccountsFile, ARemovedOneIsAnEmptySet) {
  fs::remove(file_.path());
  EXPECT_TRUE(running_->Empty());
  EXPECT_FALSE(running_->CheckPassword("anna", kPassword));
  EXPECT_FALSE(running_->CheckToken(token_));
}

TEST_F(AccountsFile, AnotherOneBehindALinkIsSeen) {
  UsersFile other;
  Accounts{other.path(), kCheap}.AddUser("bob", Role::Viewer, kPassword);
  const fs::path link = file_.folder() / "link";
  fs::create_symlink(file_.path(), link);
  const Accounts linked{link, kCheap};
  EXPECT_TRUE(linked.Find("anna"));
  fs::remove(link);
  fs::create_symlink(other.path(), link);
  EXPECT_FALSE(linked.Find("anna"));
  EXPECT_TRUE(linked.Find("bob"));
}

}  // namespace
}  // namespace feedmux::accounts
