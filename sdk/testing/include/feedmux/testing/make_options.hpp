#pragma once

#include <algorithm>         // min
#include <chrono>            // milliseconds
#include <cstdint>           // int64_t
#include <initializer_list>  // initializer_list
#include <span>              // span
#include <stdexcept>         // invalid_argument
#include <string>            // string
#include <string_view>       // string_view
#include <utility>           // pair
#include <vector>            // vector

#include "feedmux/options.hpp"

namespace feedmux::testing {

/// A text as the engine would read it for an option of this type. For lists: comma-separated.
inline OptionValue ParseOption(OptionType type, const std::string& text) {
  const auto suffix_at = text.find_first_not_of("-+.0123456789");
  const std::string suffix = suffix_at == std::string::npos ? "" : text.substr(suffix_at);
  switch (type) {
    case OptionType::Integer:
      if (!suffix.empty()) throw std::invalid_argument("integer: " + text);
      return std::int64_t{std::stoll(text)};
    case OptionType::Number:
      if (!suffix.empty() && suffix[0] != 'e') throw std::invalid_argument("number: " + text);
      return std::stod(text);
    case OptionType::Boolean:
      if (text != "true" && text != "false") throw std::invalid_argument("boolean: " + text);
      return text == "true";
    case OptionType::Duration: {
      const double scale = suffix == "ms"  ? 1
                           : suffix == "s" ? 1e3
                           : suffix == "m" ? 60e3
                           : suffix == "h" ? 3600e3
                                           : throw std::invalid_argument("duration: " + text);
      return std::chrono::milliseconds{static_cast<std::int64_t>(std::stod(text) * scale)};
    }
    case OptionType::Bytes: {
      const std::int64_t scale = suffix.empty()    ? 1
                                 : suffix == "KiB" ? 1 << 10
                                 : suffix == "MiB" ? 1 << 20
                                 : suffix == "GiB" ? 1 << 30
                                                   : throw std::invalid_argument("bytes: " + text);
      return std::int64_t{std::stoll(text)} * scale;
    }
    case OptionType::Strings:
    case OptionType::Choices: {
      std::vector<std::string> items;
      std::size_t from = 0;
      while (from < text.size()) {
        const auto comma = std::min(text.find(',', from), text.size());
        items.push_back(text.substr(from, comma - from));
        from = comma + 1;
      }
      return items;
    }
    default:
      return text;
  }
}

/// Options of a table with its defaults, and `values` (as text) on top:
///     MakeOptions(kOptions, {{"url", "redis://127.0.0.1:6379"}, {"channels", "a,b"}})
/// The table's ranges are the engine's to check, not this function's.
inline Options MakeOptions(
    std::span<const OptionSpec> table,
    std::initializer_list<std::pair<std::string_view, std::string>> values = {}) {
  Options options;
  for (const OptionSpec& spec : table) {
    if (spec.default_value) options.Set(spec.name, ParseOption(spec.type, spec.default_value));
  }
  for (const auto& [name, text] : values) {
    bool known = false;
    for (const OptionSpec& spec : table) {
      if (name != spec.name) continue;
      options.Set(std::string{name}, ParseOption(spec.type, text));
      known = true;
    }
    if (!known) throw std::invalid_argument("no option '" + std::string{name} + "' in the table");
  }
  return options;
}

}  // namespace feedmux::testing
