#pragma once

#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::universe_file {

/// The keys most like `key`, the nearest first, three at most; none that has little in common.
std::vector<std::string> NearestKeys(std::string_view key, const std::vector<std::string>& keys);

}  // namespace feedmux::universe_file
