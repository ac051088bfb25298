#include "massive/frame_salvage.hpp"

namespace feedmux::massive {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kMaxName = 64;

bool IsBlank(char c) { return kBlanks.find(c) != std::string_view::npos; }

std::size_t SkipBlanks(std::string_view text, std::size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

/// Steps `at` back to the previous byte that is not blank and gives it; in front of the frame there
/// are as many '}' as one likes.
char Previous(std::string_view frame, std::size_t& at) {
  while (at > 0) {
    if (const char c = frame[--at]; !IsBlank(c)) return c;
  }
  return '}';
}

/// A quoted name and a colon follow.
bool NameFollows(std::string_view frame, std::size_t at) {
  at = SkipBlanks(frame, at);
  if (at == frame.size() || frame[at] != '"') return false;
  const std::size_t end = frame.substr(0, at + kMaxName).find('"', at + 1);
  if (end == std::string_view::npos) return false;
  at = SkipBlanks(frame, end + 1);
  return at < frame.size() && frame[at] == ':';
}

/// Events stand behind a comma, or behind another event with one damaged byte at most in between.
/// The first one stands behind the frame's '['.
bool EventMayFollow(std::string_view frame, std::size_t at) {
  const char last = Previous(frame, at);
  if (last == ',' || last == '}') return true;
  const char last_but_one = Previous(frame, at);
  if (last_but_one == '}') return true;
  return last == '[' && last_but_one != ':' && last_but_one != '[' && last_but_one != ',';
}

}  // namespace

std::size_t FindEventBegin(std::string_view frame, std::size_t from) {
  for (std::size_t at = frame.find('{', from); at != frame.npos; at = frame.find('{', at + 1)) {
    if (NameFollows(frame, at + 1) && EventMayFollow(frame, at)) return at;
  }
  return frame.size();
}

std::size_t FindLastString(std::string_view frame, std::size_t from, std::size_t broken) {
  std::size_t last = from;
  bool quoted = false;
  for (std::size_t at = from; at < broken; ++at) {
    if (frame[at] == '"') {
      quoted = !quoted;
      if (quoted) last = at;
    } else if (frame[at] == '\\' && quoted) {
      ++at;
    }
  }
  return last;
}

bool HasContent(std::string_view text) {
  return text.find_first_not_of(" \t\r\n,[]") != std::string_view::npos;
}

}  // namespace feedmux::massive
