#include "manager/ticker_router.hpp"

#include <algorithm>  // any_of, count_if, find
#include <limits>     // numeric_limits
#include <utility>    // exchange, move

#include "manager/rebalance.hpp"

namespace feedmux {

TickerRouter::TickerRouter(Routing routing, const FailoverPolicy& policy, bool one_tape,
                           SessionDriver& driver, Symbols& symbols, GapLog& gaps,
                           const Clock& clock, Log& log)
    : routing_(routing),
      policy_(policy),
      one_tape_(one_tape),
      driver_(driver),
      symbols_(symbols),
      gaps_(gaps),
      clock_(clock),
      log_(log) {}

void TickerRouter::AddConnection(ConnectionIndex connection, std::string id, std::size_t capacity,
                                 bool enabled) {
  Connection& added = connections_[connection];
  added.id = std::move(id);
  added.capacity = capacity;
  added.enabled = added.available = enabled;
}

void TickerRouter::SetAvailable(ConnectionIndex connection, bool available) {
  connections_.at(connection).available = available;
}

void TickerRouter::SetHeldUp(ConnectionIndex connection, bool held_up) {
  connections_.at(connection).held_up = held_up;
}

// ---- Who wants what

TickerRouter::Entry& TickerRouter::Want(const std::string& ticker, Reason reason, bool& is_new) {
  const auto [found, inserted] = tickers_.try_emplace(ticker);
  std::vector<Reason>& reasons = found->second.reasons;
  is_new = inserted;
  if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
  if (inserted && ticker != kWildcard) found->second.symbol = symbols_.Intern(ticker);
  return *found;
}

std::vector<std::string> TickerRouter::Assign(ConnectionIndex connection,
                                              const std::vector<std::string>& tickers,
                                              Reason reason, bool pinned) {
  Names subscribe;
  std::vector<std::string> no_room;
  std::optional<Placement> elsewhere;
  for (const std::string& ticker : tickers) {
    bool is_new = false;
    Entry& entry = Want(ticker, reason, is_new);
    if (!is_new) continue;
    entry.second.pinned = pinned;
    entry.second.home = connection;
    const Ticker* const star = Wildcard();
    const bool can_be_here = HasRoom(connection);
    std::optional<ConnectionIndex> at = connection;
    if (!pinned && star && star->at != 0) {
      at = star->at;
    } else if (!pinned && !(can_be_here && connections_.at(connection).available)) {
      if (!elsewhere) elsewhere.emplace(routing_, Seats(false));
      at = elsewhere->Place(ticker);
      if (!at && can_be_here) at = connection;
    }
    if (!at) {
      Wait(entry);
      no_room.push_back(ticker);
      continue;
    }
    SetAt(entry.second, *at);
    if (connections_.at(*at).running) subscribe[*at].push_back(ticker);
  }
  Send(subscribe, &SessionDriver::Subscribe);
  GatherAtWildcard();
  return no_room;
}

SubscribeResult TickerRouter::Add(const std::vector<std::string>& tickers, Reason reason) {
  SubscribeResult result;
  std::vector<Entry*> fresh;
  for (const std::string& ticker : tickers) {
    if (reason == kWantedByHand && waiting_.count(ticker) != 0) {
      result.no_room.push_back(ticker);
      continue;
    }
    bool is_new = false;
    Entry& entry = Want(ticker, reason, is_new);
    if (is_new) {
      fresh.push_back(&entry);
    } else if (std::find(result.added.begin(), result.added.end(), ticker) == result.added.end()) {
      result.already.push_back(ticker);
    }
    if (is_new) result.added.push_back(ticker);
  }
  Place(fresh);
  std::vector<std::string> placed;
  for (std::string& ticker : result.added) {
    const auto entry = tickers_.find(ticker);
    if (entry->second.at != 0) {
      placed.push_back(std::move(ticker));
      continue;
    }
    if (reason == kWantedByHand) {
      tickers_.erase(entry);
    } else {
      Wait(*entry);
    }
    result.no_room.push_back(std::move(ticker));
  }
  result.added = std::move(placed);
  GatherAtWildcard();
  return result;
}

/// Those that are up are preferred.
void TickerRouter::Place(const std::vector<Entry*>& entries) {
  Placement placement{routing_, Seats(false)};
  Names subscribe;
  for (Entry* entry : entries) {
    Ticker& ticker = entry->second;
    const Ticker* const star = Wildcard();
    std::optional<ConnectionIndex> at;
    if (star && star != &ticker && star->at != 0) at = star->at;
    if (!at) at = placement.Place(entry->first, ticker.rate);
    if (!at) continue;
    if (ticker.home == 0) ticker.home = *at;
    waiting_.erase(entry->first);
    SetAt(ticker, *at);
    if (connections_.at(*at).running) subscribe[*at].push_back(entry->first);
  }
  Send(subscribe, &SessionDriver::Subscribe);
}

void TickerRouter::PlaceWaiting() {
  if (waiting_.empty()) return;
  const bool some_room = std::any_of(
      connections_.begin(), connections_.end(),
      [this](const auto& entry) { return entry.second.enabled && HasRoom(entry.first); });
  if (!some_room) return;
  std::vector<Entry*> waiting;
  for (const std::string& name : waiting_) waiting.push_back(&*tickers_.find(name));
  Place(waiting);
}

void TickerRouter::Wait(const Entry& entry) {
  if (waiting_.empty()) waiting_since_ns_ = clock_.UtcNs();
  waiting_.insert(entry.first);
}

UnsubscribeResult TickerRouter::Remove(const std::vector<std::string>& tickers, Reason reason) {
  return RemoveWhere(tickers, [reason, this](Ticker& ticker) {
    std::erase(ticker.reasons, reason);
    if (ticker.reasons.empty()) return true;
    GoHomeByReason(ticker);
    return false;
  });
}

/// At home it is where its first reason is, if that is a connection.
void TickerRouter::GoHomeByReason(Ticker& ticker) {
  const Reason first = ticker.reasons.front();
  if (first == kWantedByHand || first == kWantedBySource) return;
  ticker.home = first;
  some_away_ = true;
}

UnsubscribeResult TickerRouter::RemoveWholly(const std::vector<std::string>& tickers) {
  return RemoveWhere(tickers, [](Ticker&) { return true; });
}

UnsubscribeResult TickerRouter::RemoveWhere(const std::vector<std::string>& tickers,
                                            const std::function<bool(Ticker&)>& is_to_go) {
  UnsubscribeResult result;
  Names unsubscribe;
  const Ticker* const star = Wildcard();
  const ConnectionIndex star_at = star ? star->at : 0;
  for (const std::string& ticker : tickers) {
    const auto found = tickers_.find(ticker);
    if (found == tickers_.end()) {
      result.not_found.push_back(ticker);
    } else if (is_to_go(found->second)) {
      Drop(*found, unsubscribe);
      tickers_.erase(found);
      result.removed.push_back(ticker);
    }
  }
  Send(unsubscribe, &SessionDriver::Unsubscribe);
  if (star_at != 0 && !Wildcard()) LeaveWildcard(star_at);
  return result;
}

/// What a wildcard covered goes home, and needs a place again: there is not one for all of it.
void TickerRouter::LeaveWildcard(ConnectionIndex connection) {
  Names unsubscribe;
  std::vector<std::string>& shed = unsubscribe[connection];
  for (auto& [name, ticker] : tickers_) {
    if (ticker.home == connection && !ticker.pinned) GoHomeByReason(ticker);
  }
  const Connection& own = connections_.at(connection);
  for (const bool strangers : {true, false}) {
    for (Entry& entry : tickers_) {
      Ticker& ticker = entry.second;
      if (own.tickers <= own.capacity) break;
      if (ticker.at != connection || ticker.pinned || ticker.move) continue;
      if (strangers && ticker.home == connection) continue;
      SetAt(ticker, 0);
      Wait(entry);
      shed.push_back(entry.first);
    }
  }
  if (shed.empty()) return;
  gaps_.Lose(connection, shed, clock_.UtcNs(), "no room without the wildcard");
  if (own.running) Send(unsubscribe, &SessionDriver::Unsubscribe);
}

void TickerRouter::Drop(Entry& entry, Names& unsubscribe) {
  Ticker& ticker = entry.second;
  if (ticker.move) {
    if (connections_.at(ticker.move->to).running) {
      unsubscribe[ticker.move->to].push_back(entry.first);
    }
    EndMove(entry, false);
  }
  if (ticker.at != 0 && connections_.at(ticker.at).running) {
    unsubscribe[ticker.at].push_back(entry.first);
  }
  gaps_.Restore(entry.first, clock_.UtcNs());
  SetAt(ticker, 0);
  waiting_.erase(entry.first);
}

// ---- Where a ticker is

std::size_t TickerRouter::CapacityOf(ConnectionIndex connection) const {
  const Ticker* const star = Wildcard();
  const bool covered = star && star->at == connection;
  return covered ? std::numeric_limits<std::size_t>::max() : connections_.at(connection).capacity;
}

bool TickerRouter::HasRoom(ConnectionIndex connection) const {
  const Connection& own = connections_.at(connection);
  return own.tickers + own.coming < CapacityOf(connection);
}

std::vector<Seat> TickerRouter::Seats(bool only_up) const {
  // Where all are paused, a ticker waits with one of them.
  const bool some_available = std::any_of(connections_.begin(), connections_.end(),
                                          [](const auto& entry) { return entry.second.available; });
  std::vector<Seat> seats;
  for (const auto& [index, connection] : connections_) {
    if (only_up ? !connection.up : !connection.enabled) continue;
    if ((only_up || some_available) && !connection.available) continue;
    seats.push_back({index, connection.tickers + connection.coming, CapacityOf(index), 0,
                     connection.up && connection.available});
  }
  if (routing_ == Routing::LeastLoaded) {
    for (Seat& seat : seats) {
      for (const auto& [name, ticker] : tickers_) {
        if (ticker.at == seat.connection) seat.load += ticker.rate;
      }
    }
  }
  return seats;
}

void TickerRouter::SetAt(Ticker& ticker, ConnectionIndex at) {
  if (ticker.at != 0) {
    Connection& former = connections_.at(ticker.at);
    --former.tickers;
    if (former.up && !ticker.live) --unconfirmed_;
  }
  ticker.at = at;
  ticker.live = false;
  some_away_ = true;
  if (at == 0) return;
  Connection& now = connections_.at(at);
  ++now.tickers;
  if (now.up) ++unconfirmed_;
  ticker.asked_ns = Now();
}

void TickerRouter::SetLive(Entry& entry) {
  Ticker& ticker = entry.second;
  if (ticker.live) return;
  ticker.live = true;
  --unconfirmed_;
  gaps_.Restore(entry.first, clock_.UtcNs());
}

bool TickerRouter::HasPins() const {
  return std::any_of(tickers_.begin(), tickers_.end(), [](const Entry& entry) {
    return entry.second.pinned && entry.first != kWildcard;
  });
}

const TickerRouter::Ticker* TickerRouter::Wildcard() const {
  const auto found = tickers_.find(kWildcard);
  return found == tickers_.end() ? nullptr : &found->second;
}

std::vector<std::string> TickerRouter::TickersFor(ConnectionIndex connection) const {
  std::vector<std::string> names;
  for (const auto& [name, ticker] : tickers_) {
    if (ticker.at == connection || (ticker.move && ticker.move->to == connection)) {
      names.push_back(name);
    }
  }
  return names;
}

std::vector<std::string> TickerRouter::TickersAt(ConnectionIndex connection) const {
  std::vector<std::string> names;
  for (const auto& [name, ticker] : tickers_) {
    if (ticker.at == connection) names.push_back(name);
  }
  return names;
}

std::size_t TickerRouter::CountOf(ConnectionIndex connection) const {
  return connections_.at(connection).tickers;
}

std::size_t TickerRouter::BorrowedCountOf(ConnectionIndex connection) const {
  return static_cast<std::size_t>(
      std::count_if(tickers_.begin(), tickers_.end(), [connection](const Entry& entry) {
        return entry.second.at == connection && entry.second.home != connection;
      }));
}

std::optional<ConnectionIndex> TickerRouter::ConnectionOf(std::string_view ticker) const {
  auto found = tickers_.find(ticker);
  if (found == tickers_.end()) found = tickers_.find(kWildcard);
  if (found == tickers_.end() || found->second.at == 0) return std::nullopt;
  return found->second.at;
}

// ---- Sessions

void TickerRouter::OnStarted(ConnectionIndex connection) {
  connections_.at(connection).running = true;
}

void TickerRouter::OnConnected(ConnectionIndex connection) {
  Connection& own = connections_.at(connection);
  own.running = own.up = true;
  const std::int64_t now = Now();
  for (auto& [name, ticker] : tickers_) {
    if (ticker.at != connection) continue;
    ticker.asked_ns = now;
    ++unconfirmed_;
  }
}

void TickerRouter::OnDown(ConnectionIndex connection) {
  if (!std::exchange(connections_.at(connection).up, false)) return;
  Names unsubscribe;
  for (Entry& entry : tickers_) {
    Ticker& ticker = entry.second;
    if (ticker.move && ticker.move->to == connection) EndMove(entry, false);
    if (ticker.at != connection) continue;
    if (!ticker.live) --unconfirmed_;
    ticker.live = false;
    if (ticker.move) FinishMove(entry, unsubscribe);
  }
  Send(unsubscribe, &SessionDriver::Unsubscribe);
}

void TickerRouter::OnEnded(ConnectionIndex connection) {
  connections_.at(connection).running = false;
  OnDown(connection);
}

void TickerRouter::OnSubscribed(ConnectionIndex connection,
                                const std::vector<std::string>& tickers) {
  const Connection& own = connections_.at(connection);
  if (!own.up) return;
  for (const std::string& name : tickers) {
    const auto entry = tickers_.find(name);
    if (entry == tickers_.end()) continue;
    Ticker& ticker = entry->second;
    if (ticker.at == connection) SetLive(*entry);
    if (ticker.move && ticker.move->to == connection && ticker.move->confirmed_ns == 0) {
      ticker.move->confirmed_ns = Now();
    }
  }
}

void TickerRouter::Send(const Names& names,
                        void (SessionDriver::*say)(ConnectionIndex,
                                                   const std::vector<std::string>&)) {
  for (const auto& [connection, tickers] : names) (driver_.*say)(connection, tickers);
}

// ---- Rates

void TickerRouter::Sample(double seconds) {
  constexpr double kWeightOfNew = 0.3;
  for (auto& [name, ticker] : tickers_) {
    if (ticker.symbol == kNoSymbol) continue;
    const std::uint64_t ticks = driver_.TickCountOf(ticker.symbol);
    const double rate = static_cast<double>(ticks - ticker.counted) / seconds;
    const bool first = ticker.counted == 0 && ticker.rate == 0;
    ticker.rate = first ? rate : ticker.rate + kWeightOfNew * (rate - ticker.rate);
    ticker.counted = ticks;
  }
}

RebalancePlan TickerRouter::PlanRebalance() const {
  RebalanceInput input;
  for (const auto& [index, connection] : connections_) {
    if (connection.up && connection.available) {
      input.connections.push_back({index, connection.id, connection.capacity});
    }
  }
  const bool fixed = Wildcard() != nullptr;
  for (const auto& [name, ticker] : tickers_) {
    if (ticker.at == 0) continue;
    input.tickers.push_back({name, ticker.at, ticker.rate, !fixed && CanMove(ticker)});
  }
  return MakePlan(input);
}

void TickerRouter::Apply(const RebalancePlan& plan) {
  Names subscribe;
  Names unsubscribe;
  for (const PlannedMove& planned : plan.moves) {
    const auto entry = tickers_.find(planned.symbol);
    if (entry == tickers_.end() || !CanMove(entry->second)) continue;
    for (const auto& [index, connection] : connections_) {
      if (connection.id != planned.to || !connection.up) continue;
      entry->second.home = index;
      some_away_ = true;
      BeginMove(*entry, index, subscribe, unsubscribe);
    }
  }
  Send(subscribe, &SessionDriver::Subscribe);
  Send(unsubscribe, &SessionDriver::Unsubscribe);
}

}  // namespace feedmux
