#include "universe/check_text.hpp"

#include <algorithm>  // none_of

namespace feedmux::universe {

namespace {

constexpr std::size_t kShown = 60;
constexpr std::string_view kBlanks = " \t\r\n\v\f";

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool IsBlankOrControl(char c) { return c == ' ' || IsControl(c); }

}  // namespace

std::string Quoted(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text.substr(0, kShown)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7f) {
      quoted += "\\x";
      quoted += kHex[byte >> 4];
      quoted += kHex[byte & 15];
    } else {
      quoted += c;
    }
  }
  quoted += text.size() > kShown ? "...\"" : "\"";
  return quoted;
}

std::string_view Trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(kBlanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

std::string SymbolProblem(std::string_view text) {
  if (text.empty()) return "expected a symbol, found nothing";
  const bool is_valid = std::none_of(text.begin(), text.end(), [](char c) {
    return c == ',' || IsBlankOrControl(c) || static_cast<unsigned char>(c) >= 0x80;
  });
  if (is_valid) return {};
  return "expected a symbol (printable ASCII, no space, no comma), found " + Quoted(text);
}

std::string KeyProblem(std::string_view key) {
  if (key.empty()) return "expected the name of a universe, found nothing";
  const bool is_valid =
      std::none_of(key.begin(), key.end(), [](char c) { return c == '+' || IsBlankOrControl(c); });
  if (is_valid) return {};
  return "expected the name of a universe (no space, no +), found " + Quoted(key);
}

}  // namespace feedmux::universe
