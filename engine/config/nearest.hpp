#pragma once

#include <cstddef>      // size_t
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux {

/// The names among `candidates` that somebody may have meant with `name`, nearest first, at most
/// `at_most`. Near is: a slip in every three letters, a slip being a letter too many, too few,
/// wrong, or swapped with its neighbour; or that `name` is the start of it. Upper and lower case,
/// '-' and '_' are the same.
std::vector<std::string> NearestNames(std::string_view name,
                                      const std::vector<std::string>& candidates,
                                      std::size_t at_most = 3);

/// `; did you mean "channels"?`, or nothing if no candidate is near.
std::string DidYouMean(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace feedmux
