#include "config/shown.hpp"

#include <fmt/format.h>

#include <array>  // array

#include "config/utf8.hpp"

namespace feedmux {
namespace {

constexpr std::size_t kLongest = 80;
constexpr std::string_view kMask = "***";
constexpr std::string_view kSpaces = " \t\r\n";

bool NamesSecret(std::string_view parameter) {
  std::string lower;
  for (const char c : parameter) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  constexpr std::array<std::string_view, 5> kWords = {"key", "token", "secret", "pass", "auth"};
  for (const std::string_view word : kWords) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return false;
}

std::string MaskUserInfo(std::string_view text) {
  std::string masked;
  while (true) {
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos) return masked.append(text);
    const std::size_t begin = scheme + 3;
    masked.append(text.substr(0, begin));
    text.remove_prefix(begin);
    // Up to the last @ of the word: a password may hold any of ":/@" that nobody escaped.
    const std::string_view word = text.substr(0, text.find_first_of(kSpaces));
    const std::size_t at = word.rfind('@');
    if (at == std::string_view::npos) continue;
    const std::size_t colon = word.substr(0, at).find(':');
    if (colon != std::string_view::npos) masked.append(word.substr(0, colon + 1));
    masked.append(kMask);
    text.remove_prefix(at);
  }
}

std::string MaskParameters(std::string_view text) {
  std::string masked;
  while (true) {
    const std::size_t mark = text.find_first_of("?&");
    if (mark == std::string_view::npos) return masked.append(text);
    masked.append(text.substr(0, mark + 1));
    text.remove_prefix(mark + 1);
    const std::string_view parameter = text.substr(0, text.find_first_of("&# \t\r\n"));
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos || !NamesSecret(parameter.substr(0, equals))) continue;
    masked.append(parameter.substr(0, equals + 1)).append(kMask);
    text.remove_prefix(parameter.size());
  }
}

}  // namespace

std::string MaskPasswords(std::string_view text) { return MaskParameters(MaskUserInfo(text)); }

std::string Shown(std::string_view text) {
  const std::string masked = MaskPasswords(text);
  const std::string_view kept = CutUtf8(masked, kLongest);
  std::string shown = "\"";
  for (const char c : kept) {
    switch (c) {
      case '\n':
        shown += "\\n";
        break;
      case '\t':
        shown += "\\t";
        break;
      case '"':
      case '\\':
        shown += '\\';
        shown += c;
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
          shown += fmt::format("\\x{:02x}", byte);
        } else {
          shown += c;
        }
      }
    }
  }
  shown += kept.size() < masked.size() ? "...\"" : "\"";
  return shown;
}

}  // namespace feedmux
