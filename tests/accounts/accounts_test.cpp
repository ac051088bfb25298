#include "feedmux/accounts/accounts.hpp"

#include <gmock/gmock.h>
#include <time.h>  // clock_gettime

#include <set>  // set

#include "users_file.hpp"

namespace feedmux::accounts {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

class AccountsTest : public ::testing::Test {
 protected:
  UsersFile file_;
  Accounts accounts_{file_.path(), kCheap};
};

auto Called(const std::string& name, Role role) {
  return AllOf(::testing::Field(&Account::name, name), ::testing::Field(&Account::role, role));
}

TEST_F(AccountsTest, AFileThatDoesNotExistIsAnEmptySet) {
  EXPECT_TRUE(accounts_.Empty());
  EXPECT_THAT(accounts_.Users(), IsEmpty());
  EXPECT_THAT(accounts_.Tokens(), IsEmpty());
  EXPECT_FALSE(accounts_.Find("anna"));
  EXPECT_FALSE(accounts_.CheckPassword("anna", kPassword));
  EXPECT_FALSE(accounts_.CheckToken("fmx_x"));
  EXPECT_FALSE(std::filesystem::exists(file_.path()));
}

TEST_F(AccountsTest, AFileWithoutNameIsRefused) {
  EXPECT_THAT(ErrorOf<std::invalid_argument>([] { Accounts{""}; }), HasSubstr("a users file"));
}

TEST_F(AccountsTest, AUserLogsInWithThePasswordAndNoOther) {
  accounts_.AddUser("anna", Role::Super, kPassword);
  const auto anna = accounts_.CheckPassword("anna", kPassword);
  ASSERT_TRUE(anna);
  EXPECT_THAT(*anna, Called("anna", Role::Super));
  for (const std::string& wrong :
       {std::string{}, std::string{"correct horsf"}, std::string{"correct hors"},
        std::string{"correct horse "}, kPassword + std::string(1, '\0'), std::string(5000, 'a')}) {
    EXPECT_FALSE(accounts_.CheckPassword("anna", wrong)) << wrong;
  }
}

TEST_F(AccountsTest, NamesAreExact) {
  accounts_.AddUser("anna", Role::Super, kPassword);
  for (const char* name : {"Anna", "ann", "anna ", ""}) {
    EXPECT_FALSE(accounts_.Find(name)) << name;
    EXPECT_FALSE(accounts_.CheckPassword(name, kPassword)) << name;
  }
}

TEST_F(AccountsTest, UsersAreListedByName) {
  accounts_.AddUser("bob", Role::Viewer, kPassword);
  accounts_.AddUser("anna", Role::Admin, kPassword);
  EXPECT_THAT(accounts_.Users(),
              ElementsAre(Called("anna", Role::Admin), Called("bob", Role::Viewer)));
  EXPECT_FALSE(accounts_.Empty());
}

TEST_F(AccountsTest, AUserIsAddedOnce) {
  accounts_.AddUser("anna", Role::Viewer, kPassword);
  EXPECT_EQ(ErrorOf([&] { accounts_.AddUser("anna", Role::Admin, kPassword); }),
            file_.path().string() + ": there is a user \"anna\" already (role viewer)");
  EXPECT_EQ(accounts_.Find("anna")->role, Role::Viewer);
}

TEST_F(AccountsTest, AWrongNameOrPasswordIsRefusedAndNothingIsWritten) {
  EXPECT_THROW(accounts_.AddUser("a b", Role::Admin, kPassword), std::invalid_argument);
  EXPECT_THROW(accounts_.AddUser("anna", Role::Admin, "short"), std::invalid_argument);
  EXPECT_THROW(accounts_.AddToken("", Role::Admin), std::invalid_argument);
  EXPECT_TRUE(std::filesystem::is_empty(file_.folder()));
}

TEST_F(AccountsTest, ANewPasswordTakesTheOldOnesPlace) {
  accounts_.AddUser("anna", Role::Admin, kPassword);
  accounts_.SetPassword("anna", "battery staple");
  EXPECT_FALSE(accounts_.CheckPassword("anna", kPassword));
  EXPECT_TRUE(accounts_.CheckPassword("anna", "battery staple"));
  EXPECT_THROW(accounts_.SetPassword("anna", "short"), std::invalid_argument);
  EXPECT_TRUE(accounts_.CheckPassword("anna", "battery staple"));
}

TEST_F(AccountsTest, TheGenerationChangesWithThePasswordAlone) {
  accounts_.AddUser("anna", Role::Admin, kPassword);
  const auto first = accounts_.Find("anna")->generation;
  accounts_.AddUser("bob", Role::Viewer, kPassword);
  EXPECT_EQ(accounts_.Find("anna")->generation, first);
  EXPECT_EQ(accounts_.CheckPassword("anna", kPassword)->generation, first);
  accounts_.SetPassword("anna", kPassword);
  EXPECT_NE(accounts_.Find("anna")->generation, first);
}

TEST_F(AccountsTest, AUserWhoWasAddedAgainIsOfAnotherGeneration) {
  accounts_.AddUser("anna", Role::Admin, kPassword);
  const auto first = accounts_.Find("anna")->generation;
  accounts_.RemoveUser("anna");
  accounts_.AddUser("anna", Role::Admin, kPassword);
  EXPECT_NE(accounts_.Find("anna")->generation, first);
}

TEST_F(AccountsTest, ARemovedUserIsGone) {
  accounts_.AddUser("anna", Role::Admin, kPassword);
  accounts_.AddUser("bob", Role::Viewer, kPassword);
  accounts_.RemoveUser("anna");
  EXPECT_FALSE(accounts_.Find("anna"));
  EXPECT_FALSE(accounts_.CheckPassword("anna", kPassword));
  EXPECT_TRUE(accounts_.CheckPassword("bob", kPassword));
}

TEST_F(AccountsTest, WhoIsNotThereCannotBeChangedOrRemoved) {
  const std::string missing = file_.path().string() + ": no user is called \"anna\"; there is none";
  EXPECT_EQ(ErrorOf([&] { accounts_.RemoveUser("anna"); }), missing);
  EXPECT_EQ(ErrorOf([&] { accounts_.SetPassword("anna", kPassword); }), missing);
  EXPECT_TRUE(std::filesystem::is_empty(file_.folder()));
  accounts_.AddUser("bob", Role::Viewer, kPassword);
  EXPECT_THAT(ErrorOf([&] { accounts_.RemoveUser("anna"); }), HasSubstr("there are: bob"));
}

TEST_F(AccountsTest, ATokenLetsItsHolderIn) {
  const std::string token = accounts_.AddToken("grafana", Role::Viewer);
  EXPECT_THAT(token, MatchesRegex("fmx_[A-Za-z0-9_-]{43}"));
  const auto holder = accounts_.CheckToken(token);
  ASSERT_TRUE(holder);
  EXPECT_THAT(*holder, Called("grafana", Role::Viewer));
}

TEST_F(AccountsTest, NothingButTheWholeTokenDoes) {
  const std::string token = accounts_.AddToken("grafana", Role::Viewer);
  std::string other = token;
  other.back() = other.back() == 'A' ? 'E' : 'A';
  for (const std::string& wrong : {std::string{}, std::string{"fmx_"}, token.substr(4),
                                   token.substr(0, token.size() - 1), token + "A", other}) {
    EXPECT_FALSE(accounts_.CheckToken(wrong)) << wrong;
  }
}

TEST_F(AccountsTest, EachOfSeveralTokensIsFound) {
  const std::string first = accounts_.AddToken("b", Role::Viewer);
  const std::string second = accounts_.AddToken("a", Role::Super);
  EXPECT_THAT(*accounts_.CheckToken(first), Called("b", Role::Viewer));
  EXPECT_THAT(*accounts_.CheckToken(second), Called("a", Role::Super));
}

TEST_F(AccountsTest, ARevokedTokenIsWorthless) {
  const std::string token = accounts_.AddToken("grafana", Role::Viewer);
  const std::string other = accounts_.AddToken("backup", Role::Admin);
  accounts_.RevokeToken("grafana");
  EXPECT_FALSE(accounts_.CheckToken(token));
  EXPECT_TRUE(accounts_.CheckToken(other));
  EXPECT_THAT(ErrorOf([&] { accounts_.RevokeToken("grafana"); }),
              HasSubstr("no token is called \"grafana\"; there are: backup"));
}

TEST_F(AccountsTest, ATokenIsAddedOnce) {
  accounts_.AddToken("grafana", Role::Viewer);
  EXPECT_THAT(ErrorOf([&] { accounts_.AddToken("grafana", Role::Admin); }),
              HasSubstr("there is a token \"grafana\" already (role viewer)"));
}

TEST_F(AccountsTest, TokensAreListedWithTheTimeTheyWereMade) {
  const auto before = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  accounts_.AddToken("b", Role::Viewer);
  accounts_.AddToken("a", Role::Admin);
  const auto after = std::chrono::system_clock::now();
  const auto tokens = accounts_.Tokens();
  ASSERT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens[0].name, "a");
  EXPECT_EQ(tokens[0].role, Role::Admin);
  EXPECT_GE(tokens[0].created, before);
  EXPECT_LE(tokens[0].created, after);
}

