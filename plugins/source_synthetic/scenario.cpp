#include "scenario.hpp"

namespace feedmux::synthetic {

Mood MoodAt(Scenario scenario, double elapsed_seconds) {
  switch (scenario) {
    case Scenario::Normal:
      break;
    case Scenario::Volatile:
      return {.volatility = 4, .volume = 1.5, .spread = 3};
    case Scenario::Crash:
      if (elapsed_seconds < 60) {
        // The drift compounds: -0.223 over the minute leaves four fifths.
        return {.drift = -0.223 / 60, .volatility = 4, .volume = 4, .spread = 4};
      }
      return {.volatility = 3, .volume = 2, .spread = 3};
    case Scenario::Rally:
      if (elapsed_seconds < 1800) {
        return {.drift = 0.005 / 60, .volatility = 1.2, .volume = 2, .spread = 1};
      }
      return {.volume = 1.5};
    case Scenario::OpeningBell: {
      // 1 at the bell, a half after two minutes, a fifth after eight.
      const double heat = 120 / (120 + elapsed_seconds);
      return {.volatility = 1 + 4 * heat, .volume = 1 + 5 * heat, .spread = 1 + 2 * heat};
    }
  }
  return {};
}

}  // namespace feedmux::synthetic
