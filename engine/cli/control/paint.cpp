#include "cli/control/paint.hpp"

#include <unistd.h>

#include <cstdlib>  // getenv

namespace feedmux {
namespace {

std::string_view CodeOf(Colour colour) {
  switch (colour) {
    case Colour::None:
      return "";
    case Colour::Dim:
      return "\x1b[2m";
    case Colour::Green:
      return "\x1b[32m";
    case Colour::Yellow:
      return "\x1b[33m";
    case Colour::Red:
      return "\x1b[31m";
    case Colour::Bold:
      return "\x1b[1m";
  }
  return "";
}

}  // namespace

Paint Paint::ForStandardOutput() {
  const char* no_colour = std::getenv("NO_COLOR");
  return Paint{::isatty(STDOUT_FILENO) == 1 && (!no_colour || !*no_colour)};
}

std::string Paint::operator()(Colour colour, std::string_view text) const {
  if (!on_ || colour == Colour::None) return std::string{text};
  return std::string{CodeOf(colour)}.append(text).append("\x1b[0m");
}

}  // namespace feedmux
