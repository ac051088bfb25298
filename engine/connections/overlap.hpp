#pragma once

#include <cstdint>  // uint32_t, uint64_t
#include <string>   // string
#include <vector>   // vector

#include "connections/event_counts.hpp"
#include "feedmux/batch.hpp"
#include "feedmux/tick.hpp"

namespace feedmux {

/// One symbol that comes over two connections for a while.
///
/// Both bring the same sequence of events, from different points on and at different speeds. Until
/// one event has come over both, the new connection may be ahead of the former one, so what it
/// brings is held back. From then on each event passes the first time it comes; what was held back
/// from before it has come over the former connection already, or will. An event that the vendor
/// sent twice comes twice over each connection, and passes twice.
///
/// That goes for each lane by itself: trades, quotes and the like come in one order each, but not
/// in one order among each other.
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

  /// The former connection is let go: all that was held back may pass.
  void Release();

  /// The move is given up, the former connection stays: it has brought what is held back or will,
  /// unless it says nothing at all.
  void GiveUp();

  /// Some of what was held back may be taken.
  bool has_ready() const { return has_ready_; }
  /// Moves what may pass, and has not come over the former connection, into `batch`, in order, and
  /// says how many ticks are held back no longer.
  std::size_t TakeReady(Batch& batch);

  /// One event came over both.
  bool met() const;
  /// The same in every lane.
  bool joined() const;
  std::uint64_t from_ticks() const { return from_ticks_; }
  std::uint64_t to_ticks() const { return to_ticks_; }
  ConnectionIndex to() const { return to_; }

 private:
  struct Lane {
    std::uint64_t id = 0;
    bool joined = false;
  };
  struct HeldBack {
    std::uint64_t key = 0;
    std::uint64_t lane = 0;
    bool is_past = false;  ///< before the first event that came over both
    Tick tick;
    std::string raw;
  };

  /// Beyond this the former connection is not waited for any longer.
  static constexpr std::size_t kMostHeldBack = 100'000;

  Lane& LaneOf(const Tick& tick);
  bool IsOpen(std::uint64_t lane) const;
  void Join(Lane& lane, std::uint64_t key);

  ConnectionIndex from_;
  ConnectionIndex to_;
  bool turned_ = false;
  bool from_is_over_ = false;  ///< nothing of it passes any more
  bool released_ = false;
  bool has_ready_ = false;
  std::uint64_t from_ticks_ = 0;
  std::uint64_t to_ticks_ = 0;
  std::vector<Lane> lanes_;  // a handful
  EventCounts seen_;
  std::vector<HeldBack> held_back_;
};

/// Tells events of one symbol apart: by the vendor's sequence number, trades also by their id;
/// events that have none by their bytes.
std::uint64_t EventKey(const Tick& tick);

}  // namespace feedmux
