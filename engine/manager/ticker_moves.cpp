// How TickerRouter moves tickers from one connection to another.
#include <fmt/format.h>

#include <utility>  // exchange, move

#include "core/counted.hpp"
#include "core/nanoseconds.hpp"
#include "manager/ticker_router.hpp"

namespace feedmux {
void TickerRouter::FailOver(ConnectionIndex connection) {
  std::vector<Seat> seats = Seats(true);
  std::erase_if(seats, [connection](const Seat& seat) { return seat.connection == connection; });
  if (seats.empty()) return;
  if (connections_.at(connection).tickers == 0) return;
  Placement placement{routing_, std::move(seats)};
  Names subscribe;
  Names unsubscribe;
  for (Entry& entry : tickers_) {
    Ticker& ticker = entry.second;
    if (ticker.at != connection || ticker.pinned || ticker.move) continue;
    const Ticker* const star = Wildcard();
    std::optional<ConnectionIndex> to;
    if (star && star->at != connection && star->at != 0) to = star->at;
    if (!to) to = placement.Place(entry.first, ticker.rate);
    if (!to) break;  // no room anywhere
    Hop(entry, *to, subscribe, unsubscribe);
  }
  Send(subscribe, &SessionDriver::Subscribe);
  Send(unsubscribe, &SessionDriver::Unsubscribe);
  for (const auto& [to, names] : subscribe) {
    log_.Info(fmt::format("{} of {} now with {}", Counted(names.size(), "ticker"),
                          connections_.at(connection).id, connections_.at(to).id));
  }
}

bool TickerRouter::SomeAway() {
  if (some_away_) {
    some_away_ = std::any_of(tickers_.begin(), tickers_.end(), [](const Entry& entry) {
      return entry.second.at != entry.second.home;
    });
  }
  return some_away_;
}

bool TickerRouter::CanMove(const Ticker& ticker) const {
  // Two streams that both have yet to begin have no common past to be joined at.
  if (ticker.at != 0 && connections_.at(ticker.at).up && !ticker.live) return false;
  return !ticker.pinned && !ticker.move && ticker.not_before_ns <= Now() && !Lingers(ticker.symbol);
}

/// Whether late ticks of its last move hinder the next one. Not for ever: a vendor may ignore that
/// it was unsubscribed.
bool TickerRouter::Lingers(SymbolId symbol) const {
  const auto found = lingering_.find(symbol);
  return found != lingering_.end() && !found->second.stubborn;
}

void TickerRouter::BringHome(ConnectionIndex connection) {
  const Connection& own = connections_.at(connection);
  if (!own.up || !own.available || !SomeAway()) return;
  const Ticker* const star = Wildcard();
  Names subscribe;
  Names unsubscribe;
  for (Entry& entry : tickers_) {
    Ticker& ticker = entry.second;
    if (ticker.home != connection || ticker.at == connection || !CanMove(ticker)) continue;
    if (star && star != &ticker && star->at != connection) continue;
    if (!HasRoom(connection)) break;
    BeginMove(entry, connection, subscribe, unsubscribe);
  }
  Send(subscribe, &SessionDriver::Subscribe);
  Send(unsubscribe, &SessionDriver::Unsubscribe);
  if (subscribe.empty()) return;
  log_.Info(
      fmt::format("{} coming home to {}", Counted(subscribe[connection].size(), "ticker"), own.id));
}

void TickerRouter::PrepareToLeave(ConnectionIndex connection) {
  Names unsubscribe;
  for (Entry& entry : tickers_) {
    Ticker& ticker = entry.second;
    if (ticker.at == connection) ticker.not_before_ns = 0;
    if (!ticker.move || ticker.move->to != connection) continue;
    unsubscribe[connection].push_back(entry.first);
    EndMove(entry, false);
  }
  Send(unsubscribe, &SessionDriver::Unsubscribe);
}

bool TickerRouter::Leave(ConnectionIndex connection, bool begin) {
  Placement placement{routing_, Seats(true)};
  const Ticker* const star = Wildcard();
  bool star_goes = false;
  bool under_way = false;
  Names subscribe;
  Names unsubscribe;
  for (Entry& entry : tickers_) {
    Ticker& ticker = entry.second;
    if (ticker.at != connection || ticker.pinned) continue;
    // One whose move was given up meanwhile stays; the others follow the wildcard once it has gone.
    bool goes = ticker.move.has_value();
    if (!goes && begin && ticker.not_before_ns <= Now() && !star_goes) {
      const bool follows = star && star->at != connection && IsUp(star->at);
      const auto to = follows ? star->at : placement.Place(entry.first, ticker.rate);
      goes = to.has_value();
      if (to && CanMove(ticker)) BeginMove(entry, *to, subscribe, unsubscribe);
    }
    under_way |= goes;
    star_goes |= goes && &ticker == star;
  }
  Send(subscribe, &SessionDriver::Subscribe);
  Send(unsubscribe, &SessionDriver::Unsubscribe);
  for (const auto& [to, names] : subscribe) {
    log_.Info(fmt::format("{} of {} moving to {}", Counted(names.size(), "ticker"),
                          connections_.at(connection).id, connections_.at(to).id));
  }
  return under_way;
}

void TickerRouter::GatherAtWildcard() {
  const Ticker* const star = Wildcard();
  if (!star || star->at == 0) return;
  const bool up = connections_.at(star->at).up;
  Names subscribe;
  Names unsubscribe;
  for (Entry& entry : tickers_) {
    Ticker& ticker = entry.second;
    if (&ticker == star || ticker.at == star->at || ticker.pinned) continue;
    if (ticker.home != star->at) ticker.home = star->at;
    if (up && CanMove(ticker)) BeginMove(entry, star->at, subscribe, unsubscribe);
  }
  Send(subscribe, &SessionDriver::Subscribe);
  Send(unsubscribe, &SessionDriver::Unsubscribe);
}

/// Changes the connection at once: the former one is down, or there is nothing that both would
/// send. Where a session of it runs, it may still have the ticker.
void TickerRouter::Hop(Entry& entry, ConnectionIndex to, Names& subscribe, Names& unsubscribe) {
  Ticker& ticker = entry.second;
  const ConnectionIndex former = ticker.at;
  const bool speaks = former != 0 && connections_.at(former).running;
  if (speaks) unsubscribe[former].push_back(entry.first);
  const auto lingering = lingering_.find(ticker.symbol);
  if (lingering != lingering_.end()) {
    ConnectionIndex& gone = lingering->second.gone;
    if (gone == to) gone = former;
    driver_.TurnOverlap(ticker.symbol, gone, to);
    lingering->second.former_goes = true;
  } else if (speaks && one_tape_) {
    BeginOverlap(entry, to);
    driver_.ReleaseOverlap(ticker.symbol, to);
    Linger(ticker.symbol, former, true);
  }
  SetAt(ticker, to);
  waiting_.erase(entry.first);
  subscribe[to].push_back(entry.first);
}

/// Only to a connection that is up.
void TickerRouter::BeginMove(Entry& entry, ConnectionIndex to, Names& subscribe,
                             Names& unsubscribe) {
  Ticker& ticker = entry.second;
  if (ticker.at == 0 || !one_tape_ || !connections_.at(ticker.at).up) {
    return Hop(entry, to, subscribe, unsubscribe);
  }
  ticker.move = Move{to, Now(), 0};
  ++moving_;
  ++connections_.at(to).coming;
  BeginOverlap(entry, to);
  subscribe[to].push_back(entry.first);
}

/// From where it is.
void TickerRouter::BeginOverlap(const Entry& entry, ConnectionIndex to) {
  std::vector<SymbolId> named;
  if (entry.first == kWildcard) {
    for (const auto& [name, ticker] : tickers_) {
      if (ticker.symbol != kNoSymbol) named.push_back(ticker.symbol);
    }
  }
  lingering_.erase(entry.second.symbol);
  driver_.BeginOverlap(entry.second.symbol, entry.second.at, to, named);
}

void TickerRouter::FinishMove(Entry& entry, Names& unsubscribe) {
  Ticker& ticker = entry.second;
  const Move move = *ticker.move;
  const ConnectionIndex former = ticker.at;
  driver_.ReleaseOverlap(ticker.symbol, move.to);
  EndMove(entry, true);
  if (connections_.at(former).running) unsubscribe[former].push_back(entry.first);
  SetAt(entry.second, move.to);
  if (move.confirmed_ns != 0 && connections_.at(move.to).up) SetLive(entry);
}

/// The former connection has sent nothing of the ticker while the new one did: it may have been
/// blind for as long as it has been silent.
void TickerRouter::OwnUpToSilence(const Entry& entry) {
  const ConnectionIndex former = entry.second.at;
  const std::int64_t silence_ns = SilenceOf(former);
  if (silence_ns < Ns(policy_.quiet_handover) / 2) return;  // only this ticker was quiet
  gaps_.Lose(former, {entry.first}, clock_.UtcNs() - silence_ns,
             "silent while another connection was not");
  gaps_.Restore(entry.first, clock_.UtcNs());
  if (silence_ns >= Ns(policy_.quiet_handover)) mute_.insert(former);
}

/// How long it has sent nothing of any ticker.
std::int64_t TickerRouter::SilenceOf(ConnectionIndex connection) const {
  return clock_.UtcNs() - driver_.LastTickNs(connection);
}

void TickerRouter::GiveUpMove(Entry& entry, Names& unsubscribe) {
  Ticker& ticker = entry.second;
  const bool mute = ticker.move->confirmed_ns == 0;
  if (mute) mute_.insert(ticker.move->to);
  unsubscribe[ticker.move->to].push_back(entry.first);
  log_.Warning(fmt::format("{} stays on {}: {} sends nothing of it", entry.first,
                           connections_.at(ticker.at).id, connections_.at(ticker.move->to).id));
  // Of a connection that is to be paused it goes to another, now that the mute one is out.
  const bool leaves = !connections_.at(ticker.at).available;
  if (!mute || !leaves) ticker.not_before_ns = Now() + Ns(policy_.retry_home);
  EndMove(entry, false);
}

/// Late ticks are expected of the former connection, or of the new one where that is let go.
void TickerRouter::EndMove(Entry& entry, bool former_goes) {
  Ticker& ticker = entry.second;
  Linger(ticker.symbol, former_goes ? ticker.at : ticker.move->to, former_goes);
  --connections_.at(ticker.move->to).coming;
  ticker.move.reset();
  --moving_;
}

void TickerRouter::Linger(SymbolId symbol, ConnectionIndex gone, bool former_goes) {
  const std::int64_t now = Now();
  lingering_[symbol] = {now + Ns(policy_.linger), now + Ns(policy_.linger_max), gone, former_goes,
                        TicksOfGone(symbol, gone, former_goes)};
}

std::uint64_t TickerRouter::TicksOfGone(SymbolId symbol, ConnectionIndex gone,
                                        bool former_goes) const {
  const OverlapState state = driver_.ReadOverlap(symbol, gone);
  return former_goes ? state.from_ticks : state.to_ticks;
}

/// Forgets overlaps whose connection that was let go has sent nothing for a while.
void TickerRouter::StepLingering() {
  const std::int64_t now = Now();
  Names stubborn;
  for (auto entry = lingering_.begin(); entry != lingering_.end();) {
    auto& [symbol, lingering] = *entry;
    const std::string name{symbol == kNoSymbol ? kWildcard : symbols_.Text(symbol)};
    const auto ticker = tickers_.find(name);
    const ConnectionIndex at = ticker == tickers_.end() ? 0 : ticker->second.at;
    // What either of the two brings late has come over the other one already.
    if (IsHeldUp(lingering.gone) || IsHeldUp(at)) lingering.until_ns = now + Ns(policy_.linger);
    if (lingering.until_ns > now) {
      ++entry;
      continue;
    }
    const std::uint64_t ticks = TicksOfGone(symbol, lingering.gone, lingering.former_goes);
    const bool is_back = at != 0 && at == lingering.gone;
    if (ticks == lingering.ticks || is_back) {
      driver_.EndOverlap(symbol, lingering.gone);
      entry = lingering_.erase(entry);
      continue;
    }
    lingering.ticks = ticks;
    lingering.until_ns = now + Ns(policy_.linger);
    if (now >= lingering.stubborn_from_ns && !std::exchange(lingering.stubborn, true)) {
      stubborn[lingering.gone].push_back(name);
    }
    ++entry;
  }
  TellOfStubborn(stubborn);
}

void TickerRouter::TellOfStubborn(const Names& stubborn) const {
  for (const auto& [connection, names] : stubborn) {
    log_.Warning(
        fmt::format("{} still sends {}{} long after it was asked to stop: what comes twice is "
                    "kept out; a reconnect would end it",
                    connections_.at(connection).id, names.front(),
                    names.size() == 1 ? "" : fmt::format(" and {} more", names.size() - 1)));
  }
}

void TickerRouter::StepMove(Entry& entry, Names& unsubscribe) {
  const Ticker& ticker = entry.second;
  Move& move = *entry.second.move;
  const OverlapState state = driver_.ReadOverlap(ticker.symbol, move.to);
  const std::int64_t now = Now();
  const bool held_up = IsHeldUp(ticker.at) || IsHeldUp(move.to);
  // A pause ends in bounded time, whatever the sinks do.
  if (held_up && connections_.at(ticker.at).available) {
    move.since_ns = now;
    if (move.confirmed_ns != 0) move.confirmed_ns = now;
    return;
  }
  if (move.confirmed_ns != 0) {
    // What is rare is not waited for until it comes.
    const bool settled = now - move.confirmed_ns >= Ns(policy_.quiet_handover);
    if (state.joined || (settled && state.met)) return FinishMove(entry, unsubscribe);
    if (settled && state.from_ticks == 0 && state.to_ticks > 0) {
      OwnUpToSilence(entry);
      return FinishMove(entry, unsubscribe);
    }
    // Where the former connection says nothing at all, it may be dead: that is found out first.
    const bool quiet = state.from_ticks == 0 && state.to_ticks == 0;
    if (settled && quiet && SilenceOf(ticker.at) < now - move.since_ns) {
      return FinishMove(entry, unsubscribe);
    }
  }
  if (now - move.since_ns < Ns(policy_.handover_timeout)) return;
  if (state.from_ticks > 0 && state.to_ticks == 0) return GiveUpMove(entry, unsubscribe);
  if (!state.met && state.to_ticks > 0) OwnUpToSilence(entry);
  FinishMove(entry, unsubscribe);
}

std::set<ConnectionIndex> TickerRouter::TakeMute() { return std::exchange(mute_, {}); }

void TickerRouter::StepUnconfirmed(Entry& entry) {
  Ticker& ticker = entry.second;
  if (ticker.at == 0 || ticker.live || !connections_.at(ticker.at).up) return;
  if (IsHeldUp(ticker.at)) ticker.asked_ns = Now();
  if (Now() - ticker.asked_ns >= Ns(policy_.confirm_timeout)) SetLive(entry);
}

void TickerRouter::Step() {
  PlaceWaiting();
  if (!busy()) return;
  Names unsubscribe;
  for (Entry& entry : tickers_) {
    if (entry.second.move) StepMove(entry, unsubscribe);
    StepUnconfirmed(entry);
  }
  Send(unsubscribe, &SessionDriver::Unsubscribe);
  StepLingering();
}

}  // namespace feedmux
