#pragma once

#include <memory>       // shared_ptr
#include <string>       // string
#include <string_view>  // string_view

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
