#include "pattern.hpp"

namespace feedmux::synthetic {
namespace {

/// `from` to `to` hundredths of `whole`, at random, and at least 1.
Cents Part(Cents whole, int from, int to, Random& random) {
  return std::max<Cents>(1, whole * random.Between(from, to) / 100);
}

/// Filled in with braces, which fix the order of the random numbers; a call's arguments do not.
struct Shadows {
  Cents upper;
  Cents lower;
};

Candle WithShadows(Cents open, Cents close, Shadows shadows) {
  return {open, std::max(open, close) + shadows.upper, std::min(open, close) - shadows.lower,
          close};
}

Cents EitherWay(Cents body, Random& random) { return (random.Bits() >> 63) != 0 ? body : -body; }

}  // namespace

Candle ShapeFirst(Pattern pattern, Cents open, Cents range, Random& random) {
  const auto part = [&](int from, int to) { return Part(range, from, to, random); };
  switch (pattern) {
    case Pattern::Doji: {
      const Cents close = open + range * random.Between(-3, 3) / 100;
      return WithShadows(open, close, {part(30, 60), part(30, 60)});
    }
    case Pattern::Hammer: {
      const Cents close = open + EitherWay(part(20, 28), random);
      return WithShadows(open, close, {part(1, 4), part(62, 72)});
    }
    case Pattern::ShootingStar: {
      const Cents close = open + EitherWay(part(20, 28), random);
      return WithShadows(open, close, {part(62, 72), part(1, 4)});
    }
    case Pattern::BullishEngulfing: {
      const Cents close = open - part(40, 50);
      return WithShadows(open, close, {part(10, 20), part(10, 20)});
    }
    case Pattern::BearishEngulfing: {
      const Cents close = open + part(40, 50);
      return WithShadows(open, close, {part(10, 20), part(10, 20)});
    }
    case Pattern::Harami: {
      const Cents close = open + EitherWay(part(70, 80), random);
      return WithShadows(open, close, {part(5, 15), part(5, 15)});
    }
  }
  return {open, open, open, open};
}

Candle ShapeSecond(Pattern pattern, const Candle& first, Random& random) {
  const auto part = [&](int from, int to) { return Part(first.body(), from, to, random); };
  const Cents up = first.falls() ? 1 : -1;  // the second body goes the other way
  if (pattern == Pattern::Harami) {
    const Cents open = first.close + up * part(20, 30);
    const Cents close = open + up * part(20, 40);
    return WithShadows(open, close, {part(5, 10), part(5, 10)});
  }
  const Cents open = first.close - up * part(5, 15);
  const Cents close = first.open + up * part(10, 30);
  return WithShadows(open, close, {part(10, 20), part(10, 20)});
}

}  // namespace feedmux::synthetic
