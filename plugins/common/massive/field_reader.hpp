#pragma once

#include <simdjson.h>  // ondemand

#include <bit>          // endian
#include <cmath>        // isnan
#include <cstdint>      // fixed-width integers
#include <limits>       // numeric_limits
#include <optional>     // optional
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/batch.hpp"

namespace feedmux::massive {

/// A name of at most four bytes as a number, so that names can be told apart by a switch; 0 for a
/// longer one.
using ShortName = std::uint32_t;

constexpr ShortName Short(std::string_view name) {
  if (name.size() > 4) return 0;
  ShortName packed = 0;
  for (std::size_t i = name.size(); i > 0; --i) {
    packed = packed << 8 | static_cast<unsigned char>(name[i - 1]);
  }
  return packed;
}

/// Reads the values of one event into a tick and remembers what was wrong with them. A value that
/// is null or wrong leaves its target as it is.
///
/// Every byte of the event is looked at, so that an event without fault is JSON through and
/// through, whatever fields it has.
///
/// Private to the codec. Thread: one.
class FieldReader {
 public:
  using Value = simdjson::ondemand::value;
  using TextBuffer = std::vector<std::uint8_t>;

  explicit FieldReader(const simdjson::ondemand::parser& parser) : parser_(parser) {}

  /// Starts a new event.
  void Reset() {
    broken_ = false;
    fault_.reset();
  }

  /// The frame cannot be read on from here: what was read of this event is void.
  bool broken() const { return broken_; }

  /// Why the event cannot become a tick; the first reason found, except that Malformed takes
  /// precedence.
  std::optional<RejectReason> fault() const { return fault_; }

  void Fail(RejectReason reason) {
    if (!fault_ || reason == RejectReason::Malformed) fault_ = reason;
  }

  /// A field's name. 0 if it is none that the protocol knows.
  ShortName Name(simdjson::ondemand::field& field) {
    static_assert(std::endian::native == std::endian::little);
    const char* const key = field.key().raw();
    ShortName name;
    __builtin_memcpy(&name, key, sizeof name);
    if (key[1] == '"') return name & 0xFF;
    if (key[2] == '"') return name & 0xFFFF;
    if (key[3] == '"') return name & 0xFF'FFFF;
    if (key[4] == '"') return name;
    return LongName(field);
  }

  /// Any finite number.
  void Number(Value& value, double& number) {
    if (value.get_double().get(number) != simdjson::SUCCESS) [[unlikely]] {
      OtherNumber(value, number);
    }
  }

  /// A number that is not negative.
  void Amount(Value& value, double& amount) {
    double number = kAbsent;
    Number(value, number);
    SetAmount(number, amount);
  }

  /// The same as text: "0.007300".
  void DecimalAmount(Value& value, double& amount);

  /// Seconds, milliseconds, microseconds or nanoseconds since the epoch, told by the magnitude.
  void Time(Value& value, std::int64_t& ns) {
    std::int64_t time = 0;
    if (value.get_int64().get(time) != simdjson::SUCCESS) [[unlikely]] {
      OtherTime(value, ns);
    } else if (!ToNs(time, ns)) [[unlikely]] {
      Fail(RejectReason::OutOfRange);
    }
  }

  void Sequence(Value& value, std::uint64_t& sequence) {
    if (std::int64_t number = 0; Integer(value, number)) {
      if (number >= 0) {
        sequence = static_cast<std::uint64_t>(number);
      } else {
        Fail(RejectReason::OutOfRange);
      }
    }
  }

  template <class Int>
  void Code(Value& value, Int& code) {
    if (std::int64_t number = 0; Integer(value, number)) SetCode(number, code);
  }

  /// A code that may stand in quotes.
  template <class Int>
  void QuotedCode(Value& value, Int& code) {
    if (std::int64_t number = 0; QuotedInteger(value, number)) SetCode(number, code);
  }

  /// An array of codes. Sets `more` if there are more than `codes` can hold.
  template <std::size_t kSize>
  void Codes(Value& value, std::uint16_t (&codes)[kSize], std::uint8_t& count, bool& more) {
    Codes(value, codes, static_cast<std::uint8_t>(kSize), count, more);
  }

  void Flag(Value& value, bool& flag);

  /// What stands between the quotes, escapes resolved, with SIMDJSON_PADDING readable bytes behind
  /// it. It is in the frame if it has no escapes, else in `buffer`, until that is used again.
  bool Text(Value& value, std::string_view& text, TextBuffer& buffer) {
    if (!QuotedText(value, text)) return false;
    if (__builtin_memchr(text.data(), '\\', text.size()) == nullptr) [[likely]]
      return true;
    return Unescape(text, buffer);
  }
  bool Text(Value& value, std::string_view& text) { return Text(value, text, buffer_); }

  /// A text or number as it stands in the frame, without the quotes.
  bool RawText(Value& value, std::string_view& text);

  /// A text or anything else; what is no text gives none.
  bool TextIfAny(Value& value, std::string_view& text, TextBuffer& buffer);

  /// A time or anything else; what is no time gives none.
  void TimeIfAny(Value& value, std::int64_t& ns);

  /// A field that is none of ours.
  void Skip(simdjson::ondemand::field& field);

 private:
  static constexpr int kMaxDepth = 64;

  bool Integer(Value& value, std::int64_t& number) {
    if (value.get_int64().get(number) == simdjson::SUCCESS) [[likely]]
      return true;
    return OtherInteger(value, number);
  }

  template <class Int>
  void SetCode(std::int64_t number, Int& code) {
    if (number < std::numeric_limits<Int>::min() || number > std::numeric_limits<Int>::max()) {
      Fail(RejectReason::OutOfRange);
    } else {
      code = static_cast<Int>(number);
    }
  }

  void SetAmount(double number, double& amount) {
    if (number >= 0) [[likely]] {
      amount = number;
    } else if (!std::isnan(number)) {
      Fail(RejectReason::OutOfRange);
    }
  }

  bool QuotedText(Value& value, std::string_view& text) {
    const std::string_view token = value.raw_json_token();
    if (token.front() != '"') [[unlikely]]
      return Unexpected(value, RejectReason::WrongType);
    std::size_t size = token.size();
    while (token[size - 1] != '"') --size;
    if (size < 2) return Break();
    text = token.substr(1, size - 2);
    return true;
  }

  static bool ToNs(std::int64_t time, std::int64_t& ns);
  static bool ToNs(double time, std::int64_t& ns);

  ShortName LongName(simdjson::ondemand::field& field);
  void OtherNumber(Value& value, double& number);
  void OtherTime(Value& value, std::int64_t& ns);
  bool OtherInteger(Value& value, std::int64_t& number);
  bool QuotedInteger(Value& value, std::int64_t& number);
  void Codes(Value& value, std::uint16_t* codes, std::uint8_t capacity, std::uint8_t& count,
             bool& more);
  bool Unescape(std::string_view& text, TextBuffer& buffer);

  /// A value that is not what it should be: null is taken for absent, anything else fails with
  /// `reason`. Always false.
  bool Unexpected(Value& value, RejectReason reason);
  void Check(Value& value, int depth);
  void CheckObject(Value& value, int depth);
  void CheckArray(Value& value, int depth);
  void CheckNumber(Value& value);
  void CheckName(simdjson::ondemand::field& field);

  /// Gives the frame up. Always false.
  bool Break() {
    broken_ = true;
    return false;
  }

  const simdjson::ondemand::parser& parser_;
  TextBuffer buffer_;
  std::optional<RejectReason> fault_;
  bool broken_ = false;
};

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

}  // namespace feedmux::massive
