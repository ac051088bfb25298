#include "sink_dashboard/tick_board.hpp"

#include <algorithm>  // max

namespace feedmux::dashboard {

void TickBoard::Put(std::span<const Tick> ticks) {
  const std::lock_guard lock{mutex_};
  for (const Tick& tick : ticks) {
    BoardCell& cell = CellOf(tick);
    cell.price = tick.price;
    cell.size = tick.size;
    if (tick.kind == Kind::Quote) {  // of futures, too: the first four fields are the same
      cell.bid = tick.quote.bid;
      cell.ask = tick.quote.ask;
      cell.bid_size = tick.quote.bid_size;
      cell.ask_size = tick.quote.ask_size;
    }
    cell.ts_event_ns = tick.ts_event_ns;
    cell.ts_recv_ns = tick.ts_recv_ns;
    ++cell.count;
    if (is_watched_ && !cell.is_listed) {
      cell.is_listed = true;
      changed_.push_back(static_cast<Index>(&cell - cells_.data()));
    }
  }
}

BoardCell& TickBoard::CellOf(const Tick& tick) {
  if (tick.symbol >= first_cell_.size()) {
    const std::size_t wanted = std::size_t{tick.symbol} + 1;
    first_cell_.resize(std::max(wanted, 2 * first_cell_.size()), BoardCell::kNone);
  }
  Index* link = &first_cell_[tick.symbol];
  while (*link != BoardCell::kNone) {
    BoardCell& cell = cells_[*link];
    if (cell.kind == tick.kind && cell.connection == tick.connection) return cell;
    link = &cell.next;
  }
  const auto index = static_cast<Index>(cells_.size());
  *link = index;  // before the vector may move
  BoardCell& cell = cells_.emplace_back();
  cell.symbol = tick.symbol;
  cell.kind = tick.kind;
  cell.connection = tick.connection;
  return cell;
}

std::vector<BoardCell> TickBoard::Watch() {
  const std::lock_guard lock{mutex_};
  is_watched_ = true;
  return cells_;
}

void TickBoard::Unwatch() {
  const std::lock_guard lock{mutex_};
  is_watched_ = false;
  for (const Index index : changed_) cells_[index].is_listed = false;
  changed_.clear();
}

void TickBoard::TakeChanges(std::vector<Change>& changes) {
  changes.clear();
  const std::lock_guard lock{mutex_};
  changes.reserve(changed_.size());
  for (const Index index : changed_) {
    cells_[index].is_listed = false;
    changes.push_back({index, cells_[index]});
  }
  changed_.clear();
}

std::vector<BoardCell> TickBoard::Find(SymbolId symbol) const {
  const std::lock_guard lock{mutex_};
  std::vector<BoardCell> found;
  if (symbol >= first_cell_.size()) return found;
  for (Index i = first_cell_[symbol]; i != BoardCell::kNone; i = cells_[i].next) {
    found.push_back(cells_[i]);
  }
  return found;
}

SymbolId TickBoard::symbol_end() const {
  const std::lock_guard lock{mutex_};
  return static_cast<SymbolId>(first_cell_.size());
}

}  // namespace feedmux::dashboard
