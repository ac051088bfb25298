#pragma once

#include <optional>       // optional
#include <string>         // string
#include <string_view>    // string_view
#include <unordered_map>  // unordered_map

#include "feedmux/host.hpp"
#include "sink_dashboard/tick_board.hpp"

namespace feedmux::dashboard {

/// The number of a symbol that the board has seen. Learns new ones when it is asked, so that a text
/// that no feed has makes no entry in the engine's table. Thread: one.
class SymbolFinder {
 public:
  SymbolFinder(Host& host, const TickBoard& board) : host_(host), board_(board) {}

  std::optional<SymbolId> Find(std::string_view text) {
    const SymbolId end = board_.symbol_end();
    for (; known_ < end; ++known_) {
      const auto symbol = host_.symbols().Text(known_);
      if (symbol.empty()) break;  // the board has room for it, but the symbol is not there yet
      ids_.emplace(symbol, known_);
    }
    const auto found = ids_.find(text);
    if (found == ids_.end()) return std::nullopt;
    return found->second;
  }

 private:
  Host& host_;
  const TickBoard& board_;
  SymbolId known_ = 1;
  std::unordered_map<std::string_view, SymbolId> ids_;  // the texts are the engine's
};

}  // namespace feedmux::dashboard
