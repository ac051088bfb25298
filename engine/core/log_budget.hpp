#pragma once

#include <cstdint>      // int64_t, uint64_t
#include <string_view>  // string_view

#include "feedmux/host.hpp"

namespace feedmux {

/// Keeps a plugin that reports the same trouble over and over from flooding the log: writes
/// kLines lines in any kWindowNs and leaves out the rest, which the next line written mentions.
/// Thread: one.
class LogBudget {
 public:
  static constexpr int kLines = 10;
  static constexpr std::int64_t kWindowNs = 10'000'000'000;

  /// Both outlive it.
  LogBudget(Log& log, const Clock& clock) : log_(log), clock_(clock) {}

  void Write(LogLevel level, std::string_view text);

 private:
  Log& log_;
  const Clock& clock_;
  std::int64_t window_start_ns_ = 0;
  int written_ = 0;             // in this window
  std::uint64_t left_out_ = 0;  // since the last line written
};

}  // namespace feedmux
