#pragma once

#include <string>  // string

namespace feedmux {

/// Whether standard input is a terminal, where a password can be asked for.
bool CanAskForPassword();

/// Asks for it without echo, and again to be sure. A signal while it waits does what it would do
/// anyway, and finds the terminal as it was. Throws std::runtime_error if the two differ or none
/// was typed, and std::invalid_argument if it cannot be a password, before it asks again.
std::string AskForNewPassword(const std::string& user);

/// The first line of standard input, or what there is without a line end. Throws
/// std::runtime_error if there is nothing. One that is too long comes long enough to be refused.
std::string ReadPasswordFromStdin();

}  // namespace feedmux
