#include "app/imbalance.hpp"

#include <fmt/format.h>

#include <cstdlib>  // abs
#include <numeric>  // accumulate

#include "core/counted.hpp"

namespace feedmux {
namespace {

/// The two sides of one equation of the ledger.
std::int64_t Difference(std::uint64_t came, std::uint64_t explained) {
  return static_cast<std::int64_t>(came - explained);
}

std::string Text(std::int64_t difference, std::string_view what) {
  const auto size = static_cast<std::uint64_t>(std::abs(difference));
  const std::string count = Counted(size, what);
  if (difference < 0) return count + " more accounted for than came";
  return fmt::format("{} {} not accounted for", count, size == 1 ? "is" : "are");
}

}  // namespace

std::vector<std::string> ImbalancesOf(const Health& health) {
  std::vector<std::string> found;
  std::uint64_t received = 0;
  for (const ConnectionHealth& c : health.connections) {
    received += c.message_count;
    const auto rejected = std::accumulate(c.rejected.begin(), c.rejected.end(), std::uint64_t{0});
    const std::int64_t left = Difference(
        c.events, c.message_count + c.status_events + rejected + c.duplicates + c.withheld);
    if (left == 0) continue;
    found.push_back(fmt::format("{} {}: {}", c.connection_id, c.name, Text(left, "event")));
  }
  const std::int64_t left = Difference(received + health.gap_ticks, health.published);
  if (left != 0) found.push_back(fmt::format("the bus: {}", Text(left, "tick")));
  for (const SinkHealth& s : health.sinks) {
    const std::int64_t lost = Difference(
        health.published, s.filtered + s.delivered + s.dropped + s.conflated + s.queued + s.failed);
    if (lost != 0) found.push_back(fmt::format("sink {}: {}", s.name, Text(lost, "tick")));
  }
  return found;
}

}  // namespace feedmux
