#pragma once

#include <cstddef>   // size_t
#include <cstdint>   // int64_t, uint64_t
#include <optional>  // optional
#include <vector>    // vector

#include "feedmux/kind.hpp"
#include "feedmux/options.hpp"
#include "pattern.hpp"
#include "scenario.hpp"

namespace feedmux::synthetic {

/// The options as the generator and its connections use them; kOptionTable explains them.
struct Settings {
  std::int64_t rate = 1000;  ///< events per second; 0: as fast as possible
  std::uint64_t seed = 1;
  std::size_t batch = 1;  ///< events per frame, already chosen
  KindMask kinds = kMarketKinds;
  double trade_share = 0.5;
  Scenario scenario = Scenario::Normal;
  double volatility = 0.3;  ///< per year of sessions
  std::int64_t bar_interval_ns = 60'000'000'000;
  double pattern_frequency = 0;
  std::vector<Pattern> patterns;  ///< not empty if the frequency is not 0
  double price_min = 20;
  double price_max = 500;
  bool time_of_day_volume = true;
  std::optional<std::int64_t> start_ns;  ///< simulated time begins here; nothing: the wall clock
  std::int64_t simulated_rate = 1000;    ///< events per simulated second
  bool raw = false;

  bool Wants(Kind kind) const { return (kinds & MaskOf(kind)) != 0; }
};

/// Throws OptionError for what the table cannot rule out.
Settings ReadSettings(const Options& options);

}  // namespace feedmux::synthetic
