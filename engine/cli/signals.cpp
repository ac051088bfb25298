#include "cli/signals.hpp"

#include <cerrno>        // errno, EINTR
#include <ctime>         // timespec
#include <system_error>  // system_error

namespace feedmux {

SignalQueue::SignalQueue() {
  sigemptyset(&signals_);
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) sigaddset(&signals_, signal);
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
  const timespec moment{0, 20'000'000};
  while (sigtimedwait(&signals_, nullptr, &moment) > 0 || errno == EINTR) {
  }
}

}  // namespace feedmux
