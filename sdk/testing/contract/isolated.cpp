#include "isolated.hpp"

#include <signal.h>     // sigtimedwait, kill
#include <stdio.h>      // fflush
#include <string.h>     // sigabbrev_np
#include <sys/mman.h>   // memfd_create
#include <sys/prctl.h>  // prctl
#include <sys/wait.h>   // waitpid
#include <unistd.h>     // fork, pipe, dup2

#include <atomic>     // atomic_flag
#include <cerrno>     // errno
#include <cstdlib>    // exit
#include <exception>  // exception
#include <stdexcept>  // runtime_error

namespace feedmux::contract {

namespace {

constexpr char kPassed = 'P';
constexpr char kFailed = 'F';
constexpr char kSkipped = 'S';

int verdict_fd = -1;  // in the test's process only

void WriteVerdict(char verdict, const std::string& why) {
  const std::string message = verdict + why;
  [[maybe_unused]] const auto written = ::write(verdict_fd, message.data(), message.size());
}

// The first verdict counts.
[[noreturn]] void EndWith(char verdict, const std::string& why) {
  static std::atomic_flag has_ended;
  while (has_ended.test_and_set()) ::pause();
  ::fflush(nullptr);
  WriteVerdict(verdict, why);
  ::_exit(1);
}

[[noreturn]] void RunChild(const std::function<std::string()>& body, int verdict_to, int output) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  verdict_fd = verdict_to;
  std::string note;
  try {
    note = body();
  } catch (const std::exception& error) {
    Fail(std::string{"an exception that the contract does not provide for: "} + error.what());
  } catch (...) {
    Fail("threw something that is no std::exception");
  }
  WriteVerdict(kPassed, note);
  std::exit(0);
}

std::string ReadAll(int file) {
  std::string text;
  char buffer[4096];
  while (true) {
    const auto size = ::read(file, buffer, sizeof buffer);
    if (size <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(size));
  }
}

// True if the process ended in time; otherwise it is ended here.
bool WaitForEnd(pid_t child, std::chrono::seconds limit, const sigset_t& child_signal,
                int& status) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (true) {
    if (::waitpid(child, &status, WNOHANG) == child) return true;
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(
        deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    const timespec wait = {.tv_sec = left.count() / 1'000'000'000,
                           .tv_nsec = left.count() % 1'000'000'000};
    ::sigtimedwait(&child_signal, nullptr, &wait);
  }
  ::kill(-child, SIGKILL);
  ::kill(child, SIGKILL);
  ::waitpid(child, &status, 0);
  return false;
}

std::string SignalName(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name ? std::string{"SIG"} + name : "signal " + std::to_string(signal);
}

}  // namespace

Outcome RunIsolated(const std::function<std::string()>& body, std::chrono::seconds limit) {
  sigset_t child_signal;
  sigemptyset(&child_signal);
  sigaddset(&child_signal, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &child_signal, nullptr);
  int verdict_pipe[2];
  const int output = ::memfd_create("output", MFD_CLOEXEC);
  if (output < 0 || ::pipe(verdict_pipe) != 0) throw std::runtime_error("no pipe for a test");
  ::fflush(nullptr);
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no process for a test");
  if (child == 0) {
    ::close(verdict_pipe[0]);
    RunChild(body, verdict_pipe[1], output);
  }
  ::close(verdict_pipe[1]);
  int status = 0;
  const bool in_time = WaitForEnd(child, limit, child_signal, status);
  const std::string verdict = ReadAll(verdict_pipe[0]);
  ::close(verdict_pipe[0]);

  Outcome outcome;
  ::lseek(output, 0, SEEK_SET);
  outcome.output = ReadAll(output);
  ::close(output);

  if (!verdict.empty() && verdict[0] == kFailed) {
    outcome.why = verdict.substr(1);
  } else if (!in_time) {
    outcome.why = "not done after " + std::to_string(limit.count()) + " s";
  } else if (WIFSIGNALED(status)) {
    outcome.why = "crashed with " + SignalName(WTERMSIG(status));
  } else if (!verdict.empty() && verdict[0] == kSkipped) {
    outcome.verdict = Outcome::Verdict::Skipped;
    outcome.why = verdict.substr(1);
  } else if (verdict.empty() || WEXITSTATUS(status) != 0) {
    outcome.why = "ended the process with exit code " + std::to_string(WEXITSTATUS(status));
  } else {
    outcome.verdict = Outcome::Verdict::Passed;
    outcome.note = verdict.substr(1);
  }
  return outcome;
}

void Fail(const std::string& why) { EndWith(kFailed, why); }
void Skip(const std::string& why) { EndWith(kSkipped, why); }

}  // namespace feedmux::contract
