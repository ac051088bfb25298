#pragma once

#include <bit>          // endian
#include <cstdint>      // fixed-width integers
#include <limits>       // numeric_limits
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view

#include "feedmux/batch.hpp"
#include "massive/json_text.hpp"

namespace feedmux::massive {

/// A name of at most four bytes as a number, so that names can be told apart by a switch; 0 for one
/// that is longer or contains a zero byte.
using ShortName = std::uint32_t;

constexpr ShortName Short(std::string_view name) {
  if (name.size() > 4) return 0;
  ShortName packed = 0;
  for (std::size_t i = name.size(); i > 0; --i) {
    if (name[i - 1] == '\0') return 0;
    packed = packed << 8 | static_cast<unsigned char>(name[i - 1]);
  }
  return packed;
}

/// Reads the fields of one event into a tick and remembers what was wrong with them. A value that
/// is null or wrong leaves its target as it is.
///
/// Functions get where a name or value begins and return where it ends; nullptr if it is not JSON.
/// kReadBeyond bytes behind the text must be readable.
///
/// Private to the codec. Thread: one.
class FieldReader {
 public:
  static constexpr std::size_t kReadBeyond = 8;

  /// Starts a new event.
  void Reset() { fault_.reset(); }

  /// Why the event cannot become a tick, though it is JSON: the first reason found.
  std::optional<RejectReason> fault() const { return fault_; }

  void Fail(RejectReason reason) {
    if (!fault_) fault_ = reason;
  }

  JsonText& json() { return json_; }

  /// A field's name, from its opening quote to where the value begins. A name that begins with an
  /// escape may be misread, though not for one that the protocol knows: Skip takes it right.
  FEEDMUX_HOT const char* Name(const char* at, ShortName& name);

  /// The same for every name, slower.
  FEEDMUX_COLD const char* AnyName(const char* at, ShortName& name);

  /// A field that is none of ours, from its name's opening quote on.
  FEEDMUX_COLD const char* Skip(const char* field);

  /// Any finite number.
  FEEDMUX_HOT const char* Number(const char* at, double& number);

  /// A number that is not negative.
  FEEDMUX_HOT const char* Amount(const char* at, double& amount);

  /// The same as text: "0.007300".
  const char* DecimalAmount(const char* at, double& amount);

  /// Seconds, milliseconds, microseconds or nanoseconds since the epoch, told by the magnitude.
  FEEDMUX_HOT const char* Time(const char* at, std::int64_t& ns);

  FEEDMUX_HOT const char* Sequence(const char* at, std::uint64_t& sequence);

  template <class Int>
  FEEDMUX_HOT const char* Code(const char* at, Int& code);

  /// A code that may stand in quotes.
  const char* QuotedCode(const char* at, std::int16_t& code);

  /// An array of codes. Sets `more` if there are more than `codes` can hold.
  template <std::size_t kSize>
  FEEDMUX_HOT const char* Codes(const char* at, std::uint16_t (&codes)[kSize], std::uint8_t& count,
                                bool& more);

  const char* Flag(const char* at, bool& flag);

  /// What stands between the quotes, escapes resolved: in the text itself if it has none, else in
  /// `buffer`. kReadBeyond bytes behind it are readable.
  FEEDMUX_HOT const char* Text(const char* at, std::string_view& text, std::string& buffer);

  /// A text or number as it stands there, without the quotes.
  FEEDMUX_HOT const char* RawText(const char* at, std::string_view& text);

  /// A text or anything else; what is no text gives none.
  const char* TextIfAny(const char* at, std::string_view& text, std::string& buffer);

  /// A time or anything else; what is no time gives none.
  const char* TimeIfAny(const char* at, std::int64_t& ns);

 private:
  /// nullptr if it is anything but digits, perhaps with a sign, that fit.
  FEEDMUX_HOT static const char* PlainInteger(const char* at, std::int64_t& number);
  FEEDMUX_HOT static bool ToNs(std::int64_t time, std::int64_t& ns);
  static bool ToNs(double time, std::int64_t& ns);
  void SetAmount(double number, double& amount);
  template <class Int>
  FEEDMUX_HOT void SetCode(std::int64_t number, Int& code);

