#pragma once

#include <cstdint>  // int64_t
#include <string>   // string
#include <vector>   // vector

#include <nlohmann/json_fwd.hpp>

#include "feedmux/health.hpp"
#include "feedmux/host.hpp"
#include "sink_dashboard/json.hpp"

namespace feedmux::dashboard {

// The engine's state as the page and scripts read it. Times are seconds since the Unix epoch, UTC,
// 0 for never. Text that came from outside may be no UTF-8: it is dumped with
// error_handler_t::replace.

/// Down because of the vendor's connection limit. `evicted` alone holds until the connection has
/// streamed for a while again.
bool IsHoldingOff(const ConnectionHealth& connection);

/// One of `connections[]`. `tickers` null: without config.tickers.
Json ConnectionJson(const ConnectionHealth& connection, const std::vector<std::string>* tickers);

/// What of a connection changes with every tick.
Json ConnectionMetricsJson(const ConnectionHealth& connection);

/// total, connected, ticks_total, errors_total, imbalance; the verdict is added by the caller.
Json SummaryJson(const Health& health);

Json EngineJson(const EngineInfo& engine, std::int64_t now_ns);
Json SinksJson(const std::vector<SinkHealth>& sinks);
Json LedgerJson(const Health& health);
Json GapsJson(const Health& health);
Json PluginsJson(const EngineInfo& engine);
Json LogLineJson(const LogLine& line);

/// As text for an answer or a message.
std::string Text(const Json& json);

}  // namespace feedmux::dashboard
