#include "connections/overlaps.hpp"

#include <iterator>  // next

namespace feedmux {

void Overlaps::Begin(SymbolId symbol, ConnectionIndex from, ConnectionIndex to,
                     const std::vector<SymbolId>& named) {
  {
    const std::lock_guard lock{request_mutex_};
    (symbol == kNoSymbol ? wildcard_state_ : states_[symbol]) = {};
  }
  Ask({Request::What::Begin, symbol, from, to, named});
}

void Overlaps::Release(SymbolId symbol) { Ask({Request::What::Release, symbol, 0, 0}); }

void Overlaps::Turn(SymbolId symbol, ConnectionIndex gone, ConnectionIndex to) {
  Ask({Request::What::Turn, symbol, gone, to});
}

void Overlaps::End(SymbolId symbol) { Ask({Request::What::End, symbol, 0, 0}); }

void Overlaps::Ask(const Request& request) {
  const std::lock_guard lock{request_mutex_};
  requests_.push_back(request);
  active_.store(true, std::memory_order_release);
}

OverlapState Overlaps::Read(SymbolId symbol) const {
  const std::lock_guard lock{request_mutex_};
  if (symbol == kNoSymbol) return wildcard_state_;
  const auto found = states_.find(symbol);
  return found == states_.end() ? OverlapState{} : found->second;
}

void Overlaps::TryApply() {
  if (!active()) return;
  const std::unique_lock lock{publish_mutex_, std::try_to_lock};
  if (lock.owns_lock()) Apply();
}

void Overlaps::Finish() {
  const std::lock_guard lock{publish_mutex_};
  Apply();
  for (auto& [symbol, entry] : overlaps_) Open(entry.overlap);
  overlaps_.clear();
  wildcard_.reset();
  Apply();
}

void Overlaps::Apply() {
  std::vector<Request> requests;
  {
    const std::lock_guard lock{request_mutex_};
    requests.swap(requests_);
  }
  for (const Request& request : requests) Apply(request);
  if (!overlaps_.empty() || wildcard_) return;
  const std::lock_guard lock{request_mutex_};
  if (requests_.empty()) active_.store(false, std::memory_order_release);
}

void Overlaps::Apply(const Request& request) {
  if (request.symbol == kNoSymbol) return ApplyToAll(request);
  const auto found = overlaps_.find(request.symbol);
  if (request.what == Request::What::Release || request.what == Request::What::Turn) {
    if (found != overlaps_.end()) Change(found->second.overlap, request);
    return;
  }
  if (found != overlaps_.end()) {
    Close(found->second.overlap);
    overlaps_.erase(found);
  }
  const std::lock_guard lock{request_mutex_};
  if (request.what == Request::What::Begin) {
    overlaps_.try_emplace(request.symbol, Entry{Overlap{request.from, request.to}, false});
    states_[request.symbol] = {};
  } else {
    states_.erase(request.symbol);
  }
}

void Overlaps::ApplyToAll(const Request& request) {
  if (wildcard_) {
    const bool ends = request.what == Request::What::End || request.what == Request::What::Begin;
    for (auto entry = overlaps_.begin(); entry != overlaps_.end();) {
      auto& [overlap, by_wildcard] = entry->second;
      if (by_wildcard) ends ? Close(overlap) : Change(overlap, request);
      entry = by_wildcard && ends ? overlaps_.erase(entry) : std::next(entry);
    }
  }
  if (request.what == Request::What::Begin) {
    wildcard_ = Wildcard{request.from, request.to};
    wildcard_->named = {request.named.begin(), request.named.end()};
    const std::lock_guard lock{request_mutex_};
    wildcard_state_ = {};
  } else if (request.what == Request::What::End) {
    wildcard_.reset();
  } else if (wildcard_) {
    if (request.what == Request::What::Turn) wildcard_->Turn(request.from, request.to);
    wildcard_->released = true;
  }
}

void Overlaps::Wildcard::Turn(ConnectionIndex gone, ConnectionIndex third) {
  if (gone == to) state.from_ticks = state.to_ticks;
  state.to_ticks = 0;
  from = gone;
  to = third;
  turned = true;
}

/// What was held back may pass.
void Overlaps::Open(Overlap& overlap) {
  overlap.Release();
  Emit(overlap);
}

/// What is still held back is of a move that was given up.
void Overlaps::Close(Overlap& overlap) {
  overlap.GiveUp();
  Emit(overlap);
}

void Overlaps::Change(Overlap& overlap, const Request& request) {
  if (request.what != Request::What::Turn) return Open(overlap);
  Close(overlap);
  overlap.Turn(request.from, request.to);
}

Overlaps::Entry* Overlaps::Find(const Tick& tick) {
  auto found = overlaps_.find(tick.symbol);
  if (found == overlaps_.end()) {
    if (!wildcard_) return nullptr;
    if (tick.connection != wildcard_->from && tick.connection != wildcard_->to) return nullptr;
    found = overlaps_.try_emplace(tick.symbol, Entry{Overlap{wildcard_->from, wildcard_->to}, true})
                .first;
    if (wildcard_->released) found->second.overlap.Release();
    if (wildcard_->turned) found->second.overlap.Turn(wildcard_->from, wildcard_->to);
  }
  return found->second.overlap.Concerns(tick.connection) ? &found->second : nullptr;
}

/// A publisher that waits for room does so while others pass.
std::unique_lock<std::mutex> Overlaps::LockWithRoom(PooledBatch& batch) {
  for (;;) {
    bus_.WaitForRoom(batch);
    std::unique_lock lock{publish_mutex_};
    if (bus_.HasRoom(batch)) return lock;
  }
}

void Overlaps::Publish(const BatchRef& batch) {
  const std::unique_lock lock = LockWithRoom(*batch);
  Apply();
  touched_.clear();
  std::erase_if(batch->ticks, [&](const Tick& tick) { return IsKeptOut(tick, *batch); });
  // What the new connection was ahead with goes before what it brings now, and behind what the
  // former one brings.
  EmitTouched(true, batch->connection);
  bus_.PublishNow(batch);
  EmitTouched(false, batch->connection);
  ShowStates();
}

bool Overlaps::IsKeptOut(const Tick& tick, PooledBatch& batch) {
  Entry* const entry = Find(tick);
  if (!entry) return false;
  if (touched_.empty() || touched_.back() != tick.symbol) touched_.push_back(tick.symbol);
  const Overlap::Verdict verdict = entry->overlap.Judge(tick);
  if (entry->by_wildcard) CountForWildcard(tick, entry->overlap);
  if (verdict == Overlap::Verdict::Pass) return false;
  verdict == Overlap::Verdict::Duplicate ? (void)++batch.duplicates : (void)++batch.withheld;
  return true;
}

/// One symbol's progress stands for all: it shows that the subscription is in force.
void Overlaps::CountForWildcard(const Tick& tick, const Overlap& overlap) {
  if (wildcard_->named.count(tick.symbol) != 0) return;
  OverlapState& state = wildcard_->state;
  ++(tick.connection == wildcard_->from ? state.from_ticks : state.to_ticks);
  state.met = state.met || overlap.met();
}

void Overlaps::EmitTouched(bool by_new, ConnectionIndex connection) {
  for (const SymbolId symbol : touched_) {
    Overlap& overlap = overlaps_.at(symbol).overlap;
    if ((connection == overlap.to()) == by_new) Emit(overlap);
  }
}

void Overlaps::Emit(Overlap& overlap) {
  if (!overlap.has_ready()) return;
  const BatchRef batch = bus_.NewBatch();
  batch->connection = overlap.to();
  batch->internal = true;
  const std::size_t held = overlap.TakeReady(*batch);
  batch->withheld = -static_cast<std::int64_t>(held);
  batch->duplicates = held - batch->ticks.size();
  bus_.PublishNow(batch);
}

void Overlaps::ShowStates() {
  if (touched_.empty()) return;
  const std::lock_guard lock{request_mutex_};
  for (const SymbolId symbol : touched_) {
    const auto& [overlap, by_wildcard] = overlaps_.at(symbol);
    if (by_wildcard) continue;
    states_[symbol] = {overlap.joined(), overlap.from_ticks(), overlap.to_ticks(), overlap.met()};
  }
  if (wildcard_) wildcard_state_ = wildcard_->state;
}

}  // namespace feedmux
