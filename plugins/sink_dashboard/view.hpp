#pragma once

#include <string>         // string
#include <unordered_set>  // unordered_set

#include <nlohmann/json_fwd.hpp>

#include "feedmux/kind.hpp"

namespace feedmux::dashboard {

/// Which ticks a viewer wants to see.
struct View {
  static constexpr std::size_t kMostConnections = 1000;
  static constexpr std::size_t kMostSymbols = 1000;
  static constexpr std::size_t kMostTextBytes = 64;  ///< of an id or a symbol

  /// Room for the message of the largest view: each text in quotation marks with a comma, and what
  /// stands around them.
  static constexpr std::size_t kMostMessageBytes =
      (kMostConnections + kMostSymbols) * (kMostTextBytes + 3) + 1024;

  std::unordered_set<std::string> connections;  ///< ids; empty: all
  std::unordered_set<std::string> symbols;      ///< empty: all
  KindMask kinds = kAllKinds;
  bool ticks = true;  ///< false: none at the moment
};

/// Throws std::invalid_argument that says what was found and what would be valid.
View ReadView(const nlohmann::ordered_json& data);

}  // namespace feedmux::dashboard
