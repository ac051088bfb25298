#pragma once

#include <array>        // array
#include <cstddef>      // size_t
#include <cstdint>      // uint8_t, uint32_t
#include <optional>     // optional
#include <string_view>  // string_view

namespace feedmux {

/// What a tick tells about.
enum class Kind : std::uint8_t {
  Trade,
  Quote,
  Bar,
  Luld,       ///< limit-up/limit-down price bands
  Imbalance,  ///< net order imbalance of an auction
  Value,      ///< an index value, a fair market value, a launchpad value
  Other,      ///< anything the source does not decode; its bytes are in Tick::Raw()
  Gap,        ///< no market event: the engine tells that ticks are missing, see GapFields
};

inline constexpr std::size_t kKindCount = 8;

inline constexpr std::array<std::string_view, kKindCount> kKindNames = {
    "trade", "quote", "bar", "luld", "imbalance", "value", "other", "gap"};

/// The name used in YAML, JSON and on the command line.
constexpr std::string_view Name(Kind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

constexpr std::optional<Kind> KindFromName(std::string_view name) {
  for (std::size_t i = 0; i < kKindCount; ++i) {
    if (kKindNames[i] == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

/// A set of kinds, one bit each.
using KindMask = std::uint32_t;

constexpr KindMask MaskOf(Kind kind) { return KindMask{1} << static_cast<unsigned>(kind); }

inline constexpr KindMask kAllKinds = (KindMask{1} << kKindCount) - 1;

/// What the market says: all but Gap.
inline constexpr KindMask kMarketKinds = kAllKinds & ~MaskOf(Kind::Gap);

}  // namespace feedmux
