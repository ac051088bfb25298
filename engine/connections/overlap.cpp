#include "connections/overlap.hpp"

#include <algorithm>      // all_of, any_of, stable_partition
#include <bit>            // bit_cast
#include <functional>     // hash
#include <string_view>    // string_view
#include <unordered_map>  // unordered_map

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

Overlap::Lane& Overlap::LaneOf(const Tick& tick) {
  const std::uint64_t id =
      std::uint64_t{tick.window_ms} << 8 | static_cast<std::uint8_t>(tick.kind);
  for (Lane& lane : lanes_) {
    if (lane.id == id) return lane;
  }
  return lanes_.emplace_back(Lane{id});
}

bool Overlap::IsOpen(std::uint64_t lane) const {
  return released_ || std::any_of(lanes_.begin(), lanes_.end(), [lane](const Lane& known) {
           return known.id == lane && known.joined;
         });
}

bool Overlap::met() const {
  return std::any_of(lanes_.begin(), lanes_.end(), [](const Lane& lane) { return lane.joined; });
}

bool Overlap::joined() const {
  return !lanes_.empty() &&
         std::all_of(lanes_.begin(), lanes_.end(), [](const Lane& lane) { return lane.joined; });
}

Overlap::Verdict Overlap::Judge(const Tick& tick) {
  const std::uint64_t key = EventKey(tick);
  EventCounts::Counts& seen = seen_.Of(key, tick.ts_recv_ns);
  const bool is_former = tick.connection == from_;
  std::uint32_t& mine = is_former ? seen.from : seen.to;
  ++mine;
  ++(is_former ? from_ticks_ : to_ticks_);
  Lane& lane = LaneOf(tick);
  if (seen.from > 0 && seen.to > 0 && !lane.joined) Join(lane, key);
  if (!is_former && turned_) from_is_over_ = true;
  if (mine <= seen.passed || (is_former && from_is_over_)) return Verdict::Duplicate;
  if (is_former || released_ || lane.joined) {
    // What is still held back is older than this tick of the new connection: the caller lets it
    // pass first.
    ++seen.passed;
    return Verdict::Pass;
  }
  held_back_.push_back({key, lane.id, false, tick, std::string{tick.Raw()}});
  if (held_back_.size() >= kMostHeldBack) Release();
  return Verdict::HeldBack;
}

/// The former connection is at `key` or beyond.
void Overlap::Join(Lane& lane, std::uint64_t key) {
  lane.joined = true;
  if (released_) return;
  for (HeldBack& held : held_back_) {
    if (held.lane != lane.id) continue;
    has_ready_ = true;
    if (held.key == key) break;
    held.is_past = true;
  }
}

void Overlap::Release() {
  released_ = true;
  has_ready_ = !held_back_.empty();
}

void Overlap::GiveUp() {
  for (HeldBack& held : held_back_) held.is_past |= from_ticks_ > 0;
  Release();
}

void Overlap::Turn(ConnectionIndex gone, ConnectionIndex to) {
  const bool swap = gone == to_;
  if (swap) {
    from_ticks_ = to_ticks_;
    from_is_over_ = false;
  }
  to_ticks_ = 0;
  seen_.ForEach([swap](EventCounts::Counts& seen) {
    if (swap) seen.from = seen.to;
    seen.to = 0;
  });
  from_ = gone;
  to_ = to;
  turned_ = true;
  Release();
}

std::size_t Overlap::TakeReady(Batch& batch) {
  const auto end =
      std::stable_partition(held_back_.begin(), held_back_.end(),
                            [this](const HeldBack& held) { return IsOpen(held.lane); });
  std::size_t bytes = 0;
  for (auto held = held_back_.begin(); held != end; ++held) bytes += held->raw.size();
  batch.frame.reserve(batch.frame.size() + bytes);
  // The copies of one key among them pass as often as they came and have not passed yet.
  std::unordered_map<std::uint64_t, std::uint32_t> taken;
  for (auto held = held_back_.begin(); held != end; ++held) {
    if (held->is_past) continue;
    EventCounts::Counts& seen = seen_.Of(held->key, held->tick.ts_recv_ns);
    if (++taken[held->key] <= seen.passed) continue;
    ++seen.passed;
    Tick& tick = batch.ticks.emplace_back(held->tick);
    tick.raw_data = batch.frame.data() + batch.frame.size();
    batch.frame += held->raw;
    batch.ts_recv_ns = tick.ts_recv_ns;
  }
  const auto count = static_cast<std::size_t>(end - held_back_.begin());
  held_back_.erase(held_back_.begin(), end);
  has_ready_ = false;
  return count;
}

}  // namespace feedmux
