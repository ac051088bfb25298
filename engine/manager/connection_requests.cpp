// What people and universes ask of ConnectionManager.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>  // any_of, count
#include <utility>    // as_const, exchange, move

#include "config/nearest.hpp"
#include "core/counted.hpp"
#include "core/enumerated.hpp"
#include "manager/connection_manager.hpp"

namespace feedmux {

const Link& ConnectionManager::Find(std::string_view connection) const {
  const Link* found = nullptr;
  std::vector<std::string> names;
  std::vector<std::string> known;
  for (const auto& [index, link] : links_) {
    if (link.config.connection_id == connection) return link;
    known.push_back(fmt::format("{} ({})", link.config.connection_id, link.config.name));
    names.insert(names.end(), {link.config.connection_id, link.config.name});
    if (link.config.name != connection) continue;
    if (found) {
      throw ControlError(fmt::format("'{}' is the name of {} and of {}: say which", connection,
                                     found->config.connection_id, link.config.connection_id));
    }
    found = &link;
  }
  if (found) return *found;
  const std::string hint = DidYouMean(connection, names);
  throw ControlError(fmt::format("there is no connection '{}'{} {}: {}", connection,
                                 hint.empty() ? ";" : hint,
                                 hint.empty() ? "there are" : "There are", fmt::join(known, ", ")));
}

Link& ConnectionManager::Find(std::string_view connection) {
  return At(std::as_const(*this).Find(connection).config.index);
}

ConnectionManager::Source& ConnectionManager::FindSource(std::string_view name) {
  std::vector<std::string> names;
  Source* only = nullptr;
  for (Source& source : sources_) {
    if (source.config.name == name) return source;
    const bool runs = std::any_of(source.connections.begin(), source.connections.end(),
                                  [this](ConnectionIndex i) { return At(i).config.enabled; });
    if (!runs) continue;
    names.push_back(source.config.name);
    only = &source;
  }
  if (name.empty() && names.size() == 1) return *only;
  throw ControlError(
      name.empty()
          ? fmt::format("say which source: {}",
                        names.empty() ? "none runs" : fmt::format("{}", fmt::join(names, ", ")))
          : fmt::format("there is no source '{}'; running: {}", name, fmt::join(names, ", ")));
}

/// As the source's ticks spell them.
std::vector<std::string> ConnectionManager::Spelled(const Source& source,
                                                    std::vector<std::string> tickers) {
  if (!source.config.spelling) return tickers;
  for (std::string& ticker : tickers) ticker = source.config.spelling(ticker);
  return tickers;
}

std::optional<std::string> ConnectionManager::TickerAssignment(std::string_view ticker) const {
  for (const Source& source : sources_) {
    const std::string spelled = Spelled(source, {std::string{ticker}}).front();
    if (const auto index = source.router->ConnectionOf(spelled)) {
      return links_.at(*index).config.connection_id;
    }
  }
  return std::nullopt;
}

std::vector<std::string> ConnectionManager::ConnectionTickers(std::string_view connection) const {
  const Link& link = Find(connection);
  return RouterOf(link).TickersAt(link.config.index);
}

SubscribeResult ConnectionManager::Subscribe(const std::vector<std::string>& tickers,
                                             std::string_view source) {
  const Source& found = FindSource(source);
  if (found.router->HasPins() && std::count(tickers.begin(), tickers.end(), kWildcard) != 0) {
    throw ControlError(fmt::format(
        "'*' would bring the pinned symbols of {} a second time: unpin them in the configuration",
        found.config.name));
  }
  return found.router->Add(Spelled(found, tickers), kWantedByHand);
}

UnsubscribeResult ConnectionManager::Unsubscribe(const std::vector<std::string>& tickers,
                                                 std::string_view source) {
  const Source& found = FindSource(source);
  return found.router->RemoveWholly(Spelled(found, tickers));
}

void ConnectionManager::Reconnect(std::string_view connection) {
  Link& link = Find(connection);
  RefuseDisabled(link);
  if (link.paused) {
    throw ControlError(fmt::format("{} is paused: resume it", link.config.connection_id));
  }
  link.backoff.Reset();
  link.evictions = 0;
  link.asked_for = true;
  link.retry_at_ns = Now();
  if (link.session == Link::Session::Starting || link.session == Link::Session::Up) {
    GoDown(link, "reconnected on request");
    link.end_reason.clear();
    StopSession(link);
  }
}

void ConnectionManager::Pause(std::string_view connection) {
  Link& link = Find(connection);
  RefuseDisabled(link);
  if (std::exchange(link.paused, true)) return;
  const FailoverPolicy& policy = sources_[link.config.source].config.failover;
  TickerRouter& router = RouterOf(link);
  router.SetAvailable(link.config.index, false);
  switch (link.session) {
    case Link::Session::Up:
      // Time for a second attempt, should the first go to one that turns out to be dead.
      link.leave_by_ns = Now() + 2 * std::chrono::nanoseconds{policy.handover_timeout}.count();
      router.PrepareToLeave(link.config.index);
      return StepLeaving(link);
    case Link::Session::Starting:
      return GoIntoPause(link);
    case Link::Session::None:
    case Link::Session::Ending:
      SetStatus(link, ConnectionStatus::Disconnected);
  }
}

/// Pausing is planned: nothing is lost of what can go elsewhere first.
void ConnectionManager::StepLeaving(Link& link) {
  if (RouterOf(link).Leave(link.config.index, Now() < link.leave_by_ns)) return;
  GoIntoPause(link);
}

void ConnectionManager::GoIntoPause(Link& link) {
  GoDown(link, "paused");
  StopSession(link);
  SetStatus(link, ConnectionStatus::Disconnected);
  link.log.Info("paused");
}

void ConnectionManager::Resume(std::string_view connection) {
  Link& link = Find(connection);
  RefuseDisabled(link);
  if (!std::exchange(link.paused, false)) {
    throw ControlError(fmt::format("{} is not paused", link.config.connection_id));
  }
  RouterOf(link).SetAvailable(link.config.index, true);
  link.asked_for = true;
  link.retry_at_ns = Now();
}

void ConnectionManager::RefuseDisabled(const Link& link) const {
  if (link.config.enabled) return;
  throw ControlError(fmt::format("{} is disabled in the configuration", link.config.connection_id));
}

std::vector<RebalancePlan> ConnectionManager::PlanRebalance() const {
  std::vector<RebalancePlan> plans;
  for (const Source& source : sources_) {
    RebalancePlan plan = source.router->PlanRebalance();
    if (plan.loads.size() < 2) continue;
    plan.source = source.config.name;
    plan.measured = rates_measured_;
    plans.push_back(std::move(plan));
  }
  return plans;
}

std::vector<RebalancePlan> ConnectionManager::Rebalance() {
  std::vector<RebalancePlan> plans = PlanRebalance();
  for (const RebalancePlan& plan : plans) FindSource(plan.source).router->Apply(plan);
  return plans;
}

void ConnectionManager::ChangeConnection(ConnectionIndex connection,
                                         const std::vector<std::string>& added,
                                         const std::vector<std::string>& removed) {
  const Source& source = sources_[At(connection).config.source];
  source.router->Remove(Spelled(source, removed), connection);
  WarnOfNoRoom(source,
               source.router->Assign(connection, Spelled(source, added), connection, false));
}

void ConnectionManager::ChangeSource(std::size_t index, const std::vector<std::string>& added,
                                     const std::vector<std::string>& removed) {
  const Source& source = sources_[index];
  source.router->Remove(Spelled(source, removed), kWantedBySource);
  WarnOfNoRoom(source, source.router->Add(Spelled(source, added), kWantedBySource).no_room);
}

void ConnectionManager::WarnOfNoRoom(const Source& source,
                                     const std::vector<std::string>& tickers) {
  if (tickers.empty()) return;
  log_->Warning(fmt::format("source {}: no connection has room for {} (max_symbols): {}",
                            source.config.name, Counted(tickers.size(), "ticker"),
                            Enumerated(tickers)));
}

}  // namespace feedmux
