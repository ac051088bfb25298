#pragma once

#include <cstdint>  // int64_t, uint64_t
#include <nlohmann/json_fwd.hpp>

#include "feedmux/health.hpp"

namespace feedmux {

/// Nanoseconds since the Unix epoch as JSON has them: seconds, to the microsecond.
inline double Seconds(std::int64_t ns) { return static_cast<double>(ns / 1000) / 1e6; }

/// Milliseconds, to the microsecond; null for 0, which is no sample.
nlohmann::ordered_json LatencyMs(std::int64_t ns);

/// All reasons together.
std::uint64_t RejectedCount(const ConnectionHealth& connection);

/// By their names, those without any included.
nlohmann::ordered_json RejectedByReason(const ConnectionHealth& connection);

}  // namespace feedmux
