#pragma once

#include <string>       // string
#include <string_view>  // string_view

#include "feedmux/tick.hpp"

namespace feedmux {

/// Appends the tick as an object of JSON in one line, without newline. What is absent is left out;
/// times are nanoseconds, UTC. Kinds without fields of their own have `raw`, the vendor's text.
/// What is no UTF-8 is replaced.
void AppendTickJson(std::string& out, const Tick& tick, std::string_view symbol,
                    std::string_view connection_id, std::string_view connection);

}  // namespace feedmux
