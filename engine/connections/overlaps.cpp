#include "connections/overlaps.hpp"

#include <algorithm>  // remove_if
#include <iterator>   // next

namespace feedmux {

void Overlaps::Begin(SymbolId symbol, ConnectionIndex from, ConnectionIndex to) {
  {
    const std::lock_guard lock{request_mutex_};
    (symbol == kNoSymbol ? wildcard_state_ : states_[symbol]) = {};
  }
  Ask({Request::What::Begin, symbol, from, to});
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
    if (found != overlaps_.end()) Open(found->second.overlap, request);
    return;
  }
  if (found != overlaps_.end()) {
    Emit(found->second.overlap);
    overlaps_.erase(found);
  }
  if (request.what == Request::What::Begin) {
    overlaps_.try_emplace(request.symbol, Entry{Overlap{request.from, request.to}, false});
  } else {
    const std::lock_guard lock{request_mutex_};
    states_.erase(request.symbol);
  }
}

void Overlaps::ApplyToAll(const Request& request) {
  if (request.what == Request::What::Begin) {
    wildcard_ = Wildcard{request.from, request.to};
    return;
  }
  if (!wildcard_) return;
  for (auto entry = overlaps_.begin(); entry != overlaps_.end();) {
    auto& [overlap, by_wildcard] = entry->second;
    const bool ends = by_wildcard && request.what == Request::What::End;
    if (by_wildcard) ends ? Emit(overlap) : Open(overlap, request);
    entry = ends ? overlaps_.erase(entry) : std::next(entry);
  }
  switch (request.what) {
    case Request::What::Begin:
    case Request::What::Release:
      wildcard_->released = true;
      break;
    case Request::What::Turn:
      wildcard_ = Wildcard{request.from, request.to, true, true};
      break;
    case Request::What::End:
      wildcard_.reset();
      break;
  }
}

/// What was held back may pass, and what follows comes from others where the overlap turns.
void Overlaps::Open(Overlap& overlap, const Request& request) {
  overlap.Release();
  Emit(overlap);
  if (request.what == Request::What::Turn) overlap.Turn(request.from, request.to);
}

Overlap* Overlaps::Find(const Tick& tick) {
  auto found = overlaps_.find(tick.symbol);
  if (found == overlaps_.end()) {
    if (!wildcard_) return nullptr;
    if (tick.connection != wildcard_->from && tick.connection != wildcard_->to) return nullptr;
    found = overlaps_.try_emplace(tick.symbol, Entry{Overlap{wildcard_->from, wildcard_->to}, true})
                .first;
    if (wildcard_->released) found->second.overlap.Release();
    if (wildcard_->turned) found->second.overlap.Turn(wildcard_->from, wildcard_->to);
  }
  Overlap& overlap = found->second.overlap;
  return overlap.Concerns(tick.connection) ? &overlap : nullptr;
}

void Overlaps::Publish(const BatchRef& batch) {
  const std::lock_guard lock{publish_mutex_};
  Apply();
  std::vector<SymbolId> touched;
  const auto is_kept_out = [&](const Tick& tick) {
    Overlap* const overlap = Find(tick);
    if (!overlap) return false;
    if (touched.empty() || touched.back() != tick.symbol) touched.push_back(tick.symbol);
    switch (overlap->Judge(tick)) {
      case Overlap::Verdict::Pass:
        return false;
      case Overlap::Verdict::Duplicate:
        ++batch->duplicates;
        return true;
      case Overlap::Verdict::HeldBack:
        ++batch->withheld;
        return true;
    }
    return false;
  };
  std::vector<Tick>& ticks = batch->ticks;
  ticks.erase(std::remove_if(ticks.begin(), ticks.end(), is_kept_out), ticks.end());

  // What the new connection was ahead with goes before what it brings now, and behind what the
  // former one brings.
  const auto emit = [&](bool by_new) {
    for (const SymbolId symbol : touched) {
      Overlap& overlap = overlaps_.at(symbol).overlap;
      if ((batch->connection == overlap.to()) == by_new && overlap.open()) Emit(overlap);
    }
  };
  emit(true);
  bus_.Publish(batch);
  emit(false);
  for (const SymbolId symbol : touched) ShowState(symbol, overlaps_.at(symbol));
}

void Overlaps::Emit(Overlap& overlap) {
  if (!overlap.has_held_back()) return;
  const BatchRef batch = bus_.NewBatch();
  batch->connection = overlap.to();
  batch->internal = true;
  const std::size_t held = overlap.TakeHeldBack(*batch);
  batch->withheld = -static_cast<std::int64_t>(held);
  batch->duplicates = held - batch->ticks.size();
  bus_.Publish(batch);
}

void Overlaps::ShowState(SymbolId symbol, const Entry& entry) {
  const OverlapState state{entry.overlap.joined(), entry.overlap.from_ticks(),
                           entry.overlap.to_ticks()};
  const std::lock_guard lock{request_mutex_};
  if (!entry.by_wildcard) {
    states_[symbol] = state;
    return;
  }
  // One symbol's progress stands for all: it shows that the subscription is in force.
  wildcard_state_.joined |= state.joined;
  wildcard_state_.from_ticks = std::max(wildcard_state_.from_ticks, state.from_ticks);
  wildcard_state_.to_ticks = std::max(wildcard_state_.to_ticks, state.to_ticks);
}

}  // namespace feedmux