TEST_F(AccountsTest, UsersAndTokensDoNotMix) {
  const std::string token = accounts_.AddToken("anna", Role::Admin);
  EXPECT_TRUE(accounts_.Empty());
  EXPECT_FALSE(accounts_.Find("anna"));
  EXPECT_FALSE(accounts_.CheckPassword("anna", token));
  accounts_.AddUser("anna", Role::Viewer, kPassword);
  EXPECT_FALSE(accounts_.CheckToken(kPassword));
}

TEST_F(AccountsTest, TheFileHoldsNoPasswordAndNoToken) {
  accounts_.AddUser("anna", Role::Admin, kPassword);
  const std::string token = accounts_.AddToken("grafana", Role::Viewer);
  EXPECT_THAT(file_.Read(), AllOf(HasSubstr("$argon2id$"), Not(HasSubstr(kPassword)),
                                  Not(HasSubstr(token.substr(4)))));
}

TEST_F(AccountsTest, EqualPasswordsHaveDifferentHashes) {
  accounts_.AddUser("anna", Role::Admin, kPassword);
  accounts_.AddUser("bob", Role::Admin, kPassword);
  EXPECT_NE(accounts_.Find("anna")->generation, accounts_.Find("bob")->generation);
}

/// CPU time of this thread that a failed log-in takes.
double MillisecondsToRefuse(const Accounts& accounts, const char* user) {
  const auto now = [] {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
  };
  const double before = now();
  EXPECT_FALSE(accounts.CheckPassword(user, "battery staple"));
  return now() - before;
}

