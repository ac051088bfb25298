#include "massive/json_text.hpp"

#include <cstdint>  // uint32_t

namespace feedmux::massive {

namespace {

constexpr std::uint32_t kNoCode = 0xFFFF'FFFF;

std::uint32_t HexDigit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
  return kNoCode;
}

/// The code unit of a "\u1234" that begins at `at`.
std::uint32_t CodeUnit(const char* at) {
  if (at[0] != '\\' || at[1] != 'u') return kNoCode;
  std::uint32_t unit = 0;
  for (int i = 2; i < 6; ++i) {
    const std::uint32_t digit = HexDigit(at[i]);
    if (digit == kNoCode) return kNoCode;
    unit = unit << 4 | digit;
  }
  return unit;
}

constexpr bool IsHighSurrogate(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
constexpr bool IsLowSurrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

void AppendUtf8(std::uint32_t code, std::string& text) {
  const auto append = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
  const auto append_tail = [&](int shift) { append(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    append(code);
  } else if (code < 0x800) {
    append(0xC0 | code >> 6);
    append_tail(0);
  } else if (code < 0x1'0000) {
    append(0xE0 | code >> 12);
    append_tail(6);
    append_tail(0);
  } else {
    append(0xF0 | code >> 18);
    append_tail(12);
    append_tail(6);
    append_tail(0);
  }
}

char Plain(char escape) {
  switch (escape) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return escape;
  }
}

}  // namespace

const char* JsonText::SkipManyBlanks(const char* at) {
  while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r') ++at;
  return at;
}

const char* JsonText::EscapedString(const char* begin, std::string_view& text) {
  const char* at = begin;
  while (*at != '"') {
    if (static_cast<unsigned char>(*at) < ' ') return Break(at);
    if (*at != '\\') {
      ++at;
    } else if (at = Escape(at); at == nullptr) {
      return nullptr;
    }
  }
  text = {begin, static_cast<std::size_t>(at - begin)};
  return at + 1;
}

const char* JsonText::Escape(const char* at) {
  if (at[1] != 'u') {
    constexpr std::string_view kPlain = "\"\\/bfnrt";
    return kPlain.find(at[1]) == std::string_view::npos ? Break(at) : at + 2;
  }
  const std::uint32_t unit = CodeUnit(at);
  if (unit == kNoCode || IsLowSurrogate(unit)) return Break(at);
  if (!IsHighSurrogate(unit)) return at + 6;
  return IsLowSurrogate(CodeUnit(at + 6)) ? at + 12 : Break(at);
}

const char* JsonText::Digits(const char* at) {
  if (!IsDigit(*at)) return Break(at);
  while (IsDigit(*at)) ++at;
  return at;
}

const char* JsonText::Number(const char* at) {
  if (*at == '-') ++at;
  if (*at == '0') {
    ++at;
  } else if (at = Digits(at); at == nullptr) {
    return nullptr;
  }
  if (*at == '.') {
    if (at = Digits(at + 1); at == nullptr) return nullptr;
  }
  if (*at == 'e' || *at == 'E') {
    ++at;
    if (*at == '+' || *at == '-') ++at;
    return Digits(at);
  }
  return at;
}

const char* JsonText::Word(const char* at, std::string_view word) {
  for (const char c : word) {
    if (*at++ != c) return Break(at - 1);
  }
  return at;
}

const char* JsonText::Value(const char* at, int depth) {
  switch (*at) {
    case '{':
      return Object(at, depth + 1);
    case '[':
      return Array(at, depth + 1);
    case '"': {
      std::string_view text;
      bool escaped = false;
      return String(at, text, escaped);
    }
    case 't':
      return Word(at, "true");
    case 'f':
      return Word(at, "false");
    case 'n':
      return Word(at, "null");
    default:
      return Number(at);
  }
}

const char* JsonText::Object(const char* at, int depth) {
  if (depth > kMaxDepth) return Break(at);
  at = SkipBlanks(at + 1);
  if (*at == '}') return at + 1;
  for (;;) {
    if (*at != '"') return Break(at);
    if (at = Value(at, depth); at == nullptr) return nullptr;
    at = SkipBlanks(at);
    if (*at != ':') return Break(at);
    if (at = Value(SkipBlanks(at + 1), depth); at == nullptr) return nullptr;
    at = SkipBlanks(at);
    if (*at == '}') return at + 1;
    if (*at != ',') return Break(at);
    at = SkipBlanks(at + 1);
  }
}

const char* JsonText::Array(const char* at, int depth) {
  if (depth > kMaxDepth) return Break(at);
  at = SkipBlanks(at + 1);
  if (*at == ']') return at + 1;
  for (;;) {
    if (at = Value(at, depth); at == nullptr) return nullptr;
    at = SkipBlanks(at);
    if (*at == ']') return at + 1;
    if (*at != ',') return Break(at);
    at = SkipBlanks(at + 1);
  }
}

void Unescape(std::string_view text, std::string& unescaped) {
  unescaped.clear();
  for (const char* at = text.data(); at != text.data() + text.size();) {
    if (*at != '\\') {
      unescaped += *at++;
      continue;
    }
    if (at[1] != 'u') {
      unescaped += Plain(at[1]);
      at += 2;
      continue;
    }
    std::uint32_t code = CodeUnit(at);
    at += 6;
    if (IsHighSurrogate(code)) {
      code = 0x1'0000 + ((code - 0xD800) << 10) + (CodeUnit(at) - 0xDC00);
      at += 6;
    }
    AppendUtf8(code, unescaped);
  }
}

}  // namespace feedmux::massive
