#pragma once

#include <cstdint>  // fixed-width integers
#include <mutex>    // mutex
#include <span>     // span
#include <vector>   // vector

#include "feedmux/tick.hpp"

namespace feedmux::dashboard {

/// The newest tick of one symbol, kind and connection, without the bytes it came from.
struct BoardCell {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  double price = kAbsent;
  double size = kAbsent;
  double bid = kAbsent;  ///< quotes only, like the next three
  double ask = kAbsent;
  double bid_size = kAbsent;
  double ask_size = kAbsent;
  std::int64_t ts_event_ns = kNoTime;
  std::int64_t ts_recv_ns = kNoTime;
  std::uint64_t count = 0;  ///< ticks so far
  SymbolId symbol = kNoSymbol;
  std::uint32_t next = kNone;  ///< another cell of the symbol
  ConnectionIndex connection = 0;
  Kind kind = Kind::Other;
  bool is_listed = false;  ///< among the changes
};

/// What the market looks like at the moment: between the sink thread, which only ever overwrites,
/// and whoever looks now and then. A symbol once seen costs no allocation any more.
///
/// Thread: Put from one, the others from any.
class TickBoard {
 public:
  using Index = std::uint32_t;  ///< of a cell; never changes

  struct Change {
    Index index;
    BoardCell cell;
  };

  void Put(std::span<const Tick> ticks);

  /// From here on changes are kept for TakeChanges. Returns all cells as they are.
  std::vector<BoardCell> Watch();
  void Unwatch();

  /// Replaces `changes` with the cells that changed since the last call, each once.
  void TakeChanges(std::vector<Change>& changes);

  /// The cells of a symbol.
  std::vector<BoardCell> Find(SymbolId symbol) const;

  /// Symbols have numbers below this.
  SymbolId symbol_end() const;

 private:
  BoardCell& CellOf(const Tick& tick);

  mutable std::mutex mutex_;
  std::vector<Index> first_cell_;  // by symbol
  std::vector<BoardCell> cells_;
  std::vector<Index> changed_;
  bool is_watched_ = false;
};

}  // namespace feedmux::dashboard
