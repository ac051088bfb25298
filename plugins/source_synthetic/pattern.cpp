#include "pattern.hpp"

namespace feedmux::synthetic {
namespace {

/// `from` to `to` hundredths of `whole`, at random, and at least 1.
Cents Part(Cents whole, int from, int to, Random& random) {
  return std::max<Cents>(1, whole * random.Between(from, to) / 100);
}

Candle WithShadows(Cents open, Cents close, Cents upper, Cents lower) {
  return {open, std::max(open, close) + upper, std::min(open, close) - lower, close};
}

bool CoinToss(Random& random) { return (random.Bits() >> 63) != 0; }

}  // namespace

Candle ShapeFirst(Pattern pattern, Cents open, Cents range, Random& random) {
  const auto part = [&](int from, int to) { return Part(range, from, to, random); };
  switch (pattern) {
    case Pattern::Doji: {
      const Cents close = open + range * random.Between(-3, 3) / 100;
      return WithShadows(open, close, part(30, 60), part(30, 60));
    }
    case Pattern::Hammer: {
      const Cents body = part(20, 28);
      const Cents close = CoinToss(random) ? open + body : open - body;
      return WithShadows(open, close, part(1, 4), part(62, 72));
    }
    case Pattern::ShootingStar: {
      const Cents body = part(20, 28);
      const Cents close = CoinToss(random) ? open + body : open - body;
      return WithShadows(open, close, part(62, 72), part(1, 4));
    }
    case Pattern::BullishEngulfing:
      return WithShadows(open, open - part(40, 50), part(10, 20), part(10, 20));
    case Pattern::BearishEngulfing:
      return WithShadows(open, open + part(40, 50), part(10, 20), part(10, 20));
    case Pattern::Harami: {
      const Cents body = part(70, 80);
      const Cents close = CoinToss(random) ? open + body : open - body;
      return WithShadows(open, close, part(5, 15), part(5, 15));
    }
  }
  return {open, open, open, open};
}

Candle ShapeSecond(Pattern pattern, const Candle& first, Random& random) {
  const auto part = [&](int from, int to) { return Part(first.body(), from, to, random); };
  const Cents up = first.falls() ? 1 : -1;  // the second body goes the other way
  if (pattern == Pattern::Harami) {
    const Cents open = first.close + up * part(20, 30);
    return WithShadows(open, open + up * part(20, 40), part(5, 10), part(5, 10));
  }
  return WithShadows(first.close - up * part(5, 15), first.open + up * part(10, 30), part(10, 20),
                     part(10, 20));
}

}  // namespace feedmux::synthetic
