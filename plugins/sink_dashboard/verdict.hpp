#pragma once

#include <cstdint>  // int64_t, uint64_t
#include <map>      // map
#include <string>   // string

#include <nlohmann/json_fwd.hpp>

#include "feedmux/health.hpp"

namespace feedmux::dashboard {

/// Whether all is well, and if not, what is wrong and since when. Remembers when it first saw what
/// health does not date: a sink that is unavailable, ticks that were dropped.
///
/// Thread: one.
class VerdictJudge {
 public:
  /// {"level":"ok|warning|error","problems":[{"level","since","text","panel","connection_id",
  /// "sink"}]}, the worst first.
  nlohmann::ordered_json Judge(const Health& health, std::int64_t now_ns);

 private:
  struct SinkMemory {
    std::int64_t unavailable_since_ns = 0;  // 0: it is available
    std::uint64_t dropped = 0;
    std::uint64_t dropped_before = 0;    // when the dropping of now began
    std::int64_t dropping_since_ns = 0;  // 0: nothing was dropped for a while
    std::int64_t dropped_ns = 0;         // last time
    bool is_known = false;
  };

  std::map<std::string, SinkMemory> sinks_;
  std::int64_t imbalance_since_ns_ = 0;  // 0: there is none
};

}  // namespace feedmux::dashboard
