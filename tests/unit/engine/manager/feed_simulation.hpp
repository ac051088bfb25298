#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>

#include "manager/silence_monitor.hpp"

namespace feedmux {

using namespace std::chrono_literals;

/// New York's wall clock, as UTC.
constexpr std::int64_t Eastern(std::chrono::year_month_day day,
                               std::chrono::nanoseconds time_of_day) {
  return FromEastern({std::chrono::local_days{day}, time_of_day});
}

/// How many ticks come in the next second, at `factor` times the usual intensity.
using Arrivals = std::function<std::uint64_t(double factor, std::mt19937_64& random)>;

inline std::uint64_t PoissonCount(double mean, std::mt19937_64& random) {
  return mean > 0 ? std::poisson_distribution<std::uint64_t>{mean}(random) : 0;
}

inline Arrivals Poisson(double rate) {
  return [rate](double factor, std::mt19937_64& random) {
    return PoissonCount(rate * factor, random);
  };
}

/// Markov-modulated: calm and busy spells of exponential length (seconds), with this ratio of
/// rates.
inline Arrivals Spells(double rate, double ratio, double calm_s, double busy_s) {
  return [=, busy = false, left = 0.0](double factor, std::mt19937_64& random) mutable {
    if ((left -= 1) <= 0) {
      busy = !busy;
      left = std::exponential_distribution{1 / (busy ? busy_s : calm_s)}(random);
    }
    const double calm_rate = rate * (calm_s + busy_s) / (calm_s + ratio * busy_s);
    return PoissonCount(calm_rate * (busy ? ratio : 1) * factor, random);
  };
}

/// Independent events, each of which brings a Pareto number of ticks (exponent 1.5) within seconds.
inline Arrivals Bursts(double rate) {
  return [rate, pending = 0.0](double factor, std::mt19937_64& random) mutable {
    for (std::uint64_t bursts = PoissonCount(rate / 3 * factor, random); bursts > 0; --bursts) {
      pending += std::pow(1 - std::uniform_real_distribution{}(random), -1 / 1.5);
    }
    const auto now = static_cast<std::uint64_t>(std::ceil(pending / 2));
    pending = std::max(0.0, pending - static_cast<double>(now));
    return now;
  };
}

/// A renewal process: `gap` draws the time between ticks, with a mean of 1.
inline Arrivals Renewal(double rate, std::function<double(std::mt19937_64&)> gap) {
  return [rate, gap = std::move(gap), wait = 0.0](double factor, std::mt19937_64& random) mutable {
    std::uint64_t count = 0;
    for (wait -= rate * factor; wait <= 0; ++count) wait += gap(random);
    return count;
  };
}

inline double WeibullGap(std::mt19937_64& random) {  // shape 0.5
  const double e = std::exponential_distribution{}(random);
  return e * e / 2;
}

inline double ParetoGap(std::mt19937_64& random) {  // exponent 4
  constexpr double kExponent = 4;
  return (kExponent - 1) / kExponent *
         std::pow(1 - std::uniform_real_distribution{}(random), -1 / kExponent);
}

/// Of the mean of the regular session: high at its bells, a trickle before and after it.
inline double DayShape(std::int64_t now_ns) {
  const double hour =
      std::chrono::duration<double, std::ratio<3600>>{ToEastern(now_ns).time_of_day}.count();
  switch (PhaseAt(Calendar::UsEquities, now_ns)) {
    case Phase::Closed:
      return 0;
    case Phase::PreMarket:
      return 0.002 * std::exp((hour - 4) * 0.75);
    case Phase::Regular:
      return 0.6 + 1.2 * std::pow(2 * (hour - 9.5) / 6.5 - 1, 2);
    case Phase::AfterHours:
      return 0.5 * std::exp((16 - hour) * 3) + 0.02;
  }
  return 0;
}

/// A connection that is sampled once a second while time passes.
class FeedSimulation {
 public:
  FeedSimulation(Calendar calendar, std::int64_t begin_ns, std::uint64_t seed,
                 const SilencePrior& prior = {})
      : monitor(calendar, prior), now_ns(begin_ns), random_(seed) {}

  void Connect(std::size_t symbols = 100, bool wildcard = false) {
    monitor.OnConnected(now_ns, symbols, wildcard);
  }

  /// Returns how many times the connection became stale.
  int Run(
      std::chrono::seconds length, const Arrivals& arrivals,
      const std::function<double(std::int64_t)>& shape = [](std::int64_t) { return 1.0; }) {
    int alarms = 0;
    double factor = 1;
    bool was_stale = monitor.IsStale(now_ns);
    for (int second = 0; second < length.count(); ++second) {
      if (second % 30 == 0) factor = shape(now_ns);
      Pass(1s, arrivals(factor, random_));
      const bool stale = monitor.IsStale(now_ns);
      if (stale && !was_stale) ++alarms;
      was_stale = stale;
    }
    return alarms;
  }

  void Pass(std::chrono::nanoseconds step, std::uint64_t ticks) {
    now_ns += step.count();
    ticks_total_ += ticks;
    monitor.OnSample(now_ns, ticks_total_);
  }

  /// After how many silent seconds the connection is stale.
  std::optional<int> SecondsToStale(int at_most = 200) {
    for (int second = 1; second <= at_most; ++second) {
      Pass(1s, 0);
      if (monitor.IsStale(now_ns)) return second;
    }
    return std::nullopt;
  }

  SilenceMonitor monitor;
  std::int64_t now_ns;

 private:
  std::mt19937_64 random_;
  std::uint64_t ticks_total_ = 0;
};

}  // namespace feedmux
