#pragma once

#include <cstdint>      // uint64_t
#include <memory>       // shared_ptr
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/host.hpp"

namespace spdlog {
class logger;
}

namespace feedmux {

/// "debug", "info", "warning" or "error" to the level; anything else is Info.
LogLevel LogLevelFromName(std::string_view name);

/// The name that LogLevelFromName turns back.
std::string_view Name(LogLevel level);

/// The process' log on standard error: lines below the level are not written. Thread: any, at any
/// time; holds for logs that exist already.
void SetLogLevel(LogLevel level);
LogLevel CurrentLogLevel();

/// The process' last thousand lines of information and above, whatever the level is; those with a
/// greater number than `after`, oldest first. Thread: any.
std::vector<LogLine> RecentLogLines(std::uint64_t after);

/// The log of one part of the process: its lines carry the part's name. Control characters that
/// come from outside are made visible, so that one message is one line.
class NamedLog final : public Log {
 public:
  explicit NamedLog(std::string name);

  bool Enabled(LogLevel level) const override;
  void Write(LogLevel level, std::string_view text) override;

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace feedmux
