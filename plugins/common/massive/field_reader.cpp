#include "massive/field_reader.hpp"

#include <charconv>      // from_chars
#include <cmath>         // isfinite, modf, trunc, llround
#include <system_error>  // errc
#include <utility>       // move

namespace feedmux::massive {

namespace ondemand = simdjson::ondemand;
using simdjson::SUCCESS;

namespace {

constexpr double kInt64End = 9223372036854775808.0;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool SkipDigits(std::string_view& text) {
  const std::size_t before = text.size();
  while (!text.empty() && IsDigit(text.front())) text.remove_prefix(1);
  return text.size() < before;
}

bool SkipOneOf(std::string_view& text, std::string_view chars) {
  if (text.empty() || chars.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

bool IsJsonNumber(std::string_view text) {
  SkipOneOf(text, "-");
  if (!SkipOneOf(text, "0") && !SkipDigits(text)) return false;
  if (SkipOneOf(text, ".") && !SkipDigits(text)) return false;
  if (SkipOneOf(text, "eE")) {
    SkipOneOf(text, "+-");
    if (!SkipDigits(text)) return false;
  }
  return text.empty();
}

std::string_view Trimmed(std::string_view token) {
  return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
}

std::string_view RawName(ondemand::field& field) {
  const char* const begin = field.key().raw();
  const char* end = begin;
  while (*end != '"') end += *end == '\\' ? 2 : 1;
  return {begin, static_cast<std::size_t>(end - begin)};
}

bool HasEscape(std::string_view text) { return text.find('\\') != std::string_view::npos; }

}  // namespace

ShortName FieldReader::LongName(ondemand::field& field) {
  std::string_view name = RawName(field);
  return HasEscape(name) && Unescape(name, buffer_) ? Short(name) : 0;
}

void FieldReader::CheckName(ondemand::field& field) {
  std::string_view name = RawName(field);
  if (HasEscape(name)) Unescape(name, buffer_);
}

void FieldReader::OtherNumber(Value& value, double&) {
  const std::string_view token = Trimmed(value.raw_json_token());
  if (IsDigit(token.front()) || token.front() == '-') {
    Fail(IsJsonNumber(token) ? RejectReason::OutOfRange : RejectReason::Malformed);
  } else {
    Unexpected(value, RejectReason::WrongType);
  }
}

bool FieldReader::OtherInteger(Value& value, std::int64_t& number) {
  double wide = kAbsent;
  Number(value, wide);
  if (std::isnan(wide)) return false;
  if (wide < -kInt64End || wide >= kInt64End) {
    Fail(RejectReason::OutOfRange);
    return false;
  }
  if (wide != std::trunc(wide)) {
    Fail(RejectReason::WrongType);
    return false;
  }
  number = static_cast<std::int64_t>(wide);
  return true;
}

bool FieldReader::QuotedInteger(Value& value, std::int64_t& number) {
  if (value.raw_json_token().front() != '"') return Integer(value, number);
  std::string_view text;
  if (!Text(value, text)) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) return true;
  Fail(error == std::errc::result_out_of_range ? RejectReason::OutOfRange
                                               : RejectReason::WrongType);
  return false;
}

void FieldReader::DecimalAmount(Value& value, double& amount) {
  double number = kAbsent;
  if (value.get_double_in_string().get(number) == SUCCESS) return SetAmount(number, amount);
  std::string_view text;
  if (!Text(value, text)) return;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc::result_out_of_range) return Fail(RejectReason::OutOfRange);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) {
    return Fail(RejectReason::WrongType);
  }
  SetAmount(number, amount);
}

bool FieldReader::ToNs(double time, std::int64_t& ns) {
  if (!(time >= 0 && time < kInt64End)) return false;
  double whole = 0;
  const double fraction = std::modf(time, &whole);
  const auto units = static_cast<std::int64_t>(whole);
  if (!ToNs(units, ns)) return false;
  if (units > 0) ns += std::llround(fraction * static_cast<double>(ns / units));
  return ns >= 0;
}

void FieldReader::OtherTime(Value& value, std::int64_t& ns) {
  double time = kAbsent;
  Number(value, time);
  if (!std::isnan(time) && !ToNs(time, ns)) Fail(RejectReason::OutOfRange);
}

void FieldReader::TimeIfAny(Value& value, std::int64_t& ns) {
  std::int64_t time = kNoTime;
  if (double wide = kAbsent; value.get_double().get(wide) == SUCCESS) {
    if (ToNs(wide, time)) ns = time;
  } else {
    Check(value, 0);
  }
}

