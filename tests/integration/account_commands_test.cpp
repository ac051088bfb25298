// `feedmux user` and `feedmux token`: the real binary on files of its own.
#include <gmock/gmock.h>

#include <csignal>  // SIGINT
#include <nlohmann/json.hpp>

#include "feedmux/accounts/accounts.hpp"
#include "feedmux_process.hpp"
#include "feedmux_terminal.hpp"

namespace feedmux::testing {
namespace {

using accounts::Accounts;
using accounts::Role;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kPassword = "correct horse";
constexpr const char* kOther = "battery staple";

class AccountCommand : public ::testing::Test {
 protected:
  std::vector<std::string> WithFile(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--users-file", file_});
    return arguments;
  }

  struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
  };
  Outcome Run(std::vector<std::string> arguments, std::string_view input = {}) const {
    FeedmuxProcess process{WithFile(std::move(arguments)), {}, input};
    const int code = process.Wait().value_or(-1);
    return {code, process.Output(), process.Errors()};
  }

  /// Cheaper than by the command.
  void AddUser(const char* name, Role role) const {
    Accounts{file_, {1, 8192}}.AddUser(name, role, kPassword);
  }

  bool CanLogIn(const char* name, const char* password) const {
    return Accounts{file_}.CheckPassword(name, password).has_value();
  }

  TempFolder folder_;
  const std::string file_ = folder_.path() / "state" / "users.json";
};

TEST_F(AccountCommand, UserAddTakesThePasswordFromStandardInput) {
  const Outcome outcome = Run({"user", "add", "anna", "--role", "super"}, "correct horse\nmore\n");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "anna: added\n");
  EXPECT_EQ(Accounts{file_}.Find("anna")->role, Role::Super);
  EXPECT_TRUE(CanLogIn("anna", kPassword));
}

TEST_F(AccountCommand, ALineEndOfWindowsIsNoPartOfThePassword) {
  EXPECT_EQ(Run({"user", "add", "anna", "--role", "user"}, "correct horse\r\n").code, 0);
  EXPECT_TRUE(CanLogIn("anna", kPassword));
}

TEST_F(AccountCommand, ThePasswordNeedsNoLineEnd) {
  EXPECT_EQ(Run({"user", "add", "anna", "--role", "user", "--password-stdin"}, kPassword).code, 0);
  EXPECT_TRUE(CanLogIn("anna", kPassword));
}

TEST_F(AccountCommand, APasswordIsNoArgument) {
  EXPECT_EQ(Run({"user", "add", "anna", kPassword, "--role", "user"}).code, 2);
  EXPECT_EQ(Run({"user", "add", "anna", "--password", kPassword, "--role", "user"}).code, 2);
}

TEST_F(AccountCommand, APasswordThatIsNoneIsWrongUsage) {
  const Outcome outcome = Run({"user", "add", "anna", "--role", "user"}, "hunter2\n");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err, "feedmux: expected a password of at least 10 characters, found 7\n");
  const Outcome longer = Run({"user", "add", "anna", "--role", "user"}, std::string(5000, 'a'));
  EXPECT_EQ(longer.code, 2);
  EXPECT_THAT(longer.err, HasSubstr("at most 1024 bytes"));
}

TEST_F(AccountCommand, NoPasswordAtAllIsSaid) {
  const Outcome outcome = Run({"user", "add", "anna", "--role", "user"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("expected a password on standard input, found nothing"));
}

TEST_F(AccountCommand, AnUnknownRoleOrAWrongNameIsWrongUsage) {
  const Outcome role = Run({"user", "add", "anna", "--role", "boss"}, kPassword);
  EXPECT_EQ(role.code, 2);
  EXPECT_THAT(role.err, HasSubstr("boss not in {user,viewer,super,admin}"));
  const Outcome name = Run({"user", "add", "a b", "--role", "user"}, kPassword);
  EXPECT_EQ(name.code, 2);
  EXPECT_THAT(name.err, HasSubstr("NAME: expected a name (1 to 64 letters"));
  EXPECT_EQ(Run({"user", "add", "anna"}, kPassword).code, 2);
  EXPECT_EQ(Run({"token", "add", "grafana", "--role", "boss"}).code, 2);
}

TEST_F(AccountCommand, AUserThatIsThereIsNotAddedAgain) {
  AddUser("anna", Role::Admin);
  const Outcome outcome = Run({"user", "add", "anna", "--role", "user"}, kOther);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("there is a user \"anna\" already (role admin)"));
  EXPECT_TRUE(CanLogIn("anna", kPassword));
}

