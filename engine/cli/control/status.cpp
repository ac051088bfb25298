#include "cli/control/status_table.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>  // count
#include <csignal>    // sigaction
#include <ctime>      // time
#include <optional>   // optional
#include <thread>     // sleep_for

#include "cli/control/ask.hpp"
#include "cli/control/text.hpp"
#include "cli/exit_code.hpp"

namespace feedmux {
namespace {

// Without line wrapping, a line that is too long is cut instead of pushing the others down.
constexpr std::string_view kBegin = "\x1b[?25l\x1b[?7l\x1b[2J";
constexpr std::string_view kEnd = "\x1b[?25h\x1b[?7h\n";

void Write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::write(STDOUT_FILENO, text.data(), text.size());
    if (size < 0) return;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

void EndOnInterrupt() {
  struct sigaction action {};
  action.sa_handler = [](int) {
    if (::isatty(STDOUT_FILENO) == 1) Write(kEnd);
    ::_exit(exit_code::kOk);
  };
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

std::size_t ScreenRows() {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 1 ? size.ws_row : 24;
}

/// The text over what was there before, line by line, in one write: nothing flickers.
std::string Redrawn(std::string_view text) {
  std::string frame = "\x1b[H";
  const std::size_t rows = ScreenRows();
  for (std::size_t row = 1; !text.empty(); ++row) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (row == rows - 1 && !text.empty()) {
      const auto left = std::count(text.begin(), text.end(), '\n') + 1;
      return frame + fmt::format("({} more lines)\x1b[K\x1b[J", left);
    }
    frame.append(line).append("\x1b[K\n");
  }
  return frame + "\x1b[J";
}

/// What to show each second: the engine's status, or what it was and why it is not known now.
class Watch {
 public:
  Watch(const ControlOptions& options, const Paint& paint)
      : options_(options), paint_(paint), client_(Connect(options)) {}

  std::string Next() {
    try {
      if (!client_) client_.emplace(Connect(options_));
      const auto report = client_->Call("status", nlohmann::json::object());
      const double started = report.value("started_at", 0.0);
      if (lost_at_ != 0 || (started_ != 0 && started != started_)) {
        news_ = started == started_ ? "" : "the engine was started again at " + TimeText(started);
      }
      started_ = started;
      lost_at_ = 0;
      last_ = StatusTable(report, paint_);
      return news_.empty() ? last_ : last_ + "\n" + paint_(Colour::Yellow, news_) + "\n";
    } catch (const NoEngine& error) {
      client_.reset();
      if (lost_at_ == 0) lost_at_ = std::time(nullptr);
      return paint_(Colour::Red,
                    fmt::format("no answer since {}: {}", TimeText(static_cast<double>(lost_at_)),
                                error.what())) +
             "\n" + paint_(Colour::Dim, "trying again; what it said last:") + "\n\n" + last_;
    }
  }

 private:
  const ControlOptions& options_;
  const Paint paint_;
  std::optional<ControlClient> client_;
  std::string last_;
  std::string news_;
  double started_ = 0;       // of the engine, UTC seconds
  std::time_t lost_at_ = 0;  // 0: it answers
};

}  // namespace

int Status(const StatusOptions& options) {
  if (options.watch) WatchStatus(options);
  const auto report = Ask(options, "status");
  if (options.json) {
    PrintJson(report);
  } else {
    fmt::print("{}", StatusTable(report, Paint::ForStandardOutput()));
  }
  return exit_code::kOk;
}

void WatchStatus(const StatusOptions& options) {
  const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
  Watch watch{options, Paint::ForStandardOutput()};  // throws if there is no engine to begin with
  EndOnInterrupt();
  if (is_terminal) Write(kBegin);
  for (;;) {
    const std::string text = watch.Next();
    Write(is_terminal ? Redrawn(text) : text + "\n");
    std::this_thread::sleep_for(std::chrono::seconds{1});
  }
}

}  // namespace feedmux
