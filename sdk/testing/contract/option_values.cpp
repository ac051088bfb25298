#include "option_values.hpp"

#include <algorithm>    // clamp, find, max, min
#include <charconv>     // from_chars
#include <chrono>       // milliseconds
#include <cstdint>      // int64_t
#include <filesystem>   // absolute
#include <limits>       // numeric_limits
#include <string_view>  // string_view

namespace feedmux::contract {

namespace {

using std::chrono::milliseconds;

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

template <typename T>
std::optional<T> ParseNumber(std::string_view text) {
  T value;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Unit {
  std::string_view name;
  double factor;
};

template <std::size_t N>
std::optional<double> ParseWithUnit(std::string_view text, const Unit (&units)[N]) {
  const auto end = std::min(text.find_first_not_of("0123456789."), text.size());
  const auto number = ParseNumber<double>(text.substr(0, end));
  if (!number) return std::nullopt;
  for (const Unit& unit : units) {
    if (text.substr(end) == unit.name) return *number * unit.factor;
  }
  return std::nullopt;
}

constexpr Unit kDurations[] = {{"ms", 1}, {"s", 1e3}, {"m", 60e3}, {"h", 3600e3}};
constexpr Unit kSizes[] = {{"", 1}, {"KiB", 0x1p10}, {"MiB", 0x1p20}, {"GiB", 0x1p30}};

bool IsChoice(const OptionSpec& spec, const std::string& text) {
  const auto choices = ChoicesOf(spec);
  return std::find(choices.begin(), choices.end(), text) != choices.end();
}

// The end of a range as an integer; ends beyond what an integer holds are cut.
std::int64_t IntegerEnd(double end) {
  constexpr double kLargest = 9.2e18;
  if (end >= kLargest) return std::numeric_limits<std::int64_t>::max();
  if (end <= -kLargest) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(end);
}

std::vector<std::string> UnusualTexts() {
  return {"",     " ",     "\t\n",     "://",  "x://y:z", "{}",   "{symbol",
          "%s%n", "\"'\\", "\xff\xfe", "tést", "-1",      "null", std::string(100'000, 'a')};
}

}  // namespace

std::vector<std::string> ChoicesOf(const OptionSpec& spec) {
  return spec.choices ? Split(spec.choices, '|') : std::vector<std::string>{};
}

std::optional<OptionValue> ParseValue(const OptionSpec& spec, const std::string& text,
                                      std::string& problem) {
  const auto in_range = [&](double value) {
    if (value >= spec.min && value <= spec.max) return true;
    problem = "lies outside " + std::to_string(spec.min) + " to " + std::to_string(spec.max);
    return false;
  };
  const auto wrong = [&](const char* expected) {
    problem = std::string{"expected "} + expected;
    return std::nullopt;
  };
  switch (spec.type) {
    case OptionType::String:
      return text;
    case OptionType::Path:
      return std::filesystem::absolute(text).string();
    case OptionType::Integer: {
      const auto value = ParseNumber<std::int64_t>(text);
      if (!value) return wrong("an integer");
      if (!in_range(static_cast<double>(*value))) return std::nullopt;
      return *value;
    }
    case OptionType::Number: {
      const auto value = ParseNumber<double>(text);
      if (!value) return wrong("a number");
      if (!in_range(*value)) return std::nullopt;
      return *value;
    }
    case OptionType::Boolean:
      if (text != "true" && text != "false") return wrong("true or false");
      return text == "true";
    case OptionType::Duration: {
      const auto value = ParseWithUnit(text, kDurations);
      if (!value) return wrong("a duration such as 250ms, 10s, 5m, 1h");
      if (!in_range(*value)) return std::nullopt;
      return milliseconds{static_cast<std::int64_t>(*value)};
    }
    case OptionType::Bytes: {
      const auto value = ParseWithUnit(text, kSizes);
      if (!value) return wrong("a size such as 65536, 64KiB, 16MiB, 1GiB");
      if (!in_range(*value)) return std::nullopt;
      return static_cast<std::int64_t>(*value);
    }
    case OptionType::Choice:
      if (!IsChoice(spec, text)) return wrong(spec.choices);
      return text;
    case OptionType::Strings:
    case OptionType::Choices: {
      const auto items = text.empty() ? std::vector<std::string>{} : Split(text, ',');
      if (spec.type == OptionType::Choices) {
        for (const std::string& item : items) {
          if (!IsChoice(spec, item)) return wrong(spec.choices);
        }
      }
      if (!in_range(static_cast<double>(items.size()))) return std::nullopt;
      return items;
    }
  }
  return wrong("a type that the SDK knows");
}

std::vector<OptionValue> UnusualValues(const OptionSpec& spec) {
  std::vector<OptionValue> values;
  switch (spec.type) {
    case OptionType::String:
      for (const std::string& text : UnusualTexts()) values.emplace_back(text);
      break;
    case OptionType::Path:
      for (const char* path : {"/", "/nowhere/at/all", "/dev/null", "/proc/self/mem"}) {
        values.emplace_back(std::string{path});
      }
      break;
    case OptionType::Integer:
    case OptionType::Bytes:
      values.emplace_back(
          IntegerEnd(spec.type == OptionType::Bytes ? std::max(spec.min, 0.0) : spec.min));
      values.emplace_back(IntegerEnd(spec.max));
      break;
    case OptionType::Number:
      values.emplace_back(std::max(spec.min, std::numeric_limits<double>::lowest()));
      values.emplace_back(std::min(spec.max, std::numeric_limits<double>::max()));
      break;
    case OptionType::Boolean:
      values.emplace_back(true);
      values.emplace_back(false);
      break;
    case OptionType::Duration:
      values.emplace_back(milliseconds{IntegerEnd(std::max(spec.min, 0.0))});
      values.emplace_back(milliseconds{IntegerEnd(spec.max)});
      break;
    case OptionType::Choice:
      for (const std::string& choice : ChoicesOf(spec)) values.emplace_back(choice);
      break;
    case OptionType::Choices:
      for (const std::string& choice : ChoicesOf(spec)) {
        values.emplace_back(std::vector<std::string>{choice});
      }
      values.emplace_back(ChoicesOf(spec));
      break;
    case OptionType::Strings:
      if (spec.min <= 0) values.emplace_back(std::vector<std::string>{});
      for (const std::string& text : UnusualTexts()) {
        const auto count = static_cast<std::size_t>(std::clamp(spec.min, 1.0, 100.0));
        values.emplace_back(std::vector<std::string>(count, text));
      }
      break;
  }
  return values;
}

}  // namespace feedmux::contract
