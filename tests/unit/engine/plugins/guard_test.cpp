#include "plugins/guard.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace feedmux {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(CallPlugin, SaysNothingWhenTheCallReturns) {
  int calls = 0;
  EXPECT_FALSE(CallPlugin("Run", [&] { ++calls; }));
  EXPECT_EQ(calls, 1);
}

TEST(CallPlugin, KeepsTheKindOfAFeedError) {
  const auto error = CallPlugin("Run", [] { throw FeedError(FeedErrorKind::Evicted, "too many"); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, FeedErrorKind::Evicted);
  EXPECT_EQ(error->what, "too many");
  EXPECT_TRUE(error->expected);
}

TEST(CallPlugin, KeepsHowMuchWasDelivered) {
  const auto error = CallPlugin("Run", [] { throw SinkUnavailable("full", 7); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->delivered, 7u);
  EXPECT_EQ(error->what, "full");
  EXPECT_TRUE(error->expected);
}

TEST(CallPlugin, MarksWhatTheContractDoesNotKnow) {
  const auto error = CallPlugin("Run", [] { throw std::runtime_error("a bug"); });
  ASSERT_TRUE(error);
  EXPECT_FALSE(error->expected);
  EXPECT_EQ(error->delivered, 0u);
  EXPECT_EQ(error->what, "Run threw an unexpected exception: a bug");
}

TEST(CallPlugin, CatchesWhatIsNoException) {
  const auto error = CallPlugin("Run", [] { throw 42; });
  ASSERT_TRUE(error);
  EXPECT_FALSE(error->expected);
  EXPECT_EQ(error->what, "Run threw an unexpected exception: something that is no std::exception");
}

TEST(CallPlugin, HidesSecretsThatAnExceptionTells) {
  HideFromPluginTexts("told-by-exception");
  for (const auto& error :
       {CallPlugin("Run", [] { throw FeedError(FeedErrorKind::Auth, "told-by-exception"); }),
        CallPlugin("Start", [] { throw SinkUnavailable("told-by-exception"); }),
        CallPlugin("Run", [] { throw std::runtime_error("told-by-exception"); })}) {
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what, Not(HasSubstr("told-by-exception")));
  }
}

}  // namespace
}  // namespace feedmux
