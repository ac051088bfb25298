// How ConnectionManager tells of its connections.
#include <fmt/format.h>

#include <algorithm>  // max

#include "core/counted.hpp"
#include "core/enumerated.hpp"
#include "manager/connection_manager.hpp"

namespace feedmux {

void ConnectionManager::Describe(ConnectionIndex connection, ConnectionHealth& health) const {
  const Link& link = links_.at(connection);
  const TickerRouter& router = RouterOf(link);
  health.status = link.status;
  health.status_since_ns = link.status_since_utc_ns;
  health.down_since_ns = link.config.enabled ? link.down_since_utc_ns : 0;
  health.assigned_tickers = router.CountOf(connection);
  health.borrowed_tickers = router.BorrowedCountOf(connection);
  health.paused = link.paused;
  health.stale = link.stale;
  health.evicted = link.evicted;
  if (link.session == Link::Session::None && WillRetry(link)) {
    health.next_attempt_ns = clock_.UtcNs() + std::max<std::int64_t>(0, link.retry_at_ns - Now());
  }
  health.connects = link.connects;
  health.reconnects = link.connects > 0 ? link.connects - 1 : 0;
  health.error_count = link.error_count;
  health.last_error = link.last_error;
  health.last_error_ns = link.last_error_utc_ns;
  health.ticks_per_second = link.rate.LastSecond();
  health.ticks_per_second_60 = link.rate.LastMinute();
  health.gaps = gaps_.Records(connection);
}

std::vector<Alarm> ConnectionManager::Alarms() const {
  std::vector<Alarm> alarms;
  for (const Source& source : sources_) {
    if (source.limit) alarms.push_back(source.limit->alarm);
    const std::set<std::string>& waiting = source.router->Waiting();
    if (waiting.empty()) continue;
    alarms.push_back({source.router->WaitingSinceNs(), source.config.name,
                      fmt::format("no connection has room for {} (max_symbols): {}",
                                  Counted(waiting.size(), "ticker"), Enumerated(waiting))});
  }
  for (const auto& [index, link] : links_) {
    if (link.auth_refused) {
      alarms.push_back({link.down_since_utc_ns, sources_[link.config.source].config.name,
                        fmt::format("{}: {}", link.config.connection_id, link.last_error)});
    }
  }
  return alarms;
}

}  // namespace feedmux
