#include <fmt/format.h>

#include <algorithm>  // count_if
#include <cstdio>     // stderr

#include "cli/control/answers.hpp"
#include "cli/control/ask.hpp"
#include "cli/control/text.hpp"
#include "cli/exit_code.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;

int Change(const char* command, const char* done, const ConnectionOptions& options) {
  Ask(options, command, {{"connection", options.connection}});
  fmt::print("{}: {}\n", options.connection, done);
  return exit_code::kOk;
}

}  // namespace

int Reconnect(const ConnectionOptions& options) {
  return Change("reconnect", "reconnecting", options);
}

int Pause(const ConnectionOptions& options) { return Change("pause", "pausing", options); }

int Resume(const ConnectionOptions& options) { return Change("resume", "resumed", options); }

int Rebalance(const SwitchOptions& apply) {
  const Json plans = Ask(apply, "rebalance", {{"apply", apply.on}});
  if (apply.json) {
    PrintJson(plans);
  } else {
    fmt::print("{}", PlansText(plans, apply.on));
  }
  return exit_code::kOk;
}

int Universes(const SwitchOptions& refresh) {
  constexpr std::chrono::milliseconds kAsLongAsItTakes{0};
  const Json universes = Ask(refresh, "universes", {{"refresh", refresh.on}}, kAsLongAsItTakes);
  if (refresh.json) {
    PrintJson(universes);
  } else {
    fmt::print("{}", UniversesTable(universes, Paint::ForStandardOutput()));
  }
  if (!refresh.on) return exit_code::kOk;
  const auto failed = std::count_if(universes.begin(), universes.end(), [](const Json& universe) {
    return universe.value("stale", false);
  });
  if (failed == 0) return exit_code::kOk;
  fmt::print(stderr, "{} of {} could not be looked up\n", failed,
             CountOf(universes.size(), "universe"));
  return exit_code::kRuntime;
}

int ShowLedger(const ControlOptions& options) {
  const Json report = Ask(options, "status");
  if (options.json) {
    PrintJson(report["ledger"]);
  } else {
    fmt::print("{}", LedgerTable(report, Paint::ForStandardOutput()));
  }
  return exit_code::kOk;
}

int ShowOrSetLogLevel(const LogLevelOptions& options) {
  nlohmann::json arguments = nlohmann::json::object();
  if (!options.level.empty()) arguments["level"] = options.level;
  fmt::print("{}\n", Ask(options, "log_level", arguments).get<std::string>());
  return exit_code::kOk;
}

}  // namespace feedmux
