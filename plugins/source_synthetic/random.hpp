#pragma once

#include <bit>          // rotl
#include <cstdint>      // fixed-width integers
#include <string_view>  // string_view

namespace feedmux::synthetic {

/// A well-mixed number made of two: seeds of independent streams.
constexpr std::uint64_t Mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a + 0x9e3779b97f4a7c15 * (b + 1);  // SplitMix64's step and finish
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

/// The same number for the same text on every platform, which std::hash does not promise. (FNV-1a)
constexpr std::uint64_t HashOf(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

/// Random numbers that the same seed repeats with every compiler and library. The engine is
/// xoshiro256++ (Blackman and Vigna, public domain): std::mt19937_64 takes eight times as long, and
/// would be a third of a tick's cost. The distributions are own because the standard leaves
/// the results of its own open.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) {
    for (std::uint64_t i = 0; i < 4; ++i) state_[i] = Mix(seed, i);
  }

  constexpr std::uint64_t Bits() {
    auto& s = state_;
    const std::uint64_t result = std::rotl(s[0] + s[3], 23) + s[0];
    const std::uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = std::rotl(s[3], 45);
    return result;
  }

  /// Evenly in [0, 1).
  constexpr double Unit() { return static_cast<double>(Bits() >> 11) * 0x1p-53; }

  /// Evenly in [from, to], both included.
  constexpr std::int64_t Between(std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(Unit() * static_cast<double>(to - from + 1));
  }

  /// Bell-shaped with mean 0 and deviation 1, never beyond 3.5: a price cannot jump.
  constexpr double Normal() {
    const std::uint64_t bits = Bits();
    const std::uint64_t sum =
        (bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) + (bits >> 48);
    constexpr double kMean = 2.0 * 0xffff;
    constexpr double kDeviation = 37837.2;  // of four numbers that are even in 0..65535
    return (static_cast<double>(sum) - kMean) / kDeviation;
  }

 private:
  std::uint64_t state_[4] = {};
};

}  // namespace feedmux::synthetic
