#pragma once

#include <string>  // string
#include <vector>  // vector

#include "feedmux/control.hpp"
#include "feedmux/tick.hpp"

namespace feedmux {

/// What a plan is made from: connections that are up, and the tickers they carry.
struct RebalanceInput {
  struct Connection {
    ConnectionIndex index = 0;
    std::string id;
    std::size_t capacity = 0;
  };
  struct Ticker {
    std::string name;
    ConnectionIndex at = 0;
    double rate = 0;  ///< ticks per second
    bool movable = true;
  };
  std::vector<Connection> connections;
  std::vector<Ticker> tickers;
};

/// Evens the rates out with few moves: as long as two connections differ by more than a tenth of
/// the mean, the ticker that closes most of the difference goes from the busiest connection to the
/// idlest one.
RebalancePlan MakePlan(const RebalanceInput& input);

}  // namespace feedmux
