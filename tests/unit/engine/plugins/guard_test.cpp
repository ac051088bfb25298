#include "plugins/guard.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace feedmux {
namespace {

using ::testing::HasSubstr;

TEST(CallPlugin, SaysNothingWhenTheCallReturns) {
  int calls = 0;
  EXPECT_FALSE(CallPlugin([&] { ++calls; }));
  EXPECT_EQ(calls, 1);
}

TEST(CallPlugin, KeepsTheKindOfAFeedError) {
  const auto error = CallPlugin([] { throw FeedError(FeedErrorKind::Evicted, "too many"); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, FeedErrorKind::Evicted);
  EXPECT_EQ(error->what, "too many");
  EXPECT_TRUE(error->expected);
}

TEST(CallPlugin, KeepsHowMuchWasDelivered) {
  const auto error = CallPlugin([] { throw SinkUnavailable("full", 7); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->delivered, 7u);
  EXPECT_EQ(error->what, "full");
  EXPECT_TRUE(error->expected);
}

TEST(CallPlugin, MarksWhatTheContractDoesNotKnow) {
  const auto error = CallPlugin([] { throw std::runtime_error("a bug"); });
  ASSERT_TRUE(error);
  EXPECT_FALSE(error->expected);
  EXPECT_EQ(error->delivered, 0u);
  EXPECT_THAT(error->what, HasSubstr("a bug"));
}

TEST(CallPlugin, CatchesWhatIsNoException) {
  const auto error = CallPlugin([] { throw 42; });
  ASSERT_TRUE(error);
  EXPECT_FALSE(error->expected);
}

}  // namespace
}  // namespace feedmux
