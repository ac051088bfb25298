#pragma once

#include <CLI/App.hpp>
#include <functional>  // function
#include <string>      // string

namespace feedmux {

/// Adds the commands that talk to a running engine. The one on the command line, if it is one of
/// them, is put into `chosen`; it gives the exit code.
void AddControlCommands(CLI::App& app, std::function<int()>& chosen);

/// Runs it, and says in one line why it failed. A reader of the output that goes away ends the
/// process quietly, as any filter.
int RunControlCommand(const std::function<int()>& command);

/// What every such command can be told.
struct ControlOptions {
  std::string path;
  bool json = false;
};

struct StatusOptions : ControlOptions {
  bool watch = false;
};
int Status(const StatusOptions& options);
/// Redraws until it is interrupted.
[[noreturn]] void WatchStatus(const StatusOptions& options);

struct TapOptions : ControlOptions {
  std::vector<std::string> symbols;
  std::vector<std::string> kinds;
  std::uint64_t limit = 0;  ///< ticks; 0: none
};
int Tap(const TapOptions& options);

struct SymbolsOptions : ControlOptions {
  std::vector<std::string> tickers;
  std::string source;
};
int Subscribe(const SymbolsOptions& options);
int Unsubscribe(const SymbolsOptions& options);
int Where(const SymbolsOptions& options);

struct ConnectionOptions : ControlOptions {
  std::string connection;
};
int Tickers(const ConnectionOptions& options);
int Reconnect(const ConnectionOptions& options);
int Pause(const ConnectionOptions& options);
int Resume(const ConnectionOptions& options);

struct SwitchOptions : ControlOptions {
  bool on = false;
};
int Rebalance(const SwitchOptions& apply);
int Universes(const SwitchOptions& refresh);

int ShowLedger(const ControlOptions& options);

struct LogLevelOptions : ControlOptions {
  std::string level;
};
int ShowOrSetLogLevel(const LogLevelOptions& options);

}  // namespace feedmux
