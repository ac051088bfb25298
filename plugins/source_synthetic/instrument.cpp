#include "instrument.hpp"

#include <algorithm>  // clamp, max, min
#include <cmath>      // sqrt, llround, round

#include "event_json.hpp"
#include "random.hpp"

namespace feedmux::synthetic {

void Traded::Count(Cents price, std::int64_t size) {
  if (trades == 0) {
    prices = {price, price, price, price};
  } else {
    prices.high = std::max(prices.high, price);
    prices.low = std::min(prices.low, price);
    prices.close = price;
  }
  shares += static_cast<std::uint64_t>(size);
  cents += static_cast<std::uint64_t>(price * size);
  ++trades;
}

double Traded::Vwap() const {
  const double dollars = static_cast<double>(cents) / static_cast<double>(shares) / 100;
  return std::round(dollars * 1e4) / 1e4;
}

Instrument::Instrument(SymbolId symbol_id, std::string_view ticker, std::uint64_t seed,
                       double price_min, double price_max)
    : symbol(symbol_id), json(JsonString(ticker)) {
  Random random{Mix(seed, HashOf(ticker))};
  const double unit = random.Unit();
  mid = price_min + (price_max - price_min) * unit * unit;  // more of the cheap ones
  constexpr std::int32_t kNyse = 10;
  constexpr std::int32_t kNasdaq = 12;
  const bool nyse = random.Unit() < 0.5;
  tape = nyse ? 1 : 3;
  listed_at = nyse ? kNyse : kNasdaq;
}

void Instrument::Walk(std::int64_t now_ns, double drift, double volatility, double normal) {
  if (moved_ns == kNoTime) moved_ns = now_ns;
  const double seconds = static_cast<double>(now_ns - moved_ns) * 1e-9;
  moved_ns = now_ns;
  constexpr double kLargestStep = 0.2;  // after a long pause
  const double step = std::clamp(drift * seconds + volatility * std::sqrt(seconds) * normal,
                                 -kLargestStep, kLargestStep);
  constexpr double kLowest = 0.05;
  constexpr double kHighest = 1e6;
  mid = std::clamp(mid * (1 + step), kLowest, kHighest);
}

void Instrument::Quote(Cents price, Cents spread) {
  bid = std::max<Cents>(1, price - spread / 2);
  ask = bid + spread;
}

Cents Instrument::price() const { return std::llround(mid * 100); }

}  // namespace feedmux::synthetic
