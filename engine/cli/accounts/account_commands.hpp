#pragma once

#include <CLI/App.hpp>
#include <filesystem>  // path
#include <functional>  // function
#include <string>      // string

namespace feedmux {

/// Adds `user` and `token`. The command on the command line, if it is one of theirs, is put into
/// `chosen`; it gives the exit code, and throws std::exception if it fails.
void AddAccountCommands(CLI::App& app, std::function<int()>& chosen);

/// What these commands can be told.
struct AccountOptions {
  std::filesystem::path file;
  std::string name;
  std::string role;
  bool password_from_stdin = false;
  bool json = false;
};

int AddUser(const AccountOptions& options);
int ChangePassword(const AccountOptions& options);
int ListUsers(const AccountOptions& options);
int RemoveUser(const AccountOptions& options);

int AddToken(const AccountOptions& options);
int ListTokens(const AccountOptions& options);
int RevokeToken(const AccountOptions& options);

}  // namespace feedmux
