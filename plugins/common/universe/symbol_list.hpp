#pragma once

#include <string>         // string
#include <unordered_set>  // unordered_set
#include <utility>        // move
#include <vector>         // vector

namespace feedmux::universe {

/// The symbols of a universe in their order, each once.
class SymbolList {
 public:
  /// Appends the symbol unless it is there already. Why it cannot be one, and then it is left out;
  /// an empty string if it can.
  std::string Add(const std::string& symbol);

  const std::vector<std::string>& symbols() const { return symbols_; }
  std::vector<std::string> Take() && { return std::move(symbols_); }

 private:
  std::vector<std::string> symbols_;
  std::unordered_set<std::string> seen_;
};

}  // namespace feedmux::universe
