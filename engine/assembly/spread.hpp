#pragma once

#include <string>  // string
#include <vector>  // vector

#include "config/config.hpp"

namespace feedmux {

/// Spreads symbols over connections that carry `loads` symbols already. Gives each connection's new
/// ones, in the order of the symbols. `loads` is not empty.
std::vector<std::vector<std::string>> Spread(const std::vector<std::string>& symbols,
                                             std::vector<std::size_t> loads, Routing routing);

}  // namespace feedmux
