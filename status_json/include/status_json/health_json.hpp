#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>  // vector

#include "feedmux/health.hpp"

namespace feedmux {

/// The shape of get_health_status, and beside it ledger, universes and alarms. What the report, the
/// control socket and the dashboard show.
///
/// Times are seconds since the Unix epoch, UTC, 0 for never; in a gap, `to` is null while it lasts.
/// Latencies are null without samples. Text that plugins gave may be no UTF-8: dump it with
/// error_handler_t::replace.
nlohmann::ordered_json HealthJson(const Health& health);

/// Its "universes".
nlohmann::ordered_json UniversesJson(const std::vector<UniverseHealth>& universes);

}  // namespace feedmux
