#pragma once

#include <cstdint>        // fixed-width integers
#include <string>         // string
#include <string_view>    // string_view
#include <unordered_map>  // unordered_map
#include <vector>         // vector

#include <nlohmann/json_fwd.hpp>

#include "feedmux/host.hpp"
#include "sink_dashboard/tick_board.hpp"
#include "sink_dashboard/view.hpp"

namespace feedmux::dashboard {

/// The board as the server thread last saw it, shared by all viewers. A stream is what the eye
/// takes for one thing: a symbol on a connection, whatever the kinds of its ticks.
class LiveTicks {
 public:
  using Index = TickBoard::Index;  ///< of a cell
  using StreamIndex = std::uint32_t;

  struct Increase {
    Index cell;
    std::uint64_t ticks;
  };

  LiveTicks(Host& host, TickBoard& board) : host_(host), board_(board) {}

  /// Between the two, Update sees every tick.
  void Begin();
  void End();

  /// What came since the last call (or Begin), by cell.
  const std::vector<Increase>& Update();

  const BoardCell& cell(Index index) const { return cells_[index]; }
  StreamIndex stream_of(Index index) const { return streams_[index]; }
  bool Matches(const View& view, Index index) const;

  /// The cell's tick as JSON, without its closing brace. Valid until the next Update.
  const std::string& Text(Index index);

 private:
  void Add(const BoardCell& cell);

  Host& host_;
  TickBoard& board_;
  std::vector<BoardCell> cells_;
  std::vector<StreamIndex> streams_;                             // by cell
  std::unordered_map<std::uint64_t, StreamIndex> stream_index_;  // by symbol and connection
  std::vector<TickBoard::Change> changes_;
  std::vector<Increase> increases_;
  std::unordered_map<Index, std::string> texts_;
};

/// A tick as the page gets it, but for its count.
nlohmann::ordered_json TickJson(const BoardCell& cell, Host& host);

}  // namespace feedmux::dashboard
