#pragma once

#include <optional>  // optional
#include <string>    // string
#include <vector>    // vector

#include "feedmux/options.hpp"

namespace feedmux::contract {

/// `text` as the YAML would be read for this option, range and choices checked. Nothing if it does
/// not fit; then `problem` says why.
std::optional<OptionValue> ParseValue(const OptionSpec& spec, const std::string& text,
                                      std::string& problem);

/// The choices of a table row, in order.
std::vector<std::string> ChoicesOf(const OptionSpec& spec);

/// Values that the table allows and that an author may not have thought of: the ends of the range,
/// empty, very long, not what the text should be.
std::vector<OptionValue> UnusualValues(const OptionSpec& spec);

}  // namespace feedmux::contract