TEST_F(AccountCommand, UserPasswdSetsAnotherPassword) {
  AddUser("anna", Role::Admin);
  const Outcome outcome = Run({"user", "passwd", "anna"}, kOther);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(CanLogIn("anna", kOther));
  EXPECT_EQ(Accounts{file_}.Find("anna")->role, Role::Admin);
}

TEST_F(AccountCommand, UserRemoveTakesOneAway) {
  AddUser("anna", Role::Admin);
  EXPECT_EQ(Run({"user", "remove", "anna"}).out, "anna: removed\n");
  EXPECT_TRUE(Accounts{file_}.Empty());
}

TEST_F(AccountCommand, WhoIsNotThereIsNamed) {
  AddUser("anna", Role::Admin);
  for (const char* command : {"passwd", "remove"}) {
    const Outcome outcome = Run({"user", command, "bob"}, kPassword);
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("no user is called \"bob\""));
  }
  EXPECT_THAT(Run({"token", "revoke", "bob"}).err, HasSubstr("no token is called \"bob\""));
}

TEST_F(AccountCommand, UserListIsATableOrJson) {
  AddUser("bob", Role::Viewer);
  AddUser("anna.b", Role::Admin);
  EXPECT_EQ(Run({"user", "list"}).out, "NAME    ROLE\nanna.b  admin\nbob     viewer\n");
  EXPECT_EQ(nlohmann::json::parse(Run({"user", "list", "--json"}).out),
            nlohmann::json::parse(
                R"([{"name": "anna.b", "role": "admin"}, {"name": "bob", "role": "viewer"}])"));
}

