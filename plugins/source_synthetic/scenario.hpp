#pragma once

#include <array>        // array
#include <cstdint>      // uint8_t
#include <string_view>  // string_view

namespace feedmux::synthetic {

/// How the market behaves, counted from when the connection starts.
enum class Scenario : std::uint8_t {
  Normal,
  Volatile,     ///< four times the volatility, wide spreads
  Crash,        ///< a fifth of the price lost within a minute, then unstable
  Rally,        ///< half a percent up a minute for half an hour, on rising volume
  OpeningBell,  ///< volume and volatility burst, and calm down over some minutes
};

/// The names used in YAML.
inline constexpr std::array<std::string_view, 5> kScenarioNames = {"normal", "volatile", "crash",
                                                                   "rally", "opening_bell"};

/// What a scenario does to every symbol at one moment.
struct Mood {
  double drift = 0;       ///< fraction of the price gained per second
  double volatility = 1;  ///< times the configured one
  double volume = 1;      ///< times the usual sizes
  double spread = 1;      ///< times the usual width
};

Mood MoodAt(Scenario scenario, double elapsed_seconds);

}  // namespace feedmux::synthetic
