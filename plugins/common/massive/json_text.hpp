#pragma once

#include <string>       // string
#include <string_view>  // string_view

/// A call per field costs more than most fields.
#define FEEDMUX_HOT [[gnu::always_inline]] inline

/// Kept out of the way of what is hot.
#define FEEDMUX_COLD [[gnu::cold, gnu::noinline]]

namespace feedmux::massive {

/// The grammar of JSON over text in memory, strict. The text must end with '\0', which is in no
/// valid JSON, so that nothing here needs to know how long it is. UTF-8 is not looked at.
///
/// Functions get where something begins and return where it ends; nullptr if it is not JSON, and
/// then `broken_at` says where it stopped being so.
///
/// Private to the codec. Thread: one.
class JsonText {
 public:
  /// What is nested deeper is taken for broken.
  static constexpr int kMaxDepth = 64;

  static bool IsDigit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

  FEEDMUX_HOT static const char* SkipBlanks(const char* at) {
    if (static_cast<unsigned char>(*at) > ' ') [[likely]] {
      return at;
    }
    return SkipManyBlanks(at);
  }

  /// `text` is what stands between the quotes. Sets `escaped` if that contains escapes.
  FEEDMUX_HOT const char* String(const char* at, std::string_view& text, bool& escaped) {
    const char* const begin = ++at;
    while (*at != '"') {
      if (*at == '\\' || static_cast<unsigned char>(*at) < ' ') [[unlikely]] {
        escaped = true;
        return EscapedString(begin, text);
      }
      ++at;
    }
    text = {begin, static_cast<std::size_t>(at - begin)};
    return at + 1;
  }

  const char* Number(const char* at);

  /// A value of any type.
  const char* Value(const char* at, int depth = 0);

  const char* broken_at() const { return broken_at_; }

  /// Always nullptr.
  FEEDMUX_COLD const char* Break(const char* at) {
    broken_at_ = at;
    return nullptr;
  }

 private:
  FEEDMUX_COLD static const char* SkipManyBlanks(const char* at);
  FEEDMUX_COLD const char* EscapedString(const char* begin, std::string_view& text);
  const char* Escape(const char* at);
  const char* Digits(const char* at);
  const char* Word(const char* at, std::string_view word);
  const char* Object(const char* at, int depth);
  const char* Array(const char* at, int depth);

  const char* broken_at_ = nullptr;
};

/// Resolves the escapes of a string that JsonText accepted.
void Unescape(std::string_view text, std::string& unescaped);

}  // namespace feedmux::massive
