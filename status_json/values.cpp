#include "status_json/values.hpp"

#include <nlohmann/json.hpp>
#include <numeric>  // accumulate
#include <string>   // string

namespace feedmux {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

Json LatencyMs(std::int64_t ns) {
  if (ns == 0) return nullptr;
  return static_cast<double>(ns / 1000) / 1e3;
}

std::uint64_t RejectedCount(const ConnectionHealth& connection) {
  return std::accumulate(connection.rejected.begin(), connection.rejected.end(), std::uint64_t{0});
}

Json RejectedByReason(const ConnectionHealth& connection) {
  Json by_reason = Json::object();
  for (std::size_t i = 0; i < kRejectReasonCount; ++i) {
    by_reason[std::string{kRejectReasonNames[i]}] = connection.rejected[i];
  }
  return by_reason;
}

}  // namespace feedmux
