#include "console_sink.hpp"

#include <fcntl.h>   // fcntl
#include <poll.h>    // poll
#include <signal.h>  // pthread_sigmask
#include <unistd.h>  // isatty, write

#include <algorithm>     // upper_bound
#include <cerrno>        // errno
#include <cstdlib>       // getenv
#include <system_error>  // generic_category

#include "feedmux/errors.hpp"
#include "tick_line.hpp"

namespace feedmux::console {
namespace {

constexpr std::size_t kLargestWrite = 1 << 20;

/// How far a write got; `error` is empty if that is all of it.
struct Written {
  std::size_t bytes = 0;
  std::string error;
};

/// Waits for a slow reader.
Written WriteAll(int file, std::string_view text) {
  Written written;
  while (written.bytes < text.size()) {
    const ssize_t count = ::write(file, text.data() + written.bytes, text.size() - written.bytes);
    if (count >= 0) {
      written.bytes += static_cast<std::size_t>(count);
    } else if (errno == EAGAIN) {
      pollfd waiting{.fd = file, .events = POLLOUT, .revents = 0};
      ::poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      written.error = std::generic_category().message(errno);
      break;
    }
  }
  return written;
}

/// A closed pipe shall be an error of write(), not the end of the process. Signals of write() go to
/// the thread that called it, so that it is enough to block this one there.
void BlockPipeSignal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

bool WantsColour(int file) { return ::isatty(file) == 1 && std::getenv("NO_COLOR") == nullptr; }

void Count(CountByKind& counts, std::span<const Tick> ticks) {
  for (const Tick& tick : ticks) ++counts[static_cast<std::size_t>(tick.kind)];
}

}  // namespace

ConsoleSink::ConsoleSink(Host& host, const Options& options)
    : ConsoleSink(host, options,
                  options.String("target") == "stderr" ? STDERR_FILENO : STDOUT_FILENO) {}

ConsoleSink::ConsoleSink(Host& host, const Options& options, int file)
    : host_(host),
      is_summary_(options.String("mode") == "summary"),
      interval_(options.Duration("interval")),
      target_(options.String("target")),
      file_(file) {}

void ConsoleSink::Start() {
  if (is_started_) return;
  if (::fcntl(file_, F_GETFD) < 0) throw SinkUnavailable(target_ + " is closed");
  is_started_ = true;
  BlockPipeSignal();
  colour_ = WantsColour(file_);
  last_summary_ns_ = host_.clock().MonotonicNs();
  if (is_summary_) host_.timers().Every(interval_, [this] { WriteSummary(); });
}

void ConsoleSink::OnTicks(std::span<const Tick> ticks) {
  if (is_summary_) {
    Count(ticks_, ticks);
  } else {
    WriteTicks(ticks);
  }
}

void ConsoleSink::Stop() {
  colour_ = false;  // the connections have gone by now, which is no alarm
  if (is_summary_ && is_started_) WriteSummary();
}

void ConsoleSink::WriteTicks(std::span<const Tick> ticks) {
  std::size_t delivered = 0;
  while (delivered < ticks.size()) {
    buffer_.clear();
    line_ends_.clear();
    for (std::size_t i = delivered; i < ticks.size() && buffer_.size() < kLargestWrite; ++i) {
      const Tick& tick = ticks[i];
      AppendTickLine(buffer_, tick, host_.symbols().Text(tick.symbol),
                     host_.connection(tick.connection).name);
      line_ends_.push_back(buffer_.size());
    }
    const Written written = WriteAll(file_, buffer_);
    const auto whole = std::upper_bound(line_ends_.begin(), line_ends_.end(), written.bytes);
    delivered += static_cast<std::size_t>(whole - line_ends_.begin());
    if (!written.error.empty()) {
      throw SinkUnavailable("writing to " + target_ + ": " + written.error, delivered);
    }
  }
}

void ConsoleSink::WriteSummary() {
  if (is_broken_) return;
  const std::int64_t now_ns = host_.clock().MonotonicNs();
  for (std::size_t i = 0; i < kKindCount; ++i) total_[i] += ticks_[i];
  const std::string line = SummaryLine({.utc_ns = host_.clock().UtcNs(),
                                        .elapsed_ns = now_ns - last_summary_ns_,
                                        .ticks = ticks_,
                                        .total = total_,
                                        .health = host_.ReadHealth()},
                                       colour_);
  last_summary_ns_ = now_ns;
  ticks_ = {};
  const Written written = WriteAll(file_, line);
  if (written.error.empty()) return;
  is_broken_ = true;
  host_.log().Error("writing to " + target_ + ": " + written.error + "; no more summary lines");
}

}  // namespace feedmux::console
