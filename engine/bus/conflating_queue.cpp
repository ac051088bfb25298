#include "bus/conflating_queue.hpp"

#include <algorithm>  // max
#include <utility>    // exchange, swap

namespace feedmux {
namespace {

constexpr std::size_t kManyDead = 1024;

// Buffers beyond this are not kept for the next tick, so that some huge events do not become the
// size of every entry.
constexpr std::size_t kLargeBuffer = 1024;

void Release(std::string& buffer) { std::string{}.swap(buffer); }

void Assign(std::string& buffer, std::string_view bytes) {
  if (buffer.capacity() > std::max(kLargeBuffer, 2 * bytes.size())) Release(buffer);
  buffer.assign(bytes);
}

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
  Assign(entry.raw, tick.Raw());
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
    if (oldest.raw.capacity() > kLargeBuffer) Release(oldest.raw);
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

SinkQueue::Moved ConflatingQueue::MoveTo(Lot& lot) {
  for (std::size_t i = first_; i < used_; ++i) {
    if (entries_[i].live && entries_[i].tick.symbol != kNoSymbol) {
      PlaceOf(entries_[i].tick) = kNowhere;
    }
  }
  lot.detached.swap(entries_);
  lot.detached_begin = first_;
  lot.detached_end = used_;
  used_ = first_ = 0;
  return {account_.waiting, waiting_bytes_};
}

void ConflatingQueue::Stage(Lot& lot) const {
  lot.staged.clear();
  for (std::size_t i = lot.detached_begin; i < lot.detached_end; ++i) {
    const DetachedTick& entry = lot.detached[i];
    if (!entry.live) continue;
    lot.staged.push_back(entry.tick);
    lot.staged.back().raw_data = entry.raw.data();
  }
  lot.ticks = lot.staged;
}

void ConflatingQueue::PutBack(Lot& lot, std::size_t done) {
  // What has come since is newer: it goes behind what returns, and replaces it.
  std::vector<DetachedTick>& arrived = lot.detached;
  arrived.swap(entries_);
  const std::size_t arrived_begin = std::exchange(first_, 0);
  const std::size_t arrived_end = std::exchange(used_, 0);
  for (std::size_t i = arrived_begin; i < arrived_end; ++i) {
    if (!arrived[i].live) continue;
    if (arrived[i].tick.symbol != kNoSymbol) PlaceOf(arrived[i].tick) = kNowhere;
    --account_.waiting;
    waiting_bytes_ -= BytesOf(arrived[i]);
  }
  for (std::size_t i = lot.detached_begin; i < lot.detached_end; ++i) {
    if (!entries_[i].live) continue;
    if (done != 0) {
      --done;
      continue;
    }
    if (i != used_) std::swap(entries_[i], entries_[used_]);
    const DetachedTick& entry = entries_[used_];
    if (entry.tick.symbol != kNoSymbol) PlaceOf(entry.tick) = static_cast<std::uint32_t>(used_);
    ++used_;
    ++account_.waiting;
    waiting_bytes_ += BytesOf(entry);
  }
  for (std::size_t i = arrived_begin; i < arrived_end; ++i) {
    if (!arrived[i].live) continue;
    Tick tick = arrived[i].tick;
    tick.raw_data = arrived[i].raw.data();
    AddTick(tick);
  }
  DropOldestBeyondBounds();
}

}  // namespace feedmux
