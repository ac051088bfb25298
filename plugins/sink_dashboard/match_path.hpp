#pragma once

#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::dashboard {

/// What stood for the {…} of a route's pattern, and for a last *; nothing if the path is another.
std::optional<std::vector<std::string>> MatchPath(std::string_view pattern,
                                                  const std::vector<std::string>& segments);

}  // namespace feedmux::dashboard
