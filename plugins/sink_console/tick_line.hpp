#pragma once

#include <string>       // string
#include <string_view>  // string_view

#include "feedmux/tick.hpp"

namespace feedmux::console {

/// Appends one line, newline included: time of the event (of arrival if it has none), kind, symbol,
/// connection, and what the kind tells.
void AppendTickLine(std::string& out, const Tick& tick, std::string_view symbol,
                    std::string_view connection);

}  // namespace feedmux::console
