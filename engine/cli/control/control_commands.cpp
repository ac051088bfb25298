#include "cli/control/control_commands.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>      // from_chars
#include <csignal>       // signal
#include <cstdio>        // stderr
#include <memory>        // make_shared
#include <system_error>  // errc

#include "cli/exit_code.hpp"
#include "config/shown.hpp"
#include "control/control_client.hpp"
#include "feedmux/kind.hpp"

namespace feedmux {
namespace {

/// CLI11's own check for it prints the largest double.
const CLI::Validator kCount{[](const std::string& text) -> std::string {
                              std::uint64_t count = 0;
                              const char* const end = text.data() + text.size();
                              const auto [rest, error] = std::from_chars(text.data(), end, count);
                              if (error == std::errc{} && rest == end && count > 0) return {};
                              return fmt::format("expected a whole number from 1 on, found {}",
                                                 Shown(text));
                            },
                            "COUNT"};

/// The command `name` of the app with options of its own, which `run` gets.
template <typename Options, typename Result>
std::pair<CLI::App*, Options*> Add(CLI::App& app, std::function<int()>& chosen, const char* name,
                                   const char* description, Result (*run)(const Options&)) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(name, description);
  command->add_option("--control", options->path,
                      "The engine's control socket; without it FEEDMUX_CONTROL, or where an engine "
                      "listens by default");
  command->callback([&chosen, options, run] { chosen = [options, run] { return run(*options); }; });
  return {command, options.get()};
}

void AddJson(CLI::App* command, ControlOptions* options) {
  command->add_flag("--json", options->json, "Print what the engine answers, as JSON");
}

void AddTickers(CLI::App* command, SymbolsOptions* options) {
  command->add_option("SYMBOL", options->tickers, "Symbols")->required()->delimiter(',');
  command->add_option("--source", options->source, "Which source, where there are several");
  AddJson(command, options);
}

void AddQueries(CLI::App& app, std::function<int()>& chosen) {
  {
    const auto [command, options] = Add(
        app, chosen, "status", "How the connections and sinks of the running engine are", Status);
    AddJson(command, options);
    command->add_flag("--watch", options->watch, "Again every second, until Ctrl-C")
        ->excludes("--json");
  }
  {
    const auto [command, options] =
        Add(app, chosen, "tickers", "Which tickers a connection carries, or all do", Tickers);
    command->add_option("CONNECTION", options->connection, "connection_id or name");
    AddJson(command, options);
  }
  {
    const auto [command, options] =
        Add(app, chosen, "where", "Which connection carries a ticker", Where);
    command->add_option("SYMBOL", options->tickers)->required()->expected(1);
    AddJson(command, options);
  }
  {
    const auto [command, options] =
        Add(app, chosen, "ledger", "The account of every tick, from socket to sink", ShowLedger);
    AddJson(command, options);
  }
  {
    const auto [command, options] = Add(app, chosen, "tap", "Ticks as they come, a line each", Tap);
    command->add_option("--symbol", options->symbols, "Only these; several with commas")
        ->delimiter(',');
    command->add_option("--kind", options->kinds, "Only these; several with commas")
        ->delimiter(',')
        ->check(CLI::IsMember(std::vector<std::string>{kKindNames.begin(), kKindNames.end()}));
    command->add_option("--limit", options->limit, "End after so many")->check(kCount);
    AddJson(command, options);
  }
}

void AddChanges(CLI::App& app, std::function<int()>& chosen) {
  {
    const auto [command, options] =
        Add(app, chosen, "subscribe", "Have more tickers streamed", Subscribe);
    AddTickers(command, options);
  }
  {
    const auto [command, options] =
        Add(app, chosen, "unsubscribe", "Have tickers streamed no more", Unsubscribe);
    AddTickers(command, options);
  }
  const auto add_change = [&](const char* name, const char* description,
                              int (*run)(const ConnectionOptions&)) {
    const auto [command, options] = Add(app, chosen, name, description, run);
    command->add_option("CONNECTION", options->connection, "connection_id or name")->required();
  };
  add_change("reconnect", "End a connection's session and try again at once", Reconnect);
  add_change("pause", "Take a connection down, once its tickers have moved to others", Pause);
  add_change("resume", "Bring a paused connection back; its tickers come home", Resume);
  {
    const auto [command, options] =
        Add(app, chosen, "rebalance", "Which moves would even out the measured rates", Rebalance);
    command->add_flag("--apply", options->on, "Make them");
    AddJson(command, options);
  }
  {
    const auto [command, options] = Add(
        app, chosen, "universes", "Which universes are in use, and how old they are", Universes);
    command->add_flag("--refresh", options->on, "Resolve them again first");
    AddJson(command, options);
  }
  {
    const auto [command, options] =
        Add(app, chosen, "log-level", "Show or set what the engine logs", ShowOrSetLogLevel);
    command->add_option("LEVEL", options->level, "debug, info, warning or error")
        ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
  }
}

}  // namespace

void AddControlCommands(CLI::App& app, std::function<int()>& chosen) {
  AddQueries(app, chosen);
  AddChanges(app, chosen);
}

int RunControlCommand(const std::function<int()>& command) {
  std::signal(SIGPIPE, SIG_DFL);
  try {
    return command();
  } catch (const Refused& error) {
    fmt::print(stderr, "feedmux: {}\n", error.what());
    return exit_code::kUsage;
  } catch (const std::exception& error) {
    fmt::print(stderr, "feedmux: {}\n", error.what());
    return exit_code::kRuntime;
  }
}

}  // namespace feedmux
