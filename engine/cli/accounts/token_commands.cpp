#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>  // system_clock
#include <cstdio>  // stderr
#include <nlohmann/json.hpp>

#include "cli/accounts/account_commands.hpp"
#include "cli/control/ask.hpp"
#include "cli/control/table.hpp"
#include "cli/exit_code.hpp"
#include "feedmux/accounts/accounts.hpp"

namespace feedmux {
namespace {

std::string UtcText(std::chrono::sys_seconds time) {
  return fmt::format("{:%Y-%m-%d %H:%M} UTC",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

}  // namespace

int AddToken(const AccountOptions& options) {
  accounts::Accounts tokens{options.file};
  fmt::print("{}\n", tokens.AddToken(options.name, *accounts::RoleFromName(options.role)));
  return exit_code::kOk;
}

int ListTokens(const AccountOptions& options) {
  const auto tokens = accounts::Accounts{options.file}.Tokens();
  if (options.json) {
    auto json = nlohmann::ordered_json::array();
    for (const auto& token : tokens) {
      json.push_back({{"name", token.name},
                      {"role", Name(token.role)},
                      {"created", token.created.time_since_epoch().count()}});
    }
    PrintJson(json);
    return exit_code::kOk;
  }
  if (tokens.empty()) {
    fmt::print(stderr, "{}: no tokens\n", options.file.string());
    return exit_code::kOk;
  }
  Table table{{{"NAME", Table::Align::Left},
               {"ROLE", Table::Align::Left},
               {"CREATED", Table::Align::Left}}};
  for (const auto& token : tokens) {
    table.AddRow({{token.name}, {std::string{Name(token.role)}}, {UtcText(token.created)}});
  }
  fmt::print("{}", table.Text(Paint::ForStandardOutput()));
  return exit_code::kOk;
}

int RevokeToken(const AccountOptions& options) {
  accounts::Accounts{options.file}.RevokeToken(options.name);
  fmt::print("{}: revoked\n", options.name);
  return exit_code::kOk;
}

}  // namespace feedmux
