#include "feedmux/errors.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace feedmux {
namespace {

TEST(FeedError, SaysWhyTheFeedWasLost) {
  const FeedError error{FeedErrorKind::Evicted, "max_connections"};
  EXPECT_EQ(error.kind(), FeedErrorKind::Evicted);
  EXPECT_STREQ(error.what(), "max_connections");
  EXPECT_EQ(Name(error.kind()), "evicted");
}

TEST(SinkUnavailable, HasDeliveredNothingUnlessItSaysSo) {
  EXPECT_EQ(SinkUnavailable{"away"}.delivered(), 0U);
  EXPECT_EQ((SinkUnavailable{"away", 3}.delivered()), 3U);
}

TEST(OptionError, NamesTheOption) {
  const OptionError error{"url", "ws:// or wss:// and a host"};
  EXPECT_EQ(error.option(), "url");
  EXPECT_STREQ(error.what(), "ws:// or wss:// and a host");
}

TEST(OptionErrors, ThrowsTheFirstWithTheOthers) {
  OptionErrors errors;
  errors.Collect([] {});
  errors.ThrowIfAny();
  errors.Collect([] { throw OptionError{"url", "ws:// or wss://"}; });
  errors.Collect([] { throw OptionError{"channels", "at least one"}; });
  try {
    errors.ThrowIfAny();
    FAIL() << "nothing was thrown";
  } catch (const OptionError& error) {
    EXPECT_EQ(error.option(), "url");
    ASSERT_EQ(error.others().size(), 1U);
    EXPECT_EQ(error.others().front().option(), "channels");
    EXPECT_STREQ(error.others().front().what(), "at least one");
  }
}

TEST(Errors, AreCaughtAsStandardExceptions) {
  EXPECT_THROW((throw FeedError{FeedErrorKind::Network, "x"}), std::runtime_error);
  EXPECT_THROW((throw SinkUnavailable{"x"}), std::runtime_error);
  EXPECT_THROW((throw OptionError{"a", "x"}), std::invalid_argument);
}

}  // namespace
}  // namespace feedmux
