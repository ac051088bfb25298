#include "feedmux_terminal.hpp"

#include <fcntl.h>  // fcntl
#include <pty.h>    // openpty
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>  // tcgetattr
#include <unistd.h>

#include <array>      // array
#include <csignal>    // kill
#include <stdexcept>  // runtime_error

#include "feedmux_process.hpp"

namespace feedmux::testing {

FeedmuxTerminal::FeedmuxTerminal(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), FEEDMUX_BINARY);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  if (::openpty(&master_, &slave_, nullptr, nullptr, nullptr) != 0) {
    throw std::runtime_error("cannot open a terminal");
  }
  ::fcntl(master_, F_SETFL, O_NONBLOCK);
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot fork");
  if (pid_ == 0) {
    ::setsid();
    ::ioctl(slave_, TIOCSCTTY, 0);
    for (const int standard : {0, 1, 2}) ::dup2(slave_, standard);
    ::close(master_);
    ::close(slave_);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
}

FeedmuxTerminal::~FeedmuxTerminal() {
  if (!exit_code_) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(master_);
  ::close(slave_);
}

void FeedmuxTerminal::Read() {
  std::array<char, 4096> buffer{};
  ssize_t got = 0;
  while ((got = ::read(master_, buffer.data(), buffer.size())) > 0) {
    screen_.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

bool FeedmuxTerminal::WaitFor(std::string_view text) {
  return WaitUntil([&] {
    Read();
    const std::size_t found = screen_.find(text, waited_for_);
    if (found == std::string::npos) return false;
    waited_for_ = found + text.size();
    return true;
  });
}

void FeedmuxTerminal::Type(std::string_view text) const {
  if (::write(master_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    throw std::runtime_error("cannot type");
  }
}

bool FeedmuxTerminal::WaitUntilItSleeps() const {
  return WaitUntil([this] {
    const std::string stat = ReadFile("/proc/" + std::to_string(pid_) + "/stat");
    const std::size_t name_end = stat.rfind(") ");
    return name_end != std::string::npos && stat.compare(name_end + 2, 1, "S") == 0;
  });
}

bool FeedmuxTerminal::HasEcho() const {
  termios state{};
  if (::tcgetattr(slave_, &state) != 0) throw std::runtime_error("the terminal is gone");
  return (state.c_lflag & ECHO) != 0;
}

std::optional<int> FeedmuxTerminal::Wait() {
  WaitUntil([this] {
    Read();
    int status = 0;
    if (exit_code_ || ::waitpid(pid_, &status, WNOHANG) != pid_) return exit_code_.has_value();
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    Read();
    return true;
  });
  return exit_code_;
}

}  // namespace feedmux::testing
