#include "plugins/option_table.hpp"

#include <fmt/format.h>

#include <set>          // set
#include <string_view>  // string_view

#include "config/option_text.hpp"
#include "config/shown.hpp"
#include "plugins/plain_name.hpp"

namespace feedmux {
namespace {

bool HasChoices(OptionType type) {
  return type == OptionType::Choice || type == OptionType::Choices;
}

bool HasEmptyChoice(std::string_view choices) {
  return choices.starts_with('|') || choices.ends_with('|') ||
         choices.find("||") != std::string_view::npos;
}

std::string ShownDefault(const OptionSpec& option) {
  return option.secret ? "a default that is not shown"
                       : fmt::format("the default {}", Shown(option.default_value));
}

/// What is wrong with one option that has a name; empty if nothing is.
std::string Fault(const OptionSpec& option) {
  if (!option.description || !*option.description) return "has no description";
  if (option.type > OptionType::Choices) {
    return fmt::format("is of type {}, expected 0 (String) to {} (Choices)",
                       static_cast<std::uint32_t>(option.type),
                       static_cast<std::uint32_t>(OptionType::Choices));
  }
  if (HasChoices(option.type)) {
    if (!option.choices || !*option.choices) return "has no choices, expected some as in \"a|b\"";
    if (HasEmptyChoice(option.choices)) {
      return fmt::format("has an empty choice in {}, expected as in \"a|b\"",
                         Shown(option.choices));
    }
  }
  // Not the other way round, which is true of NaN.
  if (!(option.min <= option.max)) {
    return fmt::format("has the range {:.15g} to {:.15g}, expected min to be at most max",
                       option.min, option.max);
  }
  if (!option.default_value) return {};
  if (option.required) {
    return fmt::format("is required and has {}, expected one or the other", ShownDefault(option));
  }
  if (!DefaultOf(option)) {
    return fmt::format("has {}, expected {}", ShownDefault(option), Expected(option));
  }
  return {};
}

}  // namespace

std::string TableRefusal(std::span<const OptionSpec> table) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const OptionSpec& option = table[i];
    const std::size_t number = i + 1;
    if (!option.name || !*option.name) return fmt::format("its option {} has no name", number);
    if (!IsPlainName(option.name)) {
      return fmt::format("its option {} has the name {}, expected one of a-z, 0-9 and _", number,
                         Shown(option.name));
    }
    if (!names.insert(option.name).second) {
      return fmt::format("its option {} has the name \"{}\", as an earlier one has", number,
                         option.name);
    }
    if (const std::string fault = Fault(option); !fault.empty()) {
      return fmt::format("its option {}, \"{}\", {}", number, option.name, fault);
    }
  }
  return {};
}

}  // namespace feedmux
