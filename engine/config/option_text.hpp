#pragma once

#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/options.hpp"

namespace feedmux {

/// True if the option takes a list, or one text in place of a list of one.
bool TakesList(OptionType type);

/// The value that `text` is for this option; nothing if it has the wrong form or is out of range.
/// For an option that takes a list: one item of it, as String().
std::optional<OptionValue> ParseOptionText(const OptionSpec& spec, std::string_view text);

/// The value of the option's default; nothing if it has none, or one that is not valid. A list
/// stands there as [a, b] or a,b.
std::optional<OptionValue> DefaultOf(const OptionSpec& spec);

/// What would be valid: "an integer from 1 to 65535", "one of: ws, wss".
std::string Expected(const OptionSpec& spec);

/// The same for one item, where the option takes a list; elsewhere what Expected says.
std::string ExpectedItem(const OptionSpec& spec);

/// "ws|wss" as a list.
std::vector<std::string> ChoicesOf(const OptionSpec& spec);

/// True if so many items are within the option's range. Always true where it takes no list.
bool AllowsCount(const OptionSpec& spec, std::size_t count);

}  // namespace feedmux
