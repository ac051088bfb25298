#pragma once

#include <array>    // array
#include <cstdint>  // fixed-width integers
#include <string>   // string

#include "feedmux/health.hpp"
#include "feedmux/kind.hpp"

namespace feedmux::console {

using CountByKind = std::array<std::uint64_t, kKindCount>;

/// What a summary line tells.
struct Summary {
  std::int64_t utc_ns = 0;
  std::int64_t elapsed_ns = 0;  ///< what `ticks` were counted over
  CountByKind ticks = {};       ///< in that time
  CountByKind total = {};       ///< since the start
  Health health;
};

/// One line, newline included, in columns that stay in place. Trade, quote and bar are always
/// there, other kinds from the first one on. `colour`: what an operator should look at is red.
std::string SummaryLine(const Summary& summary, bool colour);

}  // namespace feedmux::console
