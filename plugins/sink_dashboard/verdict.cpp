#include "sink_dashboard/verdict.hpp"

#include <algorithm>    // stable_partition
#include <string_view>  // string_view
#include <utility>      // move

#include <nlohmann/json.hpp>

#include "sink_dashboard/json.hpp"
#include "sink_dashboard/status_json.hpp"
#include "status_json/values.hpp"

namespace feedmux::dashboard {
namespace {

/// Ticks that were dropped are a problem for this long.
constexpr std::int64_t kDroppedMattersNs = 60'000'000'000;

constexpr std::string_view kWarning = "warning";
constexpr std::string_view kError = "error";

Json ProblemJson(std::string_view level, std::int64_t since_ns, std::string_view panel,
                 std::string text) {
  return {{"level", level}, {"since", Seconds(since_ns)}, {"text", std::move(text)},
          {"panel", panel}, {"connection_id", nullptr},   {"sink", nullptr}};
}

std::string Ticks(auto count) { return std::to_string(count) + (count == 1 ? " tick" : " ticks"); }

std::string Because(const std::string& why) { return why.empty() ? "" : ": " + why; }

/// An outage is dated over all attempts to end it.
std::int64_t SinceOf(const ConnectionHealth& connection) {
  return connection.down_since_ns != 0 ? connection.down_since_ns : connection.status_since_ns;
}

/// Null if there is none.
Json ProblemOf(const ConnectionHealth& connection) {
  if (!connection.enabled) return nullptr;
  const auto problem = [&](std::string_view level, std::int64_t since_ns, const std::string& what) {
    Json json = ProblemJson(level, since_ns, "connections", connection.name + ' ' + what);
    json["connection_id"] = connection.connection_id;
    return json;
  };
  const std::int64_t since_ns = SinceOf(connection);
  const bool is_connected = connection.status == ConnectionStatus::Connected;
  if (connection.paused && is_connected) {
    // Its status dates from when it connected.
    return problem(kWarning, 0, "is pausing until its tickers have moved");
  }
  if (connection.paused) return problem(kWarning, since_ns, "is paused until somebody resumes it");
  if (is_connected) return nullptr;
  const std::string why = Because(connection.last_error);
  if (connection.status == ConnectionStatus::Connecting) {
    return problem(kWarning, since_ns, "is connecting" + why);
  }
  if (IsHoldingOff(connection)) {
    return problem(kError, since_ns, "holds off: the vendor's connection limit" + why);
  }
  return problem(kError, since_ns, "is not connected" + why);
}

}  // namespace

Json VerdictJudge::Judge(const Health& health, std::int64_t now_ns) {
  std::vector<Json> problems;
  bool is_one_enabled = false;
  for (const ConnectionHealth& connection : health.connections) {
    is_one_enabled = is_one_enabled || connection.enabled;
    if (Json problem = ProblemOf(connection); !problem.is_null()) {
      problems.push_back(std::move(problem));
    }
  }
  if (!is_one_enabled) {
    problems.push_back(ProblemJson(kWarning, 0, "connections", "no connection is enabled"));
  }

  for (const SinkHealth& sink : health.sinks) {
    const auto problem = [&](std::string_view level, std::int64_t since_ns, std::string text) {
      Json json = ProblemJson(level, since_ns, "sinks", std::move(text));
      json["sink"] = sink.name;
      problems.push_back(std::move(json));
    };
    SinkMemory& memory = sinks_[sink.name];
    if (sink.stuck_since_ns != 0) {
      problem(kError, sink.stuck_since_ns,
              "the sink " + sink.name + " has not returned from " + sink.stuck_in);
    } else if (sink.available) {
      memory.unavailable_since_ns = 0;
    } else {
      if (memory.unavailable_since_ns == 0) memory.unavailable_since_ns = now_ns;
      problem(kError, memory.unavailable_since_ns,
              "the sink " + sink.name + " is unavailable" + Because(sink.last_error));
    }
    if (memory.is_known && sink.dropped > memory.dropped) {
      if (memory.dropping_since_ns == 0) {
        memory.dropping_since_ns = now_ns;
        memory.dropped_before = memory.dropped;
      }
      memory.dropped_ns = now_ns;
    }
    memory.is_known = true;
    memory.dropped = sink.dropped;
    if (memory.dropping_since_ns != 0 && now_ns - memory.dropped_ns > kDroppedMattersNs) {
      memory.dropping_since_ns = 0;
    }
    if (memory.dropping_since_ns != 0) {
      problem(kWarning, memory.dropping_since_ns,
              "the sink " + sink.name +
                  " is too slow: " + Ticks(sink.dropped - memory.dropped_before) + " dropped");
    }
  }

  for (const UniverseHealth& universe : health.universes) {
    if (!universe.stale) continue;
    problems.push_back(ProblemJson(kWarning, universe.resolved_ns, "universes",
                                   "the universe " + universe.key + " is as it was last found" +
                                       Because(universe.last_error)));
  }
  for (const Alarm& alarm : health.alarms) {
    problems.push_back(
        ProblemJson(kError, alarm.since_ns, "events", alarm.source + Because(alarm.text)));
  }
  if (health.imbalance == 0) {
    imbalance_since_ns_ = 0;
  } else {
    if (imbalance_since_ns_ == 0) imbalance_since_ns_ = now_ns;
    problems.push_back(ProblemJson(kError, imbalance_since_ns_, "ledger",
                                   "the ledger cannot account for " + Ticks(health.imbalance)));
  }

  std::stable_partition(problems.begin(), problems.end(),
                        [](const Json& problem) { return problem["level"] == kError; });
  std::string_view level = "ok";
  if (!problems.empty()) level = problems.front()["level"] == kError ? kError : kWarning;
  return {{"level", level}, {"problems", std::move(problems)}};
}

}  // namespace feedmux::dashboard
