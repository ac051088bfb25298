#pragma once

#include <csignal>  // sigset_t

namespace feedmux {

/// SIGINT, SIGTERM and SIGUSR1 as a queue that one thread reads, instead of handlers. Blocks them
/// for the calling thread and all it starts later, so make it before the first thread.
class SignalQueue {
 public:
  SignalQueue();

  /// The next signal, waited for.
  int Next();

  /// Takes the copies of one request that come within moments of each other: timeout(1), for one,
  /// signals a process and then its whole group.
  void TakeEchoes();

 private:
  sigset_t signals_;
};

}  // namespace feedmux
