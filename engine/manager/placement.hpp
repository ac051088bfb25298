#pragma once

#include <cstddef>      // size_t
#include <limits>       // numeric_limits
#include <optional>     // optional
#include <string_view>  // string_view
#include <vector>       // vector

#include "config/config.hpp"
#include "feedmux/tick.hpp"

namespace feedmux {

/// A connection that tickers may be given to.
struct Seat {
  ConnectionIndex connection = 0;
  std::size_t tickers = 0;  ///< it carries
  std::size_t capacity = std::numeric_limits<std::size_t>::max();
  double load = 0;    ///< measured ticks per second of these
  bool ready = true;  ///< one that is not is chosen only where no other has room
};

/// Chooses connections for tickers, one after the other, by a source's routing. Deterministic.
class Placement {
 public:
  Placement(Routing routing, std::vector<Seat> seats)
      : routing_(routing), seats_(std::move(seats)) {}

  /// Takes a place for the ticker; nothing if no seat has room. `load` is its measured ticks per
  /// second, 0 if nothing was measured.
  std::optional<ConnectionIndex> Place(std::string_view ticker, double load = 0);

 private:
  Seat* Choose(std::string_view ticker, bool ready);

  const Routing routing_;
  std::vector<Seat> seats_;
  std::size_t turn_ = 0;
};

}  // namespace feedmux
