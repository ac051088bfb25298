#pragma once

#include <cstdint>        // uint32_t, uint64_t
#include <string>         // string
#include <unordered_map>  // unordered_map
#include <vector>         // vector

#include "feedmux/batch.hpp"
#include "feedmux/tick.hpp"

namespace feedmux {

/// One symbol that comes over two connections for a while.
///
/// Both bring the same sequence of events, from different points on and at different speeds. Until
/// one event has come over both, the new connection may be ahead of the former one, so what it
/// brings is held back. From then on each event passes the first time it comes. An event that the
/// vendor sent twice comes twice over each connection, and passes twice.
///
/// Thread: one at a time.
class Overlap {
 public:
  enum class Verdict { Pass, Duplicate, HeldBack };

  Overlap(ConnectionIndex from, ConnectionIndex to) : from_(from), to_(to) {}

  /// A third connection has the ticker now, `gone` is one of the two and may still send. What it
  /// brings passes only until the third one speaks: it may be behind.
  void Turn(ConnectionIndex gone, ConnectionIndex to);

  bool Concerns(ConnectionIndex connection) const {
    return connection == from_ || connection == to_;
  }

  /// Of a tick of either connection. HeldBack: it was copied.
  Verdict Judge(const Tick& tick);

  /// What was held back may pass: an event came over both, or the former connection is let go.
  bool open() const { return joined_ || released_; }
  void Release() { released_ = true; }

  /// Moves what was held back and has not come over the former connection into `batch`, in order,
  /// and says how many ticks were held back.
  std::size_t TakeHeldBack(Batch& batch);
  bool has_held_back() const { return !held_back_.empty(); }

  bool joined() const { return joined_; }
  std::uint64_t from_ticks() const { return from_ticks_; }
  std::uint64_t to_ticks() const { return to_ticks_; }
  ConnectionIndex to() const { return to_; }

 private:
  struct Seen {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t passed = 0;
  };
  struct HeldBack {
    std::uint64_t key = 0;
    Tick tick;
    std::string raw;
  };

  /// Beyond this the former connection is not waited for any longer.
  static constexpr std::size_t kMostHeldBack = 100'000;

  ConnectionIndex from_;
  ConnectionIndex to_;
  bool turned_ = false;
  bool from_is_over_ = false;  ///< nothing of it passes any more
  bool joined_ = false;
  bool released_ = false;
  std::uint64_t from_ticks_ = 0;
  std::uint64_t to_ticks_ = 0;
  std::unordered_map<std::uint64_t, Seen> seen_;
  std::vector<HeldBack> held_back_;
};

/// Tells events of one symbol apart: by the vendor's sequence number, trades also by their id;
/// events that have none by their bytes.
std::uint64_t EventKey(const Tick& tick);

}  // namespace feedmux
