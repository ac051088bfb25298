#include "config/import_variables.hpp"

#include <fmt/format.h>

#include <algorithm>    // all_of
#include <charconv>     // from_chars
#include <string_view>  // string_view
#include <utility>      // move

#include "config/trim.hpp"

namespace feedmux {
namespace {

constexpr std::size_t kLongestVariable = 64;

bool IsConventionalName(std::string_view name) {
  return name.size() <= kLongestVariable && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

template <typename T>
std::optional<T> ParseWhole(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string Lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

}  // namespace

ImportVariables::ImportVariables(Dotenv dotenv) : remarks_(std::move(dotenv.remarks)) {
  for (DotenvVariable& variable : dotenv.variables) {
    variables_.emplace(variable.name,
                       Variable{std::string{Trim(variable.value)}, variable.line, false});
  }
}

std::optional<std::string> ImportVariables::Take(const std::string& name) {
  const auto found = variables_.find(name);
  if (found == variables_.end()) return std::nullopt;
  found->second.used = true;
  if (found->second.value.empty()) return std::nullopt;
  return found->second.value;
}

std::optional<bool> ImportVariables::TakeBoolean(const std::string& name) {
  const std::optional<std::string> value = Take(name);
  if (!value) return std::nullopt;
  const std::string lower = Lower(*value);
  if (lower == "true" || lower == "1" || lower == "yes" || lower == "on") return true;
  if (lower != "false" && lower != "0" && lower != "no" && lower != "off") {
    Remark(name + " is neither true nor false: taken as false");
  }
  return false;
}

std::optional<std::int64_t> ImportVariables::TakeInteger(const std::string& name, std::int64_t min,
                                                         std::int64_t max) {
  const std::optional<std::string> value = Take(name);
  if (!value) return std::nullopt;
  const auto number = ParseWhole<std::int64_t>(*value);
  if (number && *number >= min && *number <= max) return number;
  Remark(fmt::format("{} is not carried over: expected an integer from {} to {}", name, min, max));
  return std::nullopt;
}

std::optional<double> ImportVariables::TakeNumber(const std::string& name, double min, double max) {
  const std::optional<std::string> value = Take(name);
  if (!value) return std::nullopt;
  const auto number = ParseWhole<double>(*value);
  if (number && *number >= min && *number <= max) return number;
  Remark(fmt::format("{} is not carried over: expected a number from {} to {}", name, min, max));
  return std::nullopt;
}

std::set<int> ImportVariables::ConnectionNumbers() const {
  constexpr std::string_view kPrefix = "WEBSOCKET_CONNECTION_";
  std::set<int> numbers;
  for (const auto& [name, variable] : variables_) {
    if (name.compare(0, kPrefix.size(), kPrefix) != 0) continue;
    const std::string_view rest = std::string_view{name}.substr(kPrefix.size());
    const auto number = ParseWhole<int>(rest.substr(0, rest.find('_')));
    if (number && *number >= 1 && *number <= kMostConnections) numbers.insert(*number);
  }
  return numbers;
}

std::vector<std::string> ImportVariables::Unused() const {
  std::vector<std::string> names;
  for (const auto& [name, variable] : variables_) {
    if (variable.used) continue;
    names.push_back(IsConventionalName(name) ? name : fmt::format("line {}", variable.line));
  }
  return names;
}

void ImportVariables::Remark(std::string remark) { remarks_.push_back(std::move(remark)); }

}  // namespace feedmux
