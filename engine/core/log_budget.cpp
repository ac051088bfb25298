#include "core/log_budget.hpp"

#include <fmt/format.h>

#include <utility>  // exchange

namespace feedmux {

void LogBudget::Write(LogLevel level, std::string_view text) {
  const std::int64_t now_ns = clock_.MonotonicNs();
  if (written_ == 0 || now_ns - window_start_ns_ >= kWindowNs) {
    window_start_ns_ = now_ns;
    written_ = 0;
  }
  if (written_ == kLines) {
    ++left_out_;
    return;
  }
  ++written_;
  if (const std::uint64_t left_out = std::exchange(left_out_, 0)) {
    log_.Write(level, fmt::format("{} ({} lines like it were left out)", text, left_out));
  } else {
    log_.Write(level, text);
  }
}

}  // namespace feedmux
