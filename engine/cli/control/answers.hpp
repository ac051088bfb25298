#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>  // string

#include "cli/control/paint.hpp"

namespace feedmux {

// What commands print of the engine's answers.

std::string LedgerTable(const nlohmann::ordered_json& report, const Paint& paint);
std::string UniversesTable(const nlohmann::ordered_json& universes, const Paint& paint);
std::string PlansText(const nlohmann::ordered_json& plans, bool applied);

/// Connections with their tickers under them.
std::string TickersText(const nlohmann::ordered_json& connections);

}  // namespace feedmux
