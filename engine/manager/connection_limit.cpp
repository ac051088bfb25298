// What ConnectionManager does about the vendor's limit of connections.
#include <fmt/format.h>

#include <algorithm>  // count_if, min
#include <utility>    // exchange

#include "core/nanoseconds.hpp"
#include "manager/connection_manager.hpp"

namespace feedmux {

std::int64_t ConnectionManager::OnEvicted(Link& link) {
  Source& source = sources_[link.config.source];
  const ReconnectPolicy& policy = source.config.reconnect;
  const std::int64_t hold = Ns(policy.evicted) << std::min<std::uint64_t>(link.evictions, 10);
  ++link.evictions;
  link.evicted = true;
  link.asked_for = false;
  LearnLimit(source, link);
  return std::min(hold, Ns(policy.evicted_max));
}

/// Those that are being let in count: it may be one of them that drove the other one out.
void ConnectionManager::LearnLimit(Source& source, const Link& evicted) {
  std::size_t enabled = 0;
  std::size_t in = 0;
  for (const ConnectionIndex index : source.connections) {
    const Link& other = At(index);
    if (!other.config.enabled || other.paused) continue;
    ++enabled;
    if (other.session == Link::Session::Up || other.session == Link::Session::Starting) ++in;
  }
  const bool known = in > 0 && in < enabled;
  const std::string text =
      known ? fmt::format(
                  "the account seems to allow {} connection{} at a time, {} are enabled: disable "
                  "{} of them, or stop who else uses the account and reconnect ({} was evicted)",
                  in, in == 1 ? "" : "s", enabled, enabled - in, evicted.config.connection_id)
            : fmt::format("{} was evicted by another user of the account's connections",
                          evicted.config.connection_id);
  const bool is_new = !source.limit || source.limit->alarm.text != text;
  const std::int64_t since = source.limit ? source.limit->alarm.since_ns : clock_.UtcNs();
  source.limit = Limit{known ? in : 0, Alarm{since, source.config.name, text}};
  if (is_new) evicted.log.Error(text);
}

void ConnectionManager::ClearLimit(Source& source) {
  for (const ConnectionIndex index : source.connections) {
    if (At(index).evicted) return;
  }
  if (std::exchange(source.limit, {})) {
    log_->Info(fmt::format("source {}: all evicted connections are back", source.config.name));
  }
}

/// An evicted connection would only drive out another one of its own source while as many of these
/// as the account seems to allow are up, or will be in a moment.
bool ConnectionManager::HasSlot(const Link& link) const {
  const Source& source = sources_[link.config.source];
  if (!link.evicted || link.asked_for || !source.limit || source.limit->allowed == 0) return true;
  const std::int64_t moment = Ns(source.config.reconnect.max);
  const auto taken = std::count_if(source.connections.begin(), source.connections.end(),
                                   [&](ConnectionIndex index) {
                                     const Link& other = links_.at(index);
                                     if (&other == &link || !other.config.enabled || other.paused)
                                       return false;
                                     if (other.session == Link::Session::Up) return true;
                                     return !other.evicted && Now() - other.down_since_ns < moment;
                                   });
  return static_cast<std::size_t>(taken) < source.limit->allowed;
}

/// Two engines that drive each other out by turns are each up for as long as the other one holds
/// off, which is evicted_max at most: only a session of twice that is peace.
void ConnectionManager::ForgiveEvictions(Link& link) {
  const ReconnectPolicy& policy = sources_[link.config.source].config.reconnect;
  if (Now() - link.up_since_ns >= 2 * Ns(policy.evicted_max)) link.evictions = 0;
}

}  // namespace feedmux
