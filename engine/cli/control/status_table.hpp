#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>  // string

#include "cli/control/paint.hpp"

namespace feedmux {

/// What `feedmux status` shows of a report: connections, sinks, and whatever needs a person.
std::string StatusTable(const nlohmann::ordered_json& report, const Paint& paint);

}  // namespace feedmux
