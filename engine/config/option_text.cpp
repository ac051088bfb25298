#include "config/option_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>     // array
#include <charconv>  // from_chars
#include <cmath>     // isfinite, isinf
#include <cstdint>   // int64_t

#include "config/trim.hpp"

namespace feedmux {
namespace {

struct Unit {
  std::string_view suffix;
  std::int64_t factor;
};

constexpr std::array<Unit, 4> kDurationUnits = {
    {{"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::array<Unit, 4> kByteUnits = {
    {{"GiB", std::int64_t{1} << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"", 1}}};

constexpr double kLargest = 9e15;  // every whole number up to it has its own double

template <typename T>
std::optional<T> ParseNumber(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// A number with one of `units`; only one that comes to a whole number of the smallest unit.
std::optional<std::int64_t> ParseWithUnit(std::string_view text, const std::array<Unit, 4>& units) {
  const std::size_t suffix_at = text.find_first_not_of("0123456789.");
  const std::string_view suffix =
      suffix_at == std::string_view::npos ? std::string_view{} : text.substr(suffix_at);
  const auto number = ParseNumber<double>(text.substr(0, suffix_at));
  if (!number) return std::nullopt;
  for (const Unit& unit : units) {
    if (unit.suffix != suffix) continue;
    const double value = *number * static_cast<double>(unit.factor);
    if (value > kLargest || std::floor(value) != value) return std::nullopt;
    return static_cast<std::int64_t>(value);
  }
  return std::nullopt;
}

std::string ShowNumber(double value) { return fmt::format("{:.15g}", value); }

std::string WithUnit(double value, const std::array<Unit, 4>& units) {
  if (value > kLargest) return ShowNumber(value);
  const auto whole = static_cast<std::int64_t>(value);
  for (const Unit& unit : units) {
    if (whole != 0 && whole % unit.factor == 0) {
      return fmt::format("{}{}", whole / unit.factor, unit.suffix);
    }
  }
  return fmt::format("0{}", units.back().suffix);
}

bool InRange(const OptionSpec& spec, double value) {
  return value >= spec.min && value <= spec.max;
}

template <typename Show>
std::string Range(const OptionSpec& spec, Show show) {
  const bool from = !std::isinf(spec.min);
  const bool to = !std::isinf(spec.max);
  if (from && to) return fmt::format(" from {} to {}", show(spec.min), show(spec.max));
  if (from) return fmt::format(" of at least {}", show(spec.min));
  if (to) return fmt::format(" of at most {}", show(spec.max));
  return "";
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(Trim(text.substr(0, end), " "));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

std::string CountRange(const OptionSpec& spec) {
  const bool from = !std::isinf(spec.min);
  const bool to = !std::isinf(spec.max);
  if (from && to) {
    return fmt::format(", {} to {} of them", ShowNumber(spec.min), ShowNumber(spec.max));
  }
  if (from) return fmt::format(", at least {}", ShowNumber(spec.min));
  if (to) return fmt::format(", at most {}", ShowNumber(spec.max));
  return "";
}

}  // namespace

bool TakesList(OptionType type) {
  return type == OptionType::Strings || type == OptionType::Choices;
}

std::vector<std::string> ChoicesOf(const OptionSpec& spec) {
  return spec.choices ? Split(spec.choices, '|') : std::vector<std::string>{};
}

bool AllowsCount(const OptionSpec& spec, std::size_t count) {
  return !TakesList(spec.type) || InRange(spec, static_cast<double>(count));
}

std::optional<OptionValue> ParseOptionText(const OptionSpec& spec, std::string_view text) {
  switch (spec.type) {
    case OptionType::String:
    case OptionType::Strings:
      return std::string{text};
    case OptionType::Path:
      if (text.empty()) return std::nullopt;
      return std::string{text};
    case OptionType::Integer: {
      const auto value = ParseNumber<std::int64_t>(text);
      if (!value || !InRange(spec, static_cast<double>(*value))) return std::nullopt;
      return *value;
    }
    case OptionType::Number: {
      const auto value = ParseNumber<double>(text);
      if (!value || !std::isfinite(*value) || !InRange(spec, *value)) return std::nullopt;
      return *value;
    }
    case OptionType::Boolean:
      if (text == "true" || text == "True" || text == "TRUE") return true;
      if (text == "false" || text == "False" || text == "FALSE") return false;
      return std::nullopt;
    case OptionType::Duration: {
      const auto value = ParseWithUnit(text, kDurationUnits);
      if (!value || !InRange(spec, static_cast<double>(*value))) return std::nullopt;
      return std::chrono::milliseconds{*value};
    }
    case OptionType::Bytes: {
      const auto value = ParseWithUnit(text, kByteUnits);
      if (!value || !InRange(spec, static_cast<double>(*value))) return std::nullopt;
      return *value;
    }
    case OptionType::Choice:
    case OptionType::Choices:
      for (std::string& choice : ChoicesOf(spec)) {
        if (choice == text) return std::move(choice);
      }
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<OptionValue> DefaultOf(const OptionSpec& spec) {
  if (!spec.default_value) return std::nullopt;
  std::string_view text = spec.default_value;
  if (!TakesList(spec.type)) return ParseOptionText(spec, text);
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
  }
  std::vector<std::string> items = Split(text, ',');
  for (const std::string& item : items) {
    if (!ParseOptionText(spec, item)) return std::nullopt;
  }
  if (!AllowsCount(spec, items.size())) return std::nullopt;
  return items;
}

std::string ExpectedItem(const OptionSpec& spec) {
  if (spec.type == OptionType::Strings) return "text";
  if (spec.type == OptionType::Choices) {
    return fmt::format("one of: {}", fmt::join(ChoicesOf(spec), ", "));
  }
  return Expected(spec);
}

std::string Expected(const OptionSpec& spec) {
  switch (spec.type) {
    case OptionType::String:
      return "text";
    case OptionType::Integer:
      return "an integer" + Range(spec, ShowNumber);
    case OptionType::Number:
      return "a number" + Range(spec, ShowNumber);
    case OptionType::Boolean:
      return "true or false";
    case OptionType::Duration: {
      const std::string range =
          Range(spec, [](double value) { return WithUnit(value, kDurationUnits); });
      return "a duration" + (range.empty() ? " such as 250ms, 10s, 5m or 1h" : range);
    }
    case OptionType::Bytes: {
      const std::string range =
          Range(spec, [](double value) { return WithUnit(value, kByteUnits); });
      return "a size" + (range.empty() ? " such as 65536, 64KiB, 16MiB or 1GiB" : range);
    }
    case OptionType::Choice:
      return fmt::format("one of: {}", fmt::join(ChoicesOf(spec), ", "));
    case OptionType::Path:
      return "the path of a file";
    case OptionType::Strings:
      return "a list of text" + CountRange(spec);
    case OptionType::Choices:
      return fmt::format("a list{} of: {}", CountRange(spec), fmt::join(ChoicesOf(spec), ", "));
  }
  return "another value";
}

}  // namespace feedmux
