#include "nearest_keys.hpp"

#include <gmock/gmock.h>

namespace feedmux::universe_file {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kKeys = {"market_leaders:top_10", "market_leaders:top_50", "dow30",
                                        "nasdaq100", "etf:broad"};

TEST(NearestKeys, PutsTheNearestFirst) {
  EXPECT_THAT(NearestKeys("market_leaders:top_51", kKeys),
              ElementsAre("market_leaders:top_50", "market_leaders:top_10"));
}

TEST(NearestKeys, FindsKeysThatContainIt) {
  EXPECT_THAT(NearestKeys("nasdaq", kKeys), ElementsAre("nasdaq100"));
  EXPECT_THAT(NearestKeys("dow", kKeys), ElementsAre("dow30"));
}

TEST(NearestKeys, KeepsSilentAboutKeysThatHaveLittleInCommon) {
  EXPECT_THAT(NearestKeys("russell2000", kKeys), IsEmpty());
  EXPECT_THAT(NearestKeys("", kKeys), IsEmpty());
}

}  // namespace
}  // namespace feedmux::universe_file
