#include "universe_massive/age_text.hpp"

#include <gtest/gtest.h>

namespace feedmux::universe_massive {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(AgeText, IsInItsTwoLargestUnits) {
  EXPECT_EQ(AgeText(seconds{0}), "0 s");
  EXPECT_EQ(AgeText(seconds{59}), "59 s");
  EXPECT_EQ(AgeText(minutes{59} + seconds{59}), "59 min");
  EXPECT_EQ(AgeText(hours{2} + minutes{5}), "2 h 5 min");
  EXPECT_EQ(AgeText(hours{24 * 3 + 4}), "3 d 4 h");
}

}  // namespace
}  // namespace feedmux::universe_massive