  FEEDMUX_COLD const char* OtherNumber(const char* at, double& number);
  FEEDMUX_COLD const char* OtherTime(const char* at, std::int64_t& ns);
  FEEDMUX_COLD const char* OtherInteger(const char* at, std::int64_t& number, bool& found);
  FEEDMUX_COLD const char* OtherRawText(const char* at, std::string_view& text);
  FEEDMUX_COLD static std::string_view Resolve(std::string_view text, std::string& buffer);

  /// A value of another type than the protocol says. Null is taken for absent.
  FEEDMUX_COLD const char* Unexpected(const char* at);

  JsonText json_;
  std::optional<RejectReason> fault_;
  std::string buffer_;
};

inline const char* FieldReader::Name(const char* at, ShortName& name) {
  static_assert(std::endian::native == std::endian::little);
  ShortName packed;
  __builtin_memcpy(&packed, at + 1, sizeof packed);
  std::size_t size = 4;
  if (at[2] == '"') {
    size = 1;
    packed &= 0xFF;
  } else if (at[3] == '"') {
    size = 2;
    packed &= 0xFFFF;
  } else if (at[4] == '"') {
    size = 3;
    packed &= 0xFF'FFFF;
  }
  if (at[size] == '\0' || at[size + 1] != '"' || at[size + 2] != ':') [[unlikely]] {
    return AnyName(at, name);
  }
  name = packed;
  return JsonText::SkipBlanks(at + size + 3);
}

inline const char* FieldReader::Number(const char* at, double& number) {
  constexpr std::uint64_t kMaxExact = std::uint64_t{1} << 53;
  static constexpr double kPowersOfTen[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                            1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const char* const begin = at;
  const bool negative = *at == '-';
  if (negative) ++at;

  std::uint64_t digits = 0;
  const char* const whole = at;
  while (JsonText::IsDigit(*at)) digits = digits * 10 + static_cast<unsigned char>(*at++ - '0');
  if (at == whole || (*whole == '0' && at != whole + 1)) [[unlikely]] {
    return OtherNumber(begin, number);
  }
  std::size_t scale = 0;
  if (*at == '.') {
    const char* const fraction = ++at;
    while (JsonText::IsDigit(*at)) digits = digits * 10 + static_cast<unsigned char>(*at++ - '0');
    scale = static_cast<std::size_t>(at - fraction);
    if (scale == 0) [[unlikely]] {
      return OtherNumber(begin, number);
    }
  }
  // Both operands are exact, so that the quotient is rounded once, as it should be.
  if ((*at | 0x20) == 'e' || at - whole > 16 || digits > kMaxExact) [[unlikely]] {
    return OtherNumber(begin, number);
  }
  const double magnitude = static_cast<double>(digits) / kPowersOfTen[scale];
  number = negative ? -magnitude : magnitude;
  return at;
}

inline const char* FieldReader::Amount(const char* at, double& amount) {
  double number = kAbsent;
  at = Number(at, number);
  SetAmount(number, amount);
  return at;
}

inline void FieldReader::SetAmount(double number, double& amount) {
  if (number >= 0) [[likely]] {
    amount = number;
  } else if (number < 0) {
    Fail(RejectReason::OutOfRange);
  }
}

inline const char* FieldReader::PlainInteger(const char* at, std::int64_t& number) {
  constexpr std::ptrdiff_t kMaxDigits = 19;
  constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
  const bool negative = *at == '-';
  if (negative) ++at;
  std::uint64_t digits = 0;
  const char* const first = at;
  while (JsonText::IsDigit(*at)) digits = digits * 10 + static_cast<unsigned char>(*at++ - '0');
  const std::ptrdiff_t count = at - first;
  if (count == 0 || count > kMaxDigits || digits > kMax || (*first == '0' && count > 1) ||
      *at == '.' || (*at | 0x20) == 'e') [[unlikely]] {
    return nullptr;
  }
  number = static_cast<std::int64_t>(digits);
  if (negative) number = -number;
  return at;
}

inline const char* FieldReader::Time(const char* at, std::int64_t& ns) {
  std::int64_t time = 0;
  const char* const end = PlainInteger(at, time);
  if (end == nullptr) [[unlikely]] {
    return OtherTime(at, ns);
  }
  if (!ToNs(time, ns)) [[unlikely]]
    Fail(RejectReason::OutOfRange);
  return end;
}

inline bool FieldReader::ToNs(std::int64_t time, std::int64_t& ns) {
  constexpr std::int64_t kMaxSeconds = 10'000'000'000;
  constexpr std::int64_t kMaxMs = 100'000'000'000'000;
  constexpr std::int64_t kMaxUs = 100'000'000'000'000'000;
  if (time < 0) return false;
  const std::int64_t scale = time >= kMaxUs        ? 1
                             : time >= kMaxMs      ? 1'000
                             : time >= kMaxSeconds ? 1'000'000
                                                   : 1'000'000'000;
  return !__builtin_mul_overflow(time, scale, &ns);
}

inline const char* FieldReader::Sequence(const char* at, std::uint64_t& sequence) {
  std::int64_t number = 0;
  const char* end = PlainInteger(at, number);
  if (end == nullptr) [[unlikely]] {
    bool found = false;
    end = OtherInteger(at, number, found);
    if (!found) return end;
  }
  if (number < 0) [[unlikely]] {
    Fail(RejectReason::OutOfRange);
  } else {
    sequence = static_cast<std::uint64_t>(number);
  }
  return end;
}

template <class Int>
const char* FieldReader::Code(const char* at, Int& code) {
  std::int64_t number = 0;
  const char* end = PlainInteger(at, number);
  if (end == nullptr) [[unlikely]] {
    bool found = false;
    end = OtherInteger(at, number, found);
    if (!found) return end;
  }
  SetCode(number, code);
  return end;
}

template <class Int>
void FieldReader::SetCode(std::int64_t number, Int& code) {
  if (number < std::numeric_limits<Int>::min() || number > std::numeric_limits<Int>::max())
      [[unlikely]] {
    return Fail(RejectReason::OutOfRange);
  }
  code = static_cast<Int>(number);
}

template <std::size_t kSize>
const char* FieldReader::Codes(const char* at, std::uint16_t (&codes)[kSize], std::uint8_t& count,
                               bool& more) {
  if (*at != '[') [[unlikely]] {
    return Unexpected(at);
  }
  count = 0;
  at = JsonText::SkipBlanks(at + 1);
  if (*at == ']') return at + 1;
  for (;;) {
    std::uint16_t code = 0;
    if (at = Code(at, code); at == nullptr) [[unlikely]] {
      return nullptr;
    }
    if (count < kSize) [[likely]] {
      codes[count++] = code;
    } else {
      more = true;
    }
    at = JsonText::SkipBlanks(at);
    if (*at == ']') return at + 1;
    if (*at != ',') [[unlikely]] {
      return json_.Break(at);
    }
    at = JsonText::SkipBlanks(at + 1);
  }
}

inline const char* FieldReader::Text(const char* at, std::string_view& text, std::string& buffer) {
  if (*at != '"') [[unlikely]] {
    return Unexpected(at);
  }
  bool escaped = false;
  at = json_.String(at, text, escaped);
  if (escaped && at != nullptr) [[unlikely]] {
    text = Resolve(text, buffer);
  }
  return at;
}

inline const char* FieldReader::RawText(const char* at, std::string_view& text) {
  if (*at != '"') [[unlikely]] {
    return OtherRawText(at, text);
  }
  bool escaped = false;
  return json_.String(at, text, escaped);
}

}  // namespace feedmux::massive
