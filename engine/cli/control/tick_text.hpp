#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>  // string

namespace feedmux {

/// One line about a tick that a tap sent, newline included, as the console sink writes it: time of
/// the event (of arrival if it has none), kind, symbol, connection, and what the kind tells.
std::string TickText(const nlohmann::ordered_json& tick);

}  // namespace feedmux
