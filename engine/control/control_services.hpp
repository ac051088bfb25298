#pragma once

#include <functional>  // function
#include <nlohmann/json_fwd.hpp>
#include <string>  // string
#include <vector>  // vector

#include "bus/bus.hpp"
#include "feedmux/control.hpp"
#include "feedmux/host.hpp"

namespace feedmux {

/// What a control server works on. All of it outlives the server, and may be used by any thread.
struct ControlServices {
  Control& control;
  std::function<nlohmann::ordered_json()> report;  ///< what `status` answers
  Bus& bus;                                        ///< for taps
  Symbols& symbols;
  const std::vector<ConnectionNames>& connections;  ///< by index - 1; fixed
  /// A symbol as it stands, and as ticks may spell it.
  std::function<std::vector<std::string>(const std::string&)> spellings =
      [](const std::string& symbol) { return std::vector{symbol}; };
};

}  // namespace feedmux
