#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>  // vector

#include "feedmux/control.hpp"

namespace feedmux {

/// [{"source":…,"measured":true,"moves":[{"symbol":…,"from":…,"to":…,"ticks_per_second":…}],
///   "loads":[{"connection_id":…,"before":…,"after":…}]}], loads in ticks per second.
nlohmann::ordered_json RebalanceJson(const std::vector<RebalancePlan>& plans);

}  // namespace feedmux
