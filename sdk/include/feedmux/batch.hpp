#pragma once

#include <array>        // array
#include <cstddef>      // size_t
#include <cstdint>      // fixed-width integers
#include <numeric>      // accumulate
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/tick.hpp"

namespace feedmux {

/// Why an event became no tick.
enum class RejectReason : std::uint8_t {
  Malformed,     ///< not JSON, or not an object
  MissingField,  ///< no event type or no symbol
  WrongType,     ///< a field that holds something else than the protocol says
  OutOfRange,    ///< a number that no price, size or time can be, a text too long for a symbol
  InvalidUtf8,
  TooManySymbols,  ///< the process' symbol table is full
};

inline constexpr std::size_t kRejectReasonCount = 6;

inline constexpr std::array<std::string_view, kRejectReasonCount> kRejectReasonNames = {
    "malformed", "missing_field", "wrong_type", "out_of_range", "invalid_utf8", "too_many_symbols"};

constexpr std::string_view Name(RejectReason reason) {
  return kRejectReasonNames[static_cast<std::size_t>(reason)];
}

/// What one frame brought: its bytes, its ticks, and the account of its events. A connection fills
/// it between Publisher::NewBatch and Publisher::Publish; its buffers are reused.
///
/// The account: events == ticks.size() + status_events + all of rejected. Whoever decodes counts
/// `events` where it finds one and the rest where it deals with it, so that the ledger can tell if
/// one was forgotten.
struct Batch {
  /// The frame. Ticks point into it, so it must be in place before they are added.
  std::string frame;
  std::vector<Tick> ticks;
  std::int64_t ts_recv_ns = kNoTime;  ///< when the frame arrived; set by NewBatch
  std::uint64_t events = 0;
  std::uint64_t status_events = 0;  ///< the vendor's own messages: acknowledgements, notices
  std::array<std::uint64_t, kRejectReasonCount> rejected = {};
  ConnectionIndex connection = 0;  ///< set by NewBatch

  /// Appends a tick with its connection and time of arrival filled in.
  Tick& Add(Kind kind) {
    Tick& tick = ticks.emplace_back();
    tick.kind = kind;
    tick.connection = connection;
    tick.ts_recv_ns = ts_recv_ns;
    return tick;
  }

  void Reject(RejectReason reason) { ++rejected[static_cast<std::size_t>(reason)]; }

  std::uint64_t RejectedCount() const {
    return std::accumulate(rejected.begin(), rejected.end(), std::uint64_t{0});
  }

  /// Empties it and keeps the buffers.
  void Clear() {
    frame.clear();
    ticks.clear();
    ts_recv_ns = kNoTime;
    events = status_events = 0;
    rejected.fill(0);
  }
};

}  // namespace feedmux
