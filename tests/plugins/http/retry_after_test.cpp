#include "http/retry_after.hpp"

#include <gtest/gtest.h>

namespace feedmux::http {
namespace {

using std::chrono::seconds;

// Sun, 21 Jan 2024 16:14:56 GMT
const auto kNow = std::chrono::system_clock::from_time_t(1'705'853'696);

TEST(RetryAfter, IsANumberOfSeconds) {
  EXPECT_EQ(ParseRetryAfter("0", kNow), seconds{0});
  EXPECT_EQ(ParseRetryAfter("120", kNow), seconds{120});
}

TEST(RetryAfter, IsADate) {
  EXPECT_EQ(ParseRetryAfter("Sun, 21 Jan 2024 16:15:26 GMT", kNow), seconds{30});
}

TEST(RetryAfter, ADateThatHasPassedMeansNow) {
  EXPECT_EQ(ParseRetryAfter("Sun, 21 Jan 2024 16:14:26 GMT", kNow), seconds{0});
}

TEST(RetryAfter, AbsurdlyLongIsAYear) {
  EXPECT_EQ(ParseRetryAfter("99999999999999999999999", kNow), std::chrono::hours{24 * 365});
  EXPECT_EQ(ParseRetryAfter("999999999999", kNow), std::chrono::hours{24 * 365});
}

TEST(RetryAfter, IsNothingElse) {
  for (const char* text : {"", "soon", "-1", "5s", "1.5", "Sun, 21 Jan 2024 16:15:26 GMT+1"}) {
    EXPECT_EQ(ParseRetryAfter(text, kNow), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace feedmux::http
