#pragma once

#include <sys/types.h>  // pid_t

#include <chrono>      // milliseconds
#include <csignal>     // SIGTERM
#include <filesystem>  // path
#include <functional>  // function
#include <map>         // map
#include <nlohmann/json.hpp>
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "temp_folder.hpp"

namespace feedmux::testing {

std::string ReadFile(const std::filesystem::path& file);

/// The feedmux binary of this build as a child process, its output in files. Killed at the end if
/// it still runs. Has a control socket of its own unless the environment says otherwise.
class FeedmuxProcess {
 public:
  using Environment = std::map<std::string, std::string>;

  /// `input` is its standard input.
  explicit FeedmuxProcess(std::vector<std::string> arguments, const Environment& environment = {},
                          std::string_view input = {});
  ~FeedmuxProcess();
  FeedmuxProcess(const FeedmuxProcess&) = delete;
  FeedmuxProcess& operator=(const FeedmuxProcess&) = delete;

  pid_t pid() const { return pid_; }
  void Signal(int signal) const;

  /// The exit code, or 128 + the signal that ended it; nothing if it still runs after that time.
  std::optional<int> Wait(std::chrono::milliseconds at_most = std::chrono::seconds{30});

  /// Signal, then Wait.
  std::optional<int> Stop(int signal = SIGTERM) {
    Signal(signal);
    return Wait();
  }

  std::string Output() const;  ///< standard output so far
  std::string Errors() const;  ///< standard error so far

  /// Waits until standard error has `part`.
  bool WaitForLog(std::string_view part) const;

 private:
  TempFolder folder_;
  pid_t pid_ = -1;
  std::optional<int> exit_code_;
};

/// `feedmux run` on a YAML text, with a report.
class RunningEngine {
 public:
  explicit RunningEngine(std::string_view yaml,
                         const FeedmuxProcess::Environment& environment = {});

  FeedmuxProcess& process() { return process_; }

  /// Asks for a report (SIGUSR1) until one satisfies `condition`; the last one seen.
  std::optional<nlohmann::json> WaitForReport(
      const std::function<bool(const nlohmann::json&)>& condition);

  /// Stops it, expects exit code 0 and no imbalance, and gives its last report.
  nlohmann::json StopAndReport() {
    process_.Signal(SIGTERM);
    return EndAndReport();
  }

  /// The same for one that was told to stop already.
  nlohmann::json EndAndReport();

 private:
  TempFolder folder_;
  std::filesystem::path report_;
  FeedmuxProcess process_;
};

/// Calls `condition` every few milliseconds until it holds or the time is up.
bool WaitUntil(const std::function<bool()>& condition,
               std::chrono::milliseconds at_most = std::chrono::seconds{30});

}  // namespace feedmux::testing
