#pragma once

#include <atomic>   // atomic
#include <csignal>  // sigset_t
#include <string>   // string
#include <thread>   // thread

namespace feedmux {

/// "SIGTERM".
std::string SignalName(int signal);

/// SIGINT, SIGTERM, SIGUSR1 and, unless it is ignored (nohup), SIGHUP as a queue that one thread
/// reads, instead of handlers. Blocks them for the calling thread and all it starts later, so make
/// it before the first thread.
class SignalQueue {
 public:
  SignalQueue();

  /// The next signal, waited for.
  int Next();

  /// Takes the copies of one request that come within moments of each other: timeout(1), for one,
  /// signals a process and then its whole group.
  void TakeEchoes();

  /// The next one that asks for an end, if it comes within moments; else 0.
  int NextEndSoon();

 private:
  sigset_t signals_;
  sigset_t ends_;  // all of them but SIGUSR1
};

/// While it lives, a signal that asks for an end ends the process at once with 0: for the time
/// before anything runs that would have to be stopped, in which plugins may take long.
class EndAtOnce {
 public:
  explicit EndAtOnce(SignalQueue signals);
  ~EndAtOnce();
  EndAtOnce(const EndAtOnce&) = delete;
  EndAtOnce& operator=(const EndAtOnce&) = delete;

 private:
  std::atomic<bool> is_over_{false};
  std::thread thread_;
};

}  // namespace feedmux
