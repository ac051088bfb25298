#include "assembly/spread.hpp"

#include <algorithm>   // min_element
#include <functional>  // hash

namespace feedmux {

std::vector<std::vector<std::string>> Spread(const std::vector<std::string>& symbols,
                                             std::vector<std::size_t> loads, Routing routing) {
  std::vector<std::vector<std::string>> assigned(loads.size());
  std::size_t turn = 0;
  for (const std::string& symbol : symbols) {
    std::size_t to = 0;
    switch (routing) {
      case Routing::FirstAvailable:
        break;
      case Routing::RoundRobin:
        to = turn++ % loads.size();
        break;
      case Routing::LeastLoaded:
        to = static_cast<std::size_t>(std::min_element(loads.begin(), loads.end()) - loads.begin());
        break;
      case Routing::Hash:
        to = std::hash<std::string>{}(symbol) % loads.size();
        break;
    }
    ++loads[to];
    assigned[to].push_back(symbol);
  }
  return assigned;
}

}  // namespace feedmux
