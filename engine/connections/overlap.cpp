#include "connections/overlap.hpp"

#include <bit>          // bit_cast
#include <functional>   // hash
#include <string_view>  // string_view

namespace feedmux {
namespace {

std::uint64_t Mix(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E37'79B9'7F4A'7C15u;
  return hash ^ hash >> 32;
}

std::uint64_t Hash(std::string_view text) { return std::hash<std::string_view>{}(text); }

}  // namespace

std::uint64_t EventKey(const Tick& tick) {
  std::uint64_t key = Mix(static_cast<std::uint64_t>(tick.kind) + 1, tick.window_ms);
  if (tick.vendor_sequence != 0) {
    key = Mix(key, tick.vendor_sequence);
    return tick.kind == Kind::Trade ? Mix(key, Hash(tick.TradeId())) : key;
  }
  if (tick.raw_size > 0) return Mix(key, Hash(tick.Raw()));
  key = Mix(key, static_cast<std::uint64_t>(tick.ts_event_ns));
  key = Mix(key, std::bit_cast<std::uint64_t>(tick.price));
  return Mix(key, std::bit_cast<std::uint64_t>(tick.size));
}

Overlap::Verdict Overlap::Judge(const Tick& tick) {
  const std::uint64_t key = EventKey(tick);
  Seen& seen = seen_[key];
  const bool is_former = tick.connection == from_;
  std::uint32_t& mine = is_former ? seen.from : seen.to;
  ++mine;
  ++(is_former ? from_ticks_ : to_ticks_);
  if (seen.from > 0 && seen.to > 0) joined_ = true;
  if (!is_former && turned_) from_is_over_ = true;
  if (mine <= seen.passed || (is_former && from_is_over_)) return Verdict::Duplicate;
  if (is_former || open()) {
    // What is still held back is older than this tick of the new connection: the caller lets it
    // pass first.
    ++seen.passed;
    return Verdict::Pass;
  }
  held_back_.push_back({key, tick, std::string{tick.Raw()}});
  if (held_back_.size() >= kMostHeldBack) released_ = true;
  return Verdict::HeldBack;
}

void Overlap::Turn(ConnectionIndex gone, ConnectionIndex to) {
  const bool swap = gone == to_;
  if (swap) {
    from_ticks_ = to_ticks_;
    from_is_over_ = false;
  }
  to_ticks_ = 0;
  for (auto& [key, seen] : seen_) {
    if (swap) seen.from = seen.to;
    seen.to = 0;
  }
  from_ = gone;
  to_ = to;
  turned_ = released_ = true;
}

std::size_t Overlap::TakeHeldBack(Batch& batch) {
  const std::size_t count = held_back_.size();
  std::size_t bytes = 0;
  for (const HeldBack& held : held_back_) bytes += held.raw.size();
  batch.frame.reserve(batch.frame.size() + bytes);
  // The copies of one key among them pass as often as they came and have not passed yet.
  std::unordered_map<std::uint64_t, std::uint32_t> taken;
  for (HeldBack& held : held_back_) {
    Seen& seen = seen_[held.key];
    if (++taken[held.key] <= seen.passed) continue;
    ++seen.passed;
    Tick& tick = batch.ticks.emplace_back(held.tick);
    tick.raw_data = batch.frame.data() + batch.frame.size();
    batch.frame += held.raw;
  }
  held_back_.clear();
  return count;
}

}  // namespace feedmux
