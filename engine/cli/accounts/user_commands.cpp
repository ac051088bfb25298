#include <fmt/format.h>

#include <cstdio>  // stderr
#include <nlohmann/json.hpp>
#include <stdexcept>  // invalid_argument, runtime_error

#include "cli/accounts/account_commands.hpp"
#include "cli/accounts/read_password.hpp"
#include "cli/control/ask.hpp"
#include "cli/control/table.hpp"
#include "cli/exit_code.hpp"
#include "feedmux/accounts/accounts.hpp"
#include "feedmux/accounts/password.hpp"

namespace feedmux {
namespace {

/// Gets the new password, gives it to `use`, and forgets it.
template <typename Use>
int WithNewPassword(const AccountOptions& options, const char* done, Use use) {
  std::string password;
  try {
    password = options.password_from_stdin || !CanAskForPassword()
                   ? ReadPasswordFromStdin()
                   : AskForNewPassword(options.name);
    use(password);
  } catch (const std::invalid_argument& error) {
    accounts::Wipe(password);
    fmt::print(stderr, "feedmux: {}\n", error.what());
    return exit_code::kUsage;
  } catch (...) {
    accounts::Wipe(password);
    throw;
  }
  accounts::Wipe(password);
  fmt::print("{}: {}\n", options.name, done);
  return exit_code::kOk;
}

}  // namespace

int AddUser(const AccountOptions& options) {
  accounts::Accounts users{options.file};
  // Here and below: before somebody thinks of a password in vain.
  if (const auto user = users.Find(options.name)) {
    throw std::runtime_error(fmt::format("{}: there is a user \"{}\" already (role {})",
                                         options.file.string(), user->name, Name(user->role)));
  }
  return WithNewPassword(options, "added", [&](const std::string& password) {
    users.AddUser(options.name, *accounts::RoleFromName(options.role), password);
  });
}

int ChangePassword(const AccountOptions& options) {
  accounts::Accounts users{options.file};
  if (!users.Find(options.name)) {
    throw std::runtime_error(
        fmt::format("{}: no user is called \"{}\"", options.file.string(), options.name));
  }
  return WithNewPassword(options, "has the new password", [&](const std::string& password) {
    users.SetPassword(options.name, password);
  });
}

int ListUsers(const AccountOptions& options) {
  const auto users = accounts::Accounts{options.file}.Users();
  if (options.json) {
    auto json = nlohmann::ordered_json::array();
    for (const auto& user : users) json.push_back({{"name", user.name}, {"role", Name(user.role)}});
    PrintJson(json);
    return exit_code::kOk;
  }
  if (users.empty()) {
    fmt::print(stderr, "{}: no users\n", options.file.string());
    return exit_code::kOk;
  }
  Table table{{{"NAME", Table::Align::Left}, {"ROLE", Table::Align::Left}}};
  for (const auto& user : users) {
    table.AddRow({{user.name}, {std::string{Name(user.role)}}});
  }
  fmt::print("{}", table.Text(Paint::ForStandardOutput()));
  return exit_code::kOk;
}

int RemoveUser(const AccountOptions& options) {
  accounts::Accounts{options.file}.RemoveUser(options.name);
  fmt::print("{}: removed\n", options.name);
  return exit_code::kOk;
}

}  // namespace feedmux
