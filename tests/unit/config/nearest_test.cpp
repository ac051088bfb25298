#include "config/nearest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NearestNames, FindsOneSlipOfAnyKind) {
  const std::vector<std::string> names = {"channels", "url"};
  for (const char* slip : {"chanels", "channnels", "channals", "chanenls", "hcannels"}) {
    EXPECT_THAT(NearestNames(slip, names), ElementsAre("channels")) << slip;
  }
}

TEST(NearestNames, PutsTheNearestFirst) {
  EXPECT_THAT(NearestNames("top_50", {"top_500", "top_5", "top_51x", "dow30"}, 2),
              ElementsAre("top_500", "top_5"));
}

TEST(NearestNames, TakesCaseAndDashesForNothing) {
  EXPECT_THAT(NearestNames("API-Key", {"api_key"}), ElementsAre("api_key"));
}

TEST(NearestNames, KnowsTheStartOfAName) {
  EXPECT_THAT(NearestNames("warn", {"warning", "error"}), ElementsAre("warning"));
}

TEST(NearestNames, FindsNothingFarAway) {
  EXPECT_THAT(NearestNames("colour", {"url", "port", "when_full"}), IsEmpty());
  EXPECT_THAT(NearestNames("x", {"y", "a"}), IsEmpty());
  EXPECT_THAT(NearestNames("", {"a"}), IsEmpty());
  EXPECT_THAT(NearestNames(std::string(100'000, 'a'), {"a"}), IsEmpty());
}

TEST(DidYouMean, IsEmptyWithoutACandidate) {
  EXPECT_EQ(DidYouMean("chanels", {"channels"}), "; did you mean \"channels\"?");
  EXPECT_EQ(DidYouMean("chanels", {"url"}), "");
}

}  // namespace
}  // namespace feedmux
