#pragma once

#include <cstdint>  // int64_t
#include <deque>    // deque
#include <string>   // string
#include <vector>   // vector

#include "feedmux/batch.hpp"
#include "generator.hpp"
#include "settings.hpp"

namespace feedmux::synthetic::testing {

inline constexpr std::int64_t kSecondNs = 1'000'000'000;
inline constexpr std::int64_t kNoonInNewYork = 1'705'942'800 * kSecondNs;  // Monday, 2024-01-22

/// Settings with simulated time, 1000 events a second of it, and the usual sizes all day.
inline Settings SimulatedSettings() {
  Settings settings;
  settings.kinds = MaskOf(Kind::Trade) | MaskOf(Kind::Quote) | MaskOf(Kind::Bar);
  settings.start_ns = kNoonInNewYork;
  settings.simulated_rate = 1000;
  settings.bar_interval_ns = kSecondNs;
  settings.time_of_day_volume = false;
  for (std::size_t i = 0; i < kPatternNames.size(); ++i) {
    settings.patterns.push_back(static_cast<Pattern>(i));
  }
  return settings;
}

/// A generator with symbols 1, 2, ... named S1, S2, ..., and every tick it has made.
class Market {
 public:
  explicit Market(const Settings& settings, int symbols = 5, std::string_view stream = "primary")
      : generator_(settings, stream, settings.start_ns.value_or(kNoonInNewYork)) {
    for (int i = 1; i <= symbols; ++i) {
      generator_.Add(static_cast<SymbolId>(i), "S" + std::to_string(i));
    }
  }

  Generator& generator() { return generator_; }

  /// Makes this many events, cut into batches of `batch`, and returns all ticks so far. Their bytes
  /// live as long as the market.
  std::vector<Tick> Make(std::size_t events, std::size_t batch = 100) {
    while (events > 0) {
      Batch& filling = batches_.emplace_back();
      events -= generator_.Next(filling, std::min(events, batch));
      ticks_.insert(ticks_.end(), filling.ticks.begin(), filling.ticks.end());
      events_ += filling.events;
    }
    return ticks_;
  }

  const std::deque<Batch>& batches() const { return batches_; }
  std::uint64_t events() const { return events_; }

 private:
  Generator generator_;
  std::deque<Batch> batches_;  // the ticks' bytes
  std::vector<Tick> ticks_;
  std::uint64_t events_ = 0;
};

/// The ticks of one kind and symbol; of all symbols for kNoSymbol.
inline std::vector<Tick> Select(const std::vector<Tick>& ticks, Kind kind,
                                SymbolId symbol = kNoSymbol) {
  std::vector<Tick> selected;
  for (const Tick& tick : ticks) {
    if (tick.kind != kind || (symbol != kNoSymbol && tick.symbol != symbol)) continue;
    selected.push_back(tick);
  }
  return selected;
}

/// Everything that a tick says, as text that can be compared.
std::string Describe(const Tick& tick);
std::vector<std::string> Describe(const std::vector<Tick>& ticks);

}  // namespace feedmux::synthetic::testing
