#include "bus/conflating_queue.hpp"

#include <algorithm>  // sort
#include <utility>    // swap

namespace feedmux {
namespace {

constexpr std::size_t kManyDead = 1024;

}  // namespace

std::size_t ConflatingQueue::BytesOf(const DetachedTick& entry) {
  return sizeof(DetachedTick) + entry.raw.capacity();
}

std::uint32_t& ConflatingQueue::PlaceOf(const Tick& tick) {
  const std::size_t at =
      std::size_t{tick.symbol} * kKindCount + static_cast<std::size_t>(tick.kind);
  if (at >= place_of_.size()) place_of_.resize(at + kKindCount * 64, kNowhere);
  return place_of_[at];
}

void ConflatingQueue::Kill(DetachedTick& entry) {
  entry.live = false;
  --account_.waiting;
  waiting_bytes_ -= BytesOf(entry);
}

void ConflatingQueue::AddTick(const Tick& tick) {
  if (used_ == entries_.size()) entries_.emplace_back();
  const std::size_t at = used_++;
  if (tick.symbol != kNoSymbol) {
    std::uint32_t& place = PlaceOf(tick);
    if (place != kNowhere) {
      Kill(entries_[place]);
      ++account_.conflated;
      entries_[at].raw.swap(entries_[place].raw);  // its buffer fits the next event of its kind
    }
    place = static_cast<std::uint32_t>(at);
  }
  DetachedTick& entry = entries_[at];
  entry.tick = tick;
  entry.raw.assign(tick.Raw());
  entry.live = true;
  ++account_.waiting;
  waiting_bytes_ += BytesOf(entry);
}

void ConflatingQueue::Add(const BatchRef& batch, std::size_t wanted) {
  for (const Tick& tick : batch->ticks) {
    if (wanted == 0) break;
    if (!filter_.Wants(tick)) continue;
    --wanted;
    AddTick(tick);
  }
  DropOldestBeyondBounds();
  CompactIfSparse();
}

void ConflatingQueue::DropOldestBeyondBounds() {
  while (account_.waiting > 1 && OverBounds(account_.waiting, waiting_bytes_)) {
    DetachedTick& oldest = entries_[first_++];
    if (!oldest.live) continue;
    if (oldest.tick.symbol != kNoSymbol) PlaceOf(oldest.tick) = kNowhere;
    Kill(oldest);
    ++account_.dropped;
  }
}

void ConflatingQueue::CompactIfSparse() {
  if (used_ < kManyDead || account_.waiting > used_ / 2) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < used_; ++i) {
    if (!entries_[i].live) continue;
    if (i != kept) std::swap(entries_[i], entries_[kept]);
    if (entries_[kept].tick.symbol != kNoSymbol) {
      PlaceOf(entries_[kept].tick) = static_cast<std::uint32_t>(kept);
    }
    ++kept;
  }
  used_ = kept;
  first_ = 0;
}

void ConflatingQueue::MoveTo(Lot& lot) {
  for (std::size_t i = first_; i < used_; ++i) {
    if (entries_[i].live && entries_[i].tick.symbol != kNoSymbol) {
      PlaceOf(entries_[i].tick) = kNowhere;
    }
  }
  for (std::size_t i = 0; i < first_; ++i) entries_[i].live = false;
  for (std::size_t i = used_; i < entries_.size(); ++i) entries_[i].live = false;
  lot.detached.swap(entries_);
  used_ = first_ = 0;
}

void ConflatingQueue::Stage(Lot& lot) const {
  lot.staged.clear();
  for (const DetachedTick& entry : lot.detached) {
    if (!entry.live) continue;
    lot.staged.push_back(entry.tick);
    lot.staged.back().raw_data = entry.raw.data();
  }
  lot.ticks = lot.staged;
}

void ConflatingQueue::PutBack(Lot& lot, std::size_t done) {
  // What has come since is newer: put back first, then let it replace.
  const std::size_t newer = used_;
  lot.detached.swap(entries_);
  used_ = first_ = 0;
  const std::vector<DetachedTick> returning = [&] {
    std::vector<DetachedTick> undelivered;
    std::size_t passed = 0;
    for (DetachedTick& entry : entries_) {
      if (entry.live && passed++ >= done) undelivered.push_back(std::move(entry));
      entry.live = false;
    }
    return undelivered;
  }();
  const std::vector<DetachedTick> arrived = [&] {
    std::vector<DetachedTick> live;
    for (std::size_t i = 0; i < newer; ++i) {
      DetachedTick& entry = lot.detached[i];
      if (!entry.live) continue;
      if (entry.tick.symbol != kNoSymbol) PlaceOf(entry.tick) = kNowhere;
      Kill(entry);
      live.push_back(std::move(entry));
    }
    return live;
  }();
  for (const auto* entries : {&returning, &arrived}) {
    for (const DetachedTick& entry : *entries) {
      Tick tick = entry.tick;
      tick.raw_data = entry.raw.data();
      AddTick(tick);
    }
  }
  DropOldestBeyondBounds();
}

}  // namespace feedmux