TEST(AccountsCost, WhoDoesNotExistIsRefusedAsSlowly) {
  const UsersFile file;
  Accounts accounts{file.path(), {2, 8 << 20}};
  const double empty = MillisecondsToRefuse(accounts, "bob");
  accounts.AddUser("anna", Role::Viewer, kPassword);
  const double known = MillisecondsToRefuse(accounts, "anna");
  const double unknown = MillisecondsToRefuse(accounts, "bob");
  EXPECT_GT(unknown, known / 3);
  EXPECT_GT(empty, known / 3);
}

TEST(AccountsCost, APasswordKeepsTheCostItWasSetWith) {
  const UsersFile file;
  Accounts(file.path(), kCheap).AddUser("anna", Role::Viewer, kPassword);
  EXPECT_THAT(file.Read(), HasSubstr("$m=8,t=1,p=1$"));
  EXPECT_TRUE(Accounts(file.path(), {3, 1 << 20}).CheckPassword("anna", kPassword));
}

TEST(AccountsCost, TheDefaultIsTwoPassesOverSixtyFourMebibytes) {
  const UsersFile file;
  Accounts{file.path()}.AddUser("anna", Role::Viewer, kPassword);
  EXPECT_THAT(file.Read(), HasSubstr("$m=65536,t=2,p=1$"));
}

}  // namespace
}  // namespace feedmux::accounts
