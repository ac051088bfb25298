#pragma once

#include <cstdint>  // uint64_t
#include <string>   // string
#include <vector>   // vector

#include "feedmux/health.hpp"
#include "feedmux/tick.hpp"

namespace feedmux {

/// How far a ticker's two connections have come since the overlap began.
struct OverlapState {
  /// One event of each kind that came has come over both: nothing can be missed any more, and
  /// nothing comes again. Never of a wildcard.
  bool joined = false;
  std::uint64_t from_ticks = 0;  ///< over the former connection
  std::uint64_t to_ticks = 0;    ///< over the new one
  bool met = false;              ///< one event came over both
};

/// What the connection manager has done for it. The engine does it with threads and sockets, a
/// simulation without. Calls never block and never call the manager back.
class SessionDriver {
 public:
  virtual ~SessionDriver() = default;

  /// Begins a session; ConnectionManager::OnEnded tells its end, once.
  virtual void StartSession(ConnectionIndex connection, std::vector<std::string> tickers) = 0;
  /// Asks the session to end.
  virtual void StopSession(ConnectionIndex connection) = 0;

  /// Of the session that runs, connected or not.
  virtual void Subscribe(ConnectionIndex connection, const std::vector<std::string>& tickers) = 0;
  virtual void Unsubscribe(ConnectionIndex connection, const std::vector<std::string>& tickers) = 0;

  // Overlaps. `symbol` kNoSymbol: of every symbol, the ticker is a wildcard. `one`: either of the
  // connections, or another one of the same source.

  /// From now on what comes over both connections counts once. `named`: symbols that are also
  /// subscribed by name somewhere, and so tell nothing about a wildcard's subscription.
  virtual void BeginOverlap(SymbolId symbol, ConnectionIndex from, ConnectionIndex to,
                            const std::vector<SymbolId>& named) = 0;
  /// The former connection is let go: what was held back of the new one may pass.
  virtual void ReleaseOverlap(SymbolId symbol, ConnectionIndex one) = 0;
  /// A third connection has the ticker now, while late ticks of `gone` are still expected.
  virtual void TurnOverlap(SymbolId symbol, ConnectionIndex gone, ConnectionIndex to) = 0;
  /// Nothing more is expected over the other connection.
  virtual void EndOverlap(SymbolId symbol, ConnectionIndex one) = 0;
  virtual OverlapState ReadOverlap(SymbolId symbol, ConnectionIndex one) const = 0;

  /// Ticks that arrived over the connection since the engine started, and when the last one did.
  virtual std::uint64_t TickCount(ConnectionIndex connection) const = 0;
  virtual std::int64_t LastTickNs(ConnectionIndex connection) const = 0;
  /// Odd while the connection publishes a batch, and another number for each batch: where it stays
  /// odd and the same, the connection waits for a full sink and reads nothing.
  virtual std::uint64_t PublishMark(ConnectionIndex connection) const = 0;
  /// Ticks of one symbol over all connections.
  virtual std::uint64_t TickCountOf(SymbolId symbol) const = 0;

  virtual void PublishGap(ConnectionIndex connection, const GapRecord& gap) = 0;
};

}  // namespace feedmux
