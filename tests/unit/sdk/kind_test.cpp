#include "feedmux/kind.hpp"

#include <gtest/gtest.h>

namespace feedmux {
namespace {

TEST(Kind, IsFoundByItsName) {
  for (std::size_t i = 0; i < kKindCount; ++i) {
    const Kind kind = static_cast<Kind>(i);
    EXPECT_EQ(KindFromName(Name(kind)), kind);
  }
}

TEST(Kind, IsNotFoundByAnotherName) {
  EXPECT_EQ(KindFromName("Trade"), std::nullopt);
  EXPECT_EQ(KindFromName(""), std::nullopt);
}

TEST(KindMask, HasABitForEachKind) {
  KindMask mask = 0;
  for (std::size_t i = 0; i < kKindCount; ++i) {
    const KindMask bit = MaskOf(static_cast<Kind>(i));
    EXPECT_EQ(mask & bit, 0U);
    mask |= bit;
  }
  EXPECT_EQ(mask, kAllKinds);
}

}  // namespace
}  // namespace feedmux
