#include "core/logging.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>  // find_if
#include <chrono>     // system_clock
#include <deque>      // deque
#include <mutex>      // mutex

#include "core/visible_text.hpp"

namespace feedmux {
namespace {

spdlog::level::level_enum ToSpdlog(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return spdlog::level::debug;
    case LogLevel::Info:
      return spdlog::level::info;
    case LogLevel::Warning:
      return spdlog::level::warn;
    case LogLevel::Error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

const spdlog::sink_ptr& StandardError() {
  static const spdlog::sink_ptr kSink = [] {
    auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    sink->set_level(spdlog::level::info);
    sink->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        "%Y-%m-%dT%H:%M:%S.%eZ %^%-7l%$ [%n] %v", spdlog::pattern_time_type::utc));
    return sink;
  }();
  return kSink;
}

class RecentLines {
 public:
  void Add(LogLevel level, const std::string& component, const std::string& text) {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t now_ns = std::chrono::nanoseconds{since}.count();
    const std::lock_guard lock{mutex_};
    if (lines_.size() == kKept) lines_.pop_front();
    lines_.push_back({++last_number_, now_ns, level, component, text});
  }

  std::vector<LogLine> After(std::uint64_t number) const {
    const std::lock_guard lock{mutex_};
    const auto is_later = [number](const LogLine& line) { return line.number > number; };
    return {std::find_if(lines_.begin(), lines_.end(), is_later), lines_.end()};
  }

 private:
  static constexpr std::size_t kKept = 1000;

  mutable std::mutex mutex_;
  std::deque<LogLine> lines_;      // guarded by mutex_
  std::uint64_t last_number_ = 0;  // guarded by mutex_
};

RecentLines& Recent() {
  static RecentLines recent;
  return recent;
}

}  // namespace

LogLevel LogLevelFromName(std::string_view name) {
  if (name == "debug") return LogLevel::Debug;
  if (name == "warning") return LogLevel::Warning;
  if (name == "error") return LogLevel::Error;
  return LogLevel::Info;
}

std::string_view Name(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return "debug";
    case LogLevel::Info:
      return "info";
    case LogLevel::Warning:
      return "warning";
    case LogLevel::Error:
      return "error";
  }
  return "info";
}

// The sink's level rather than the loggers', so that it can change while loggers exist.
void SetLogLevel(LogLevel level) { StandardError()->set_level(ToSpdlog(level)); }

LogLevel CurrentLogLevel() {
  for (const LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning}) {
    if (StandardError()->should_log(ToSpdlog(level))) return level;
  }
  return LogLevel::Error;
}

std::vector<LogLine> RecentLogLines(std::uint64_t after) { return Recent().After(after); }

NamedLog::NamedLog(std::string name)
    : logger_(std::make_shared<spdlog::logger>(std::move(name), StandardError())) {
  logger_->set_level(spdlog::level::trace);
}

bool NamedLog::Enabled(LogLevel level) const {
  return StandardError()->should_log(ToSpdlog(level));
}

void NamedLog::Write(LogLevel level, std::string_view text) {
  if (!Enabled(level) && level < LogLevel::Info) return;
  const std::string line = VisibleText(text);
  if (level >= LogLevel::Info) Recent().Add(level, logger_->name(), line);
  if (Enabled(level)) logger_->log(ToSpdlog(level), "{}", line);
}

}  // namespace feedmux
