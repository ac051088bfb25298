#include "cli/accounts/account_commands.hpp"

#include <CLI/CLI.hpp>
#include <memory>  // make_shared

#include "feedmux/accounts/default_users_file.hpp"
#include "feedmux/accounts/name.hpp"
#include "feedmux/accounts/role.hpp"

namespace feedmux {
namespace {

using Run = int (*)(const AccountOptions&);

struct Command {
  CLI::App* app = nullptr;
  std::shared_ptr<AccountOptions> options;
};

/// The command `name` of `parent`, with where the users are.
Command Add(CLI::App& parent, std::function<int()>& chosen, const char* name,
            const char* description, Run run) {
  Command command{parent.add_subcommand(name, description), std::make_shared<AccountOptions>()};
  command.options->file = accounts::DefaultUsersFile();
  command.app->add_option("--users-file", command.options->file, "Where users and tokens are kept")
      ->capture_default_str();
  command.app->callback([&chosen, options = command.options, run] {
    chosen = [options, run] { return run(*options); };
  });
  return command;
}

void AddName(const Command& command, const char* description) {
  command.app->add_option("NAME", command.options->name, description)
      ->required()
      ->check(CLI::Validator{accounts::NameProblem, ""});
}

void AddRole(const Command& command) {
  const std::vector<std::string> roles{accounts::kRoleNames.begin(), accounts::kRoleNames.end()};
  command.app
      ->add_option("--role", command.options->role,
                   "admin and super see and act, viewer sees, user does neither")
      ->required()
      ->check(CLI::IsMember(roles));
}

void AddPassword(const Command& command) {
  command.app->add_flag("--password-stdin", command.options->password_from_stdin,
                        "Read the password from standard input, a line, instead of asking for it");
}

void AddJson(const Command& command) {
  command.app->add_flag("--json", command.options->json, "As JSON");
}

void AddUserCommands(CLI::App& app, std::function<int()>& chosen) {
  CLI::App& user = *app.add_subcommand("user", "Who may log in to the dashboard");
  user.require_subcommand(1);
  const Command add = Add(user, chosen, "add", "Add a user; asks for the password", AddUser);
  AddName(add, "Letters, digits, '.', '_', '-', '@'");
  AddRole(add);
  AddPassword(add);
  const Command passwd =
      Add(user, chosen, "passwd", "Set another password; asks for it", ChangePassword);
  AddName(passwd, "The user");
  AddPassword(passwd);
  AddJson(Add(user, chosen, "list", "List the users and their roles", ListUsers));
  AddName(Add(user, chosen, "remove", "Remove a user", RemoveUser), "The user");
}

void AddTokenCommands(CLI::App& app, std::function<int()>& chosen) {
  CLI::App& token = *app.add_subcommand("token", "API tokens, for scripts");
  token.require_subcommand(1);
  const Command add =
      Add(token, chosen, "add", "Make a token and print it; it cannot be shown again", AddToken);
  AddName(add, "What it is for: letters, digits, '.', '_', '-', '@'");
  AddRole(add);
  AddJson(Add(token, chosen, "list", "List the tokens' names, roles and ages", ListTokens));
  AddName(Add(token, chosen, "revoke", "Make a token worthless", RevokeToken), "The token's name");
}

}  // namespace

void AddAccountCommands(CLI::App& app, std::function<int()>& chosen) {
  AddUserCommands(app, chosen);
  AddTokenCommands(app, chosen);
}

}  // namespace feedmux
