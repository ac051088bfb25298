#include "frame_sender.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>

#include <algorithm>     // min
#include <cerrno>        // errno
#include <system_error>  // system_error

namespace feedmux::bench {
namespace {

constexpr std::size_t kWriteSize = 256 << 10;
constexpr std::int64_t kNsPerSecond = 1'000'000'000;
constexpr std::int64_t kNsPerMs = 1'000'000;

[[noreturn]] void Fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::int64_t ReadClock(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return now.tv_sec * kNsPerSecond + now.tv_nsec;
}

std::int64_t UtcMs(std::int64_t monotonic_ns) {
  const std::int64_t ago_ns = ReadClock(CLOCK_MONOTONIC) - monotonic_ns;
  return (ReadClock(CLOCK_REALTIME) - ago_ns) / kNsPerMs;
}

void SleepUntil(std::int64_t ns) {
  const timespec until{.tv_sec = ns / kNsPerSecond, .tv_nsec = ns % kNsPerSecond};
  while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
  }
}

}  // namespace

std::int64_t MonotonicNs() { return ReadClock(CLOCK_MONOTONIC); }

SendResult FrameSender::SendAll(std::size_t frames, const std::function<bool()>& is_over) {
  result_ = {};
  result_.first_ns = MonotonicNs();
  while (frames != 0 && !is_over()) {
    const std::size_t count = std::min(frames, cycle_.frames());
    const std::size_t end = cycle_.BeginOf(count);
    for (std::size_t at = 0; at < end;) {
      const std::size_t size = std::min(kWriteSize, end - at);
      Write(cycle_.bytes().data() + at, size);
      at += size;
    }
    frames -= count;
    result_.frames += count;
  }
  result_.last_ns = MonotonicNs();
  return result_;
}

SendResult FrameSender::SendPaced(std::size_t frames, std::int64_t interval_ns, bool stamp,
                                  std::vector<std::int64_t>& sent_ns) {
  // Without this the kernel may wake a sleeper 50 µs late, a whole interval at 20,000 frames/s.
  ::prctl(PR_SET_TIMERSLACK, 1UL);
  sent_ns.assign(frames, 0);
  result_ = {};
  result_.first_ns = MonotonicNs();
  bool behind_peer = false;
  for (std::size_t i = 0; i < frames; ++i) {
    const std::int64_t due = result_.first_ns + static_cast<std::int64_t>(i) * interval_ns;
    std::int64_t now = MonotonicNs();
    if (now < due) {
      behind_peer = false;
      SleepUntil(due);
      now = MonotonicNs();
    }
    sent_ns[i] = behind_peer ? due : now;
    const std::size_t frame = i % cycle_.frames();
    if (stamp) cycle_.Stamp(frame, UtcMs(sent_ns[i]));
    const std::size_t begin = cycle_.BeginOf(frame);
    if (!Write(cycle_.bytes().data() + begin, cycle_.BeginOf(frame + 1) - begin)) {
      behind_peer = true;
    }
  }
  result_.frames = frames;
  result_.last_ns = MonotonicNs();
  return result_;
}

bool FrameSender::Write(const char* data, std::size_t size) {
  result_.bytes += size;
  bool at_once = true;
  while (size != 0) {
    const ssize_t written = ::send(socket_, data, size, MSG_NOSIGNAL);
    if (written >= 0) {
      data += written;
      size -= static_cast<std::size_t>(written);
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) Fail("the client is gone");
    at_once = false;
    ++result_.held_up;
    WaitForRoom();
  }
  return at_once;
}

void FrameSender::WaitForRoom() {
  pollfd room{.fd = socket_, .events = POLLOUT, .revents = 0};
  while (::poll(&room, 1, -1) < 0) {
    if (errno != EINTR) Fail("poll");
  }
}

}  // namespace feedmux::bench
