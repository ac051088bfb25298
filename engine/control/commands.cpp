#include "control/commands.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>  // find_if
#include <array>      // array

#include "config/nearest.hpp"
#include "config/shown.hpp"
#include "control/arguments.hpp"
#include "status_json/health_json.hpp"
#include "status_json/rebalance_json.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kTap = "tap";
constexpr std::size_t kMostTappedSymbols = 1000;
constexpr std::array<std::string_view, 4> kLogLevels = {"debug", "info", "warning", "error"};

struct Call {
  const ControlServices& services;
  std::string_view who;
  const Arguments& arguments;
  Control& control = services.control;
};

Json Status(const Call& call) { return call.services.report(); }

Json Tickers(const Call& call) {
  const std::string given = call.arguments.TextOr("connection", "");
  if (!given.empty()) return call.control.ConnectionTickers(given);
  Json all = Json::array();
  for (const ConnectionNames& connection : call.services.connections) {
    all.push_back({{"connection_id", connection.connection_id},
                   {"name", connection.name},
                   {"tickers", call.control.ConnectionTickers(connection.connection_id)}});
  }
  return all;
}

Json Where(const Call& call) {
  const auto connection = call.control.TickerAssignment(call.arguments.Ticker("ticker"));
  return connection ? Json(*connection) : Json(nullptr);
}

Json Subscribe(const Call& call) {
  const auto result = call.control.Subscribe(call.who, call.arguments.Tickers("tickers"),
                                             call.arguments.TextOr("source", ""));
  return {{"added", result.added}, {"already", result.already}, {"no_room", result.no_room}};
}

Json Unsubscribe(const Call& call) {
  const auto result = call.control.Unsubscribe(call.who, call.arguments.Tickers("tickers"),
                                               call.arguments.TextOr("source", ""));
  return {{"removed", result.removed}, {"not_found", result.not_found}};
}

template <auto kChange>
Json ChangeConnection(const Call& call) {
  (call.control.*kChange)(call.who, call.arguments.Text("connection"));
  return nullptr;
}

Json Rebalance(const Call& call) {
  return RebalanceJson(call.arguments.FlagOr("apply", false) ? call.control.Rebalance(call.who)
                                                             : call.control.PlanRebalance());
}

Json Universes(const Call& call) {
  return UniversesJson(call.arguments.FlagOr("refresh", false)
                           ? call.control.RefreshUniverses(call.who)
                           : call.control.Universes());
}

Json LogLevelCommand(const Call& call) {
  const std::string level = call.arguments.TextOr("level", "");
  if (level.empty()) return call.control.LogLevelName();
  if (std::find(kLogLevels.begin(), kLogLevels.end(), level) == kLogLevels.end()) {
    throw BadRequest(fmt::format("level: expected one of: {}, found {}",
                                 fmt::join(kLogLevels, ", "), Shown(level)));
  }
  call.control.SetLogLevel(call.who, level);
  return level;
}

struct Command {
  std::string_view name;
  std::vector<std::string_view> arguments;
  Json (*run)(const Call&);
};

const std::vector<Command>& Commands() {
  static const std::vector<Command> kCommands = {
      {"status", {}, Status},
      {"tickers", {"connection"}, Tickers},
      {"where", {"ticker"}, Where},
      {"subscribe", {"tickers", "source"}, Subscribe},
      {"unsubscribe", {"tickers", "source"}, Unsubscribe},
      {"reconnect", {"connection"}, ChangeConnection<&Control::Reconnect>},
      {"pause", {"connection"}, ChangeConnection<&Control::Pause>},
      {"resume", {"connection"}, ChangeConnection<&Control::Resume>},
      {"rebalance", {"apply"}, Rebalance},
      {"universes", {"refresh"}, Universes},
      {"log_level", {"level"}, LogLevelCommand},
  };
  return kCommands;
}

const Command& Find(const std::string& name) {
  std::vector<std::string> names{kTap};
  for (const Command& command : Commands()) {
    if (command.name == name) return command;
    names.emplace_back(command.name);
  }
  throw BadRequest(fmt::format("unknown command {}{} (valid: {})", Shown(name),
                               DidYouMean(name, names), fmt::join(names, ", ")));
}

}  // namespace

bool MayBlock(const Request& request) {
  return request.command == "universes" && request.arguments.value("refresh", Json{}) == true;
}

Json Execute(const Request& request, std::string_view who, const ControlServices& services) {
  const Command& command = Find(request.command);
  const Arguments arguments{request.arguments};
  arguments.RejectAllBut(command.arguments);
  return command.run({services, who, arguments});
}

std::string Answer(const Request& request, std::string_view who, const ControlServices& services) {
  try {
    return ResultLine(Execute(request, who, services));
  } catch (const BadRequest& error) {
    return ErrorLine(reply_code::kBadRequest, error.what());
  } catch (const ControlError& error) {
    return ErrorLine(reply_code::kRefused, error.what());
  } catch (const std::exception& error) {
    return ErrorLine(reply_code::kFailed, error.what());
  }
}

bool IsTap(const Request& request) { return request.command == kTap; }

TapRequest ParseTap(const Request& request) {
  const Arguments arguments{request.arguments};
  arguments.RejectAllBut({"symbols", "kinds"});
  TapRequest tap;
  if (request.arguments.contains("symbols")) tap.symbols = arguments.Tickers("symbols");
  if (tap.symbols.size() > kMostTappedSymbols) {
    throw BadRequest(fmt::format("symbols: expected at most {}", kMostTappedSymbols));
  }
  const std::vector<std::string> kinds = arguments.Texts("kinds");
  if (!kinds.empty()) tap.kinds = 0;
  for (const std::string& name : kinds) {
    const auto kind = KindFromName(name);
    if (!kind) {
      throw BadRequest(fmt::format("kinds: expected some of: {}, found {}",
                                   fmt::join(kKindNames, ", "), Shown(name)));
    }
    tap.kinds |= MaskOf(*kind);
  }
  return tap;
}

}  // namespace feedmux