void FieldReader::Codes(Value& value, std::uint16_t* codes, std::uint8_t capacity,
                        std::uint8_t& count, bool& more) {
  if (value.raw_json_token().front() != '[') {
    Unexpected(value, RejectReason::WrongType);
    return;
  }
  ondemand::array array;
  if (value.get_array().get(array) != SUCCESS) {
    Break();
    return;
  }
  count = 0;
  for (auto result : array) {
    Value element;
    if (std::move(result).get(element) != SUCCESS) {
      Break();
      return;
    }
    std::uint16_t code = 0;
    std::int64_t number = 0;
    if (!Integer(element, number)) {
      if (broken_) return;
      continue;
    }
    SetCode(number, code);
    if (count < capacity) {
      codes[count++] = code;
    } else {
      more = true;
    }
  }
}

void FieldReader::Flag(Value& value, bool& flag) {
  if (value.get_bool().get(flag) != SUCCESS) Unexpected(value, RejectReason::WrongType);
}

bool FieldReader::RawText(Value& value, std::string_view& text) {
  const std::string_view token = value.raw_json_token();
  if (token.front() == '"') {
    if (!QuotedText(value, text)) return false;
    std::string_view resolved = text;
    return !HasEscape(resolved) || Unescape(resolved, buffer_);
  }
  double number = kAbsent;
  Number(value, number);
  text = Trimmed(token);
  return !std::isnan(number);
}

bool FieldReader::TextIfAny(Value& value, std::string_view& text, TextBuffer& buffer) {
  if (value.raw_json_token().front() == '"') return Text(value, text, buffer);
  Check(value, 0);
  return false;
}

bool FieldReader::Unescape(std::string_view& text, TextBuffer& buffer) {
  buffer.resize(text.size() + 2 * simdjson::SIMDJSON_PADDING);
  std::uint8_t* end = buffer.data();
  const ondemand::raw_json_string raw{reinterpret_cast<const std::uint8_t*>(text.data())};
  if (parser_.unescape(raw, end).get(text) == SUCCESS) return true;
  Fail(RejectReason::Malformed);
  return false;
}

bool FieldReader::Unexpected(Value& value, RejectReason reason) {
  const bool is_null = Trimmed(value.raw_json_token()) == "null";
  Check(value, 0);
  if (!is_null) Fail(reason);
  return false;
}

void FieldReader::Skip(ondemand::field& field) {
  CheckName(field);
  Check(field.value(), 0);
}

void FieldReader::Check(Value& value, int depth) {
  switch (const std::string_view token = value.raw_json_token(); token.front()) {
    case '{':
      return CheckObject(value, depth + 1);
    case '[':
      return CheckArray(value, depth + 1);
    case '"': {
      std::string_view text;
      Text(value, text);
      return;
    }
    case 't':
    case 'f':
    case 'n':
      if (const std::string_view word = Trimmed(token);
          word != "true" && word != "false" && word != "null") {
        Fail(RejectReason::Malformed);
      }
      return;
    case '}':
    case ']':
    case ',':
    case ':':
      Break();
      return;
    default:
      return CheckNumber(value);
  }
}

void FieldReader::CheckNumber(Value& value) {
  double number = kAbsent;
  if (value.get_double().get(number) == SUCCESS) return;
  const bool is_number = IsJsonNumber(Trimmed(value.raw_json_token()));
  Fail(is_number ? RejectReason::OutOfRange : RejectReason::Malformed);
}

void FieldReader::CheckObject(Value& value, int depth) {
  if (depth > kMaxDepth) return Fail(RejectReason::Malformed);
  ondemand::object object;
  if (value.get_object().get(object) != SUCCESS) {
    Break();
    return;
  }
  for (auto result : object) {
    ondemand::field field;
    if (std::move(result).get(field) != SUCCESS) {
      Break();
      return;
    }
    CheckName(field);
    Check(field.value(), depth);
    if (broken_) return;
  }
}

void FieldReader::CheckArray(Value& value, int depth) {
  if (depth > kMaxDepth) return Fail(RejectReason::Malformed);
  ondemand::array array;
  if (value.get_array().get(array) != SUCCESS) {
    Break();
    return;
  }
  for (auto result : array) {
    Value element;
    if (std::move(result).get(element) != SUCCESS) {
      Break();
      return;
    }
    Check(element, depth);
    if (broken_) return;
  }
}

}  // namespace feedmux::massive
