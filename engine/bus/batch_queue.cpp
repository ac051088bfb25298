#include "bus/batch_queue.hpp"

#include <algorithm>  // min, move
#include <iterator>   // make_move_iterator

namespace feedmux {
namespace {

// Used-up parts are cleared away once they are many and the greater half.
constexpr std::size_t kManyUsedUp = 1024;

}  // namespace

void BatchQueue::Add(const BatchRef& batch, std::size_t wanted) {
  if (config_.when_full == WhenFull::DropNewest) {
    const std::uint64_t held = account_.waiting + account_.in_hand;
    std::size_t room = held < config_.capacity ? static_cast<std::size_t>(config_.capacity - held)
                                               : std::size_t{0};
    if (held != 0 && waiting_bytes_ + in_hand_bytes_ + batch->memory > config_.max_bytes) room = 0;
    const std::size_t take = std::min(wanted, room);
    account_.dropped += wanted - take;
    wanted = take;
    if (wanted == 0) return;
  }
  parts_.push_back({batch, 0, wanted});
  account_.waiting += wanted;
  waiting_bytes_ += batch->memory;
  if (config_.when_full == WhenFull::DropOldest) DropOldestBeyondBounds();
}

void BatchQueue::DropOldestBeyondBounds() {
  while (account_.waiting > config_.capacity ||
         (waiting_bytes_ > config_.max_bytes && first_ + 1 < parts_.size())) {
    BatchPart& oldest = parts_[first_];
    const std::size_t too_many = account_.waiting > config_.capacity
                                     ? static_cast<std::size_t>(account_.waiting - config_.capacity)
                                     : oldest.take;
    const std::size_t drop = std::min(too_many, oldest.take);
    account_.dropped += drop;
    account_.waiting -= drop;
    oldest.skip += drop;
    oldest.take -= drop;
    if (oldest.take == 0) {
      waiting_bytes_ -= oldest.batch->memory;
      oldest.batch = {};
      ++first_;
    }
  }
  ForgetUsedUp();
}

void BatchQueue::ForgetUsedUp() {
  if (first_ == parts_.size()) {
    parts_.clear();
    first_ = 0;
  } else if (first_ > kManyUsedUp && first_ > parts_.size() / 2) {
    parts_.erase(parts_.begin(), parts_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

SinkQueue::Moved BatchQueue::MoveTo(Lot& lot) {
  Moved moved;
  std::size_t end = first_;
  while (end < parts_.size() &&
         (end == first_ || moved.ticks + parts_[end].take <= kManyTicksInALot)) {
    moved.ticks += parts_[end].take;
    moved.bytes += parts_[end].batch->memory;
    ++end;
  }
  const auto begin = parts_.begin() + static_cast<std::ptrdiff_t>(first_);
  lot.parts.assign(std::make_move_iterator(begin),
                   std::make_move_iterator(parts_.begin() + static_cast<std::ptrdiff_t>(end)));
  first_ = end;
  ForgetUsedUp();
  return moved;
}

void BatchQueue::Stage(Lot& lot) const {
  // One whole batch needs no copy, which is the usual case of a feed that is not busy.
  if (lot.parts.size() == 1 && filter_.WantsAll(*lot.parts.front().batch)) {
    const BatchPart& part = lot.parts.front();
    lot.ticks = std::span<const Tick>{part.batch->ticks}.subspan(part.skip, part.take);
    return;
  }
  lot.staged.clear();
  for (const BatchPart& part : lot.parts) {
    const std::vector<Tick>& ticks = part.batch->ticks;
    if (filter_.WantsAll(*part.batch)) {
      const auto begin = ticks.begin() + static_cast<std::ptrdiff_t>(part.skip);
      lot.staged.insert(lot.staged.end(), begin, begin + static_cast<std::ptrdiff_t>(part.take));
      continue;
    }
    std::size_t skip = part.skip;
    std::size_t take = part.take;
    for (auto tick = ticks.begin(); take != 0; ++tick) {
      if (!filter_.Wants(*tick)) continue;
      if (skip != 0) {
        --skip;
        continue;
      }
      lot.staged.push_back(*tick);
      --take;
    }
  }
  lot.ticks = lot.staged;
}

void BatchQueue::PutBack(Lot& lot, std::size_t done) {
  std::size_t undelivered = 0;
  std::size_t from = 0;
  for (; from < lot.parts.size() && done >= lot.parts[from].take; ++from) {
    done -= lot.parts[from].take;
  }
  if (from < lot.parts.size()) {
    lot.parts[from].skip += done;
    lot.parts[from].take -= done;
  }
  for (std::size_t i = from; i < lot.parts.size(); ++i) {
    undelivered += lot.parts[i].take;
    waiting_bytes_ += lot.parts[i].batch->memory;
  }
  account_.waiting += undelivered;
  const auto returning = lot.parts.begin() + static_cast<std::ptrdiff_t>(from);
  const auto count = static_cast<std::size_t>(lot.parts.end() - returning);
  if (first_ >= count) {  // into the places they came from, so that a backlog stays where it is
    first_ -= count;
    std::move(returning, lot.parts.end(), parts_.begin() + static_cast<std::ptrdiff_t>(first_));
  } else {
    parts_.insert(parts_.begin() + static_cast<std::ptrdiff_t>(first_),
                  std::make_move_iterator(returning), std::make_move_iterator(lot.parts.end()));
  }
  if (config_.when_full == WhenFull::DropOldest) DropOldestBeyondBounds();
}

}  // namespace feedmux
