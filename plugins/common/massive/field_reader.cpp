#include "massive/field_reader.hpp"

#include <charconv>      // from_chars
#include <cmath>         // isfinite, isnan, modf, trunc, llround
#include <system_error>  // errc

namespace feedmux::massive {

namespace {

constexpr double kInt64End = 9223372036854775808.0;

/// The number that all of `text` says, in JSON's grammar or a little beyond it.
std::errc Parse(std::string_view text, double& number) {
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc::result_out_of_range && text.find("e-") != text.npos) {
    number = 0;
    return {};
  }
  if (error != std::errc{}) return error;
  return stopped == end && std::isfinite(number) ? std::errc{} : std::errc::invalid_argument;
}

}  // namespace

const char* FieldReader::AnyName(const char* at, ShortName& name) {
  std::string_view text;
  if (at = Text(at, text, buffer_); at == nullptr) return nullptr;
  at = JsonText::SkipBlanks(at);
  if (*at != ':') return json_.Break(at);
  name = Short(text);
  return JsonText::SkipBlanks(at + 1);
}

const char* FieldReader::Skip(const char* field) {
  ShortName name = 0;
  const char* const at = AnyName(field, name);
  return at == nullptr ? nullptr : json_.Value(at);
}

const char* FieldReader::Unexpected(const char* at) {
  const bool is_null = *at == 'n';
  at = json_.Value(at);
  if (at != nullptr && !is_null) Fail(RejectReason::WrongType);
  return at;
}

const char* FieldReader::OtherNumber(const char* at, double& number) {
  if (*at != '-' && !JsonText::IsDigit(*at)) return Unexpected(at);
  const char* const end = json_.Number(at);
  if (end == nullptr) return nullptr;
  if (Parse({at, static_cast<std::size_t>(end - at)}, number) != std::errc{}) {
    Fail(RejectReason::OutOfRange);
  }
  return end;
}

const char* FieldReader::DecimalAmount(const char* at, double& amount) {
  std::string_view text;
  if (at = Text(at, text, buffer_); at == nullptr || text.data() == nullptr) return at;
  double number = kAbsent;
  const std::errc error = Parse(text, number);
  if (error == std::errc{}) {
    SetAmount(number, amount);
  } else {
    Fail(error == std::errc::result_out_of_range ? RejectReason::OutOfRange
                                                 : RejectReason::WrongType);
  }
  return at;
}

const char* FieldReader::OtherInteger(const char* at, std::int64_t& number, bool& found) {
  double wide = kAbsent;
  at = Number(at, wide);
  if (at == nullptr || std::isnan(wide)) return at;
  if (wide < -kInt64End || wide >= kInt64End) {
    Fail(RejectReason::OutOfRange);
  } else if (wide != std::trunc(wide)) {
    Fail(RejectReason::WrongType);
  } else {
    number = static_cast<std::int64_t>(wide);
    found = true;
  }
  return at;
}

const char* FieldReader::QuotedCode(const char* at, std::int16_t& code) {
  if (*at != '"') return Code(at, code);
  std::string_view text;
  if (at = Text(at, text, buffer_); at == nullptr) return nullptr;
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc{} && stopped == end) {
    SetCode(number, code);
  } else {
    Fail(error == std::errc::result_out_of_range ? RejectReason::OutOfRange
                                                 : RejectReason::WrongType);
  }
  return at;
}

bool FieldReader::ToNs(double time, std::int64_t& ns) {
  if (!(time >= 0 && time < kInt64End)) return false;
  double whole = 0;
  const double fraction = std::modf(time, &whole);
  const auto units = static_cast<std::int64_t>(whole);
  if (!ToNs(units, ns)) return false;
  if (units == 0) return true;
  const std::int64_t rest = std::llround(fraction * static_cast<double>(ns / units));
  return !__builtin_add_overflow(ns, rest, &ns);
}

const char* FieldReader::OtherTime(const char* at, std::int64_t& ns) {
  double time = kAbsent;
  at = Number(at, time);
  if (at != nullptr && !std::isnan(time) && !ToNs(time, ns)) Fail(RejectReason::OutOfRange);
  return at;
}

const char* FieldReader::Flag(const char* at, bool& flag) {
  if (*at != 't' && *at != 'f') return Unexpected(at);
  flag = *at == 't';
  return json_.Value(at);
}

const char* FieldReader::OtherRawText(const char* at, std::string_view& text) {
  if (*at != '-' && !JsonText::IsDigit(*at)) return Unexpected(at);
  const char* const end = json_.Number(at);
  if (end != nullptr) text = {at, static_cast<std::size_t>(end - at)};
  return end;
}

const char* FieldReader::TextIfAny(const char* at, std::string_view& text, std::string& buffer) {
  return *at == '"' ? Text(at, text, buffer) : json_.Value(at);
}

const char* FieldReader::TimeIfAny(const char* at, std::int64_t& ns) {
  const char* const end = json_.Value(at);
  if (end == nullptr) return nullptr;
  double number = kAbsent;
  std::int64_t time = kNoTime;
  if (Parse({at, static_cast<std::size_t>(end - at)}, number) == std::errc{} &&
      ToNs(number, time)) {
    ns = time;
  }
  return end;
}

std::string_view FieldReader::Resolve(std::string_view text, std::string& buffer) {
  Unescape(text, buffer);
  const std::size_t size = buffer.size();
  buffer.append(kReadBeyond, '\0');
  return std::string_view{buffer}.substr(0, size);
}

}  // namespace feedmux::massive
