#pragma once

#include <string>  // string
#include <vector>  // vector

#include "feedmux/health.hpp"

namespace feedmux {

/// Which accounts leave something unexplained, a line each: "connection_1 primary: 3 events are not
/// accounted for". Empty while the imbalance is 0.
std::vector<std::string> ImbalancesOf(const Health& health);

}  // namespace feedmux