TEST_F(AccountCommand, AnEmptyListIsSaidAndNoFailure) {
  const Outcome outcome = Run({"user", "list"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_EQ(outcome.err, file_ + ": no users\n");
  EXPECT_EQ(Run({"token", "list"}).err, file_ + ": no tokens\n");
  EXPECT_EQ(Run({"token", "list", "--json"}).out, "[]\n");
}

TEST_F(AccountCommand, TokenAddPrintsATokenThatWorks) {
  const Outcome outcome = Run({"token", "add", "grafana", "--role", "viewer"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const std::string token = outcome.out.substr(0, outcome.out.size() - 1);
  EXPECT_EQ(Accounts{file_}.CheckToken(token)->name, "grafana");
}

TEST_F(AccountCommand, TokenListTellsAllButTheTokens) {
  const std::string token = Run({"token", "add", "grafana", "--role", "viewer"}).out;
  const std::string table = Run({"token", "list"}).out;
  EXPECT_THAT(table, HasSubstr("NAME     ROLE    CREATED\ngrafana  viewer  20"));
  EXPECT_THAT(table, Not(HasSubstr("fmx_")));
  const auto json = nlohmann::json::parse(Run({"token", "list", "--json"}).out);
  EXPECT_EQ(json[0]["name"], "grafana");
  EXPECT_EQ(json[0]["role"], "viewer");
  EXPECT_GT(json[0]["created"], 1'700'000'000);
  EXPECT_EQ(json[0].size(), 3u);
}

TEST_F(AccountCommand, TokenRevokeMakesItWorthless) {
  const std::string out = Run({"token", "add", "grafana", "--role", "viewer"}).out;
  EXPECT_EQ(Run({"token", "revoke", "grafana"}).out, "grafana: revoked\n");
  EXPECT_FALSE(Accounts{file_}.CheckToken(out.substr(0, out.size() - 1)));
}

TEST_F(AccountCommand, AFileThatIsBrokenIsLeftAlone) {
  AddUser("anna", Role::Admin);
  std::filesystem::resize_file(file_, 20);
  const std::string broken = ReadFile(file_);
  const Outcome outcome = Run({"user", "add", "bob", "--role", "user"}, kPassword);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr(file_ + ":"));
  EXPECT_EQ(ReadFile(file_), broken);
}

TEST_F(AccountCommand, ACommandWithoutVerbIsWrongUsage) {
  EXPECT_EQ(FeedmuxProcess{{"user"}}.Wait(), 2);
  EXPECT_EQ(FeedmuxProcess{{"token"}}.Wait(), 2);
}

class PasswordPrompt : public AccountCommand {
 protected:
  PasswordPrompt() { AddUser("anna", Role::Admin); }

  FeedmuxTerminal terminal_{WithFile({"user", "add", "bob", "--role", "viewer"})};
};

TEST_F(PasswordPrompt, AsksTwiceAndShowsNothing) {
  ASSERT_TRUE(terminal_.WaitFor("New password for bob: ")) << terminal_.screen();
  EXPECT_FALSE(terminal_.HasEcho());
  terminal_.Type("correct horse\n");
  ASSERT_TRUE(terminal_.WaitFor("The same again: ")) << terminal_.screen();
  EXPECT_FALSE(terminal_.HasEcho());
  terminal_.Type("correct horse\n");
  EXPECT_EQ(terminal_.Wait(), 0);
  EXPECT_TRUE(terminal_.HasEcho());
  EXPECT_THAT(terminal_.screen(), Not(HasSubstr("horse")));
  EXPECT_TRUE(CanLogIn("bob", kPassword));
}

TEST_F(PasswordPrompt, TwoDifferentOnesAreRefused) {
  ASSERT_TRUE(terminal_.WaitFor("New password"));
  terminal_.Type("correct horse\n");
  ASSERT_TRUE(terminal_.WaitFor("again: "));
  terminal_.Type("battery staple\n");
  EXPECT_EQ(terminal_.Wait(), 1);
  EXPECT_THAT(terminal_.screen(), HasSubstr("the two passwords differ"));
  EXPECT_FALSE(Accounts{file_}.Find("bob"));
}

TEST_F(PasswordPrompt, OneThatIsTooShortIsRefusedAtOnce) {
  ASSERT_TRUE(terminal_.WaitFor("New password"));
  terminal_.Type("hunter2\n");
  EXPECT_EQ(terminal_.Wait(), 2);
  EXPECT_THAT(terminal_.screen(), HasSubstr("at least 10 characters, found 7"));
}

TEST_F(PasswordPrompt, CtrlCEndsItWithTheEchoBack) {
  ASSERT_TRUE(terminal_.WaitFor("New password"));
  ASSERT_FALSE(terminal_.HasEcho());
  // readpassphrase notices a signal that comes between two reads only with the next key.
  ASSERT_TRUE(terminal_.WaitUntilItSleeps());
  terminal_.Type("\x03");
  EXPECT_EQ(terminal_.Wait(), 128 + SIGINT);
  EXPECT_TRUE(terminal_.HasEcho());
  EXPECT_FALSE(Accounts{file_}.Find("bob"));
}

TEST_F(PasswordPrompt, CtrlDIsNoPassword) {
  ASSERT_TRUE(terminal_.WaitFor("New password"));
  terminal_.Type("\x04");
  EXPECT_EQ(terminal_.Wait(), 1);
  EXPECT_THAT(terminal_.screen(), HasSubstr("no password was typed"));
  EXPECT_TRUE(terminal_.HasEcho());
}

TEST_F(AccountCommand, NobodyIsAskedForThePasswordOfAUserThatIsThere) {
  AddUser("anna", Role::Admin);
  FeedmuxTerminal terminal{WithFile({"user", "add", "anna", "--role", "viewer"})};
  EXPECT_EQ(terminal.Wait(), 1);
  EXPECT_THAT(terminal.screen(), Not(HasSubstr("New password")));
}

}  // namespace
}  // namespace feedmux::testing
