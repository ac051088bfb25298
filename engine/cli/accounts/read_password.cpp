#include "cli/accounts/read_password.hpp"

#include <bsd/readpassphrase.h>
#include <fmt/format.h>
#include <unistd.h>  // isatty, read

#include <cerrno>     // errno
#include <cstddef>    // size_t
#include <cstring>    // strerror, strlen
#include <stdexcept>  // invalid_argument, runtime_error

#include "feedmux/accounts/password.hpp"

namespace feedmux {
namespace {

using accounts::kPasswordBytes;
using accounts::PasswordProblem;
using accounts::Wipe;

/// Longer ones are cut to a byte more than is valid.
std::string Ask(const std::string& prompt) {
  std::string typed(kPasswordBytes + 2, '\0');
  if (!::readpassphrase(prompt.c_str(), typed.data(), typed.size(), RPP_REQUIRE_TTY)) {
    throw std::runtime_error(fmt::format(
        "cannot ask for the password: {}; --password-stdin reads it from standard input",
        std::strerror(errno)));
  }
  typed.resize(std::strlen(typed.c_str()));
  return typed;
}

}  // namespace

bool CanAskForPassword() { return ::isatty(STDIN_FILENO) == 1; }

std::string AskForNewPassword(const std::string& user) {
  std::string password = Ask(fmt::format("New password for {}: ", user));
  if (password.empty()) throw std::runtime_error("no password was typed");
  if (const std::string problem = PasswordProblem(password); !problem.empty()) {
    Wipe(password);
    throw std::invalid_argument(problem);
  }
  std::string again = Ask("The same again: ");
  const bool is_same = password == again;
  Wipe(again);
  if (is_same) return password;
  Wipe(password);
  throw std::runtime_error("the two passwords differ");
}

std::string ReadPasswordFromStdin() {
  // Not std::cin, which would keep a copy.
  std::string line;
  line.reserve(kPasswordBytes + 2);
  char next = 0;
  while (line.size() <= kPasswordBytes + 1) {
    const ssize_t got = ::read(STDIN_FILENO, &next, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      Wipe(line);
      throw std::runtime_error(
          fmt::format("cannot read the password from standard input: {}", std::strerror(errno)));
    }
    if (got == 0 || next == '\n') break;
    line += next;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty())
    throw std::runtime_error("expected a password on standard input, found nothing");
  return line;
}

}  // namespace feedmux
