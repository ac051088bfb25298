#include "cli/signals.hpp"

#include <cerrno>        // errno, EINTR
#include <cstdio>        // fputs
#include <cstdlib>       // _Exit
#include <cstring>       // sigabbrev_np
#include <ctime>         // timespec
#include <system_error>  // system_error

#include "cli/exit_code.hpp"

namespace feedmux {
namespace {

constexpr timespec kMoment{0, 20'000'000};

bool IsIgnored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

std::string SignalName(int signal) {
  const char* const name = sigabbrev_np(signal);
  return name ? std::string{"SIG"} + name : "signal " + std::to_string(signal);
}

SignalQueue::SignalQueue() {
  sigemptyset(&ends_);
  for (const int signal : {SIGINT, SIGTERM}) sigaddset(&ends_, signal);
  if (!IsIgnored(SIGHUP)) sigaddset(&ends_, SIGHUP);
  signals_ = ends_;
  sigaddset(&signals_, SIGUSR1);
  if (const int error = pthread_sigmask(SIG_BLOCK, &signals_, nullptr)) {
    throw std::system_error(error, std::generic_category(), "pthread_sigmask");
  }
}

int SignalQueue::Next() {
  for (;;) {
    const int signal = sigwaitinfo(&signals_, nullptr);
    if (signal > 0) return signal;
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "sigwaitinfo");
  }
}

void SignalQueue::TakeEchoes() {
  while (sigtimedwait(&signals_, nullptr, &kMoment) > 0 || errno == EINTR) {
  }
}

int SignalQueue::NextEndSoon() {
  const int signal = sigtimedwait(&ends_, nullptr, &kMoment);
  return signal > 0 ? signal : 0;
}

EndAtOnce::EndAtOnce(SignalQueue signals)
    : thread_{[this, signals]() mutable {
        while (!is_over_) {
          const int signal = signals.NextEndSoon();
          if (signal == 0) continue;
          std::fputs((SignalName(signal) + ": nothing was started yet\n").c_str(), stderr);
          std::_Exit(exit_code::kOk);
        }
      }} {}

EndAtOnce::~EndAtOnce() {
  is_over_ = true;
  thread_.join();
}

}  // namespace feedmux
