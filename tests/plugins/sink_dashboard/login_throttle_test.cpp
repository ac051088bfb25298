#include "sink_dashboard/login_throttle.hpp"

#include <gtest/gtest.h>

namespace feedmux::dashboard {
namespace {

using std::chrono::duration_cast;
using std::chrono::nanoseconds;
using std::chrono::seconds;

/// Time that passes when it is told to.
class LoginThrottleTest : public ::testing::Test {
 protected:
  seconds Begin(const std::string& user, const std::string& address) {
    return duration_cast<seconds>(throttle_.Begin(user, address, now_ns_));
  }
  void Pass(nanoseconds time) { now_ns_ += time.count(); }

  /// Fails as often as it may without waiting.
  void UseUpFreeAttempts(const std::string& user, const std::string& address) {
    for (int i = 0; i < LoginThrottle::kFreeAttempts; ++i)
      EXPECT_EQ(Begin(user, address).count(), 0);
  }

  LoginThrottle throttle_;
  std::int64_t now_ns_ = 1'000'000'000;
};

TEST_F(LoginThrottleTest, DoublesTheWait) {
  UseUpFreeAttempts("alice", "10.0.0.1");
  for (const int wait : {1, 2, 4, 8, 16, 32, 64}) {
    EXPECT_EQ(Begin("alice", "10.0.0.1"), seconds{wait});
    Pass(seconds{wait});
    EXPECT_EQ(Begin("alice", "10.0.0.1").count(), 0);
  }
}

TEST_F(LoginThrottleTest, LetsAUserInAgainAfterAMinuteAtMost) {
  for (int i = 0; i < 100; ++i) {
    Pass(seconds{60});
    EXPECT_EQ(Begin("alice", "10.0.0." + std::to_string(i)).count(), 0);
  }
  EXPECT_EQ(Begin("alice", "10.0.1.1"), seconds{60});
}

TEST_F(LoginThrottleTest, MakesAnAddressWaitLonger) {
  for (int i = 0; i < 30; ++i) {
    Begin("user" + std::to_string(i), "10.0.0.1");
    Pass(seconds{900});
  }
  Begin("alice", "10.0.0.1");
  EXPECT_EQ(Begin("bob", "10.0.0.1"), seconds{900});
  EXPECT_EQ(Begin("bob", "10.0.0.2").count(), 0);
}

TEST_F(LoginThrottleTest, CountsAnIpv6NetworkAsOneAddress) {
  for (int i = 0; i < LoginThrottle::kFreeAttempts; ++i) {
    EXPECT_EQ(Begin("user" + std::to_string(i), "2001:db8::" + std::to_string(i)).count(), 0);
  }
  EXPECT_GT(Begin("alice", "2001:db8::7").count(), 0);
  EXPECT_EQ(Begin("alice", "2001:db8:0:1::7").count(), 0);
}

TEST_F(LoginThrottleTest, ForgetsTheUsersFailuresAfterASuccess) {
  UseUpFreeAttempts("alice", "10.0.0.1");
  throttle_.Succeeded("alice", "10.0.0.1");
  UseUpFreeAttempts("alice", "10.0.0.2");
}

TEST_F(LoginThrottleTest, DoesNotForgetTheAddressOfSomebodyWhoAlsoSucceeds) {
  for (int i = 1; i < LoginThrottle::kFreeAttempts; ++i) {
    EXPECT_EQ(Begin("victim" + std::to_string(i), "10.0.0.1").count(), 0);
    EXPECT_EQ(Begin("mallory", "10.0.0.1").count(), 0);
    throttle_.Succeeded("mallory", "10.0.0.1");
  }
  EXPECT_EQ(Begin("victim", "10.0.0.1").count(), 0);
  EXPECT_GT(Begin("victim too", "10.0.0.1").count(), 0);
}

TEST_F(LoginThrottleTest, TakesBackWhatCouldNotBeDecided) {
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(Begin("alice", "10.0.0.1").count(), 0);
    throttle_.TakeBack("alice", "10.0.0.1");
  }
  EXPECT_EQ(throttle_.size(), 0u);
}

TEST_F(LoginThrottleTest, ForgetsAfterAnHour) {
  UseUpFreeAttempts("alice", "10.0.0.1");
  Pass(std::chrono::hours{1} + seconds{1});
  UseUpFreeAttempts("alice", "10.0.0.1");
}

TEST_F(LoginThrottleTest, CountsAttemptsThatAreNotDecidedYet) {
  UseUpFreeAttempts("alice", "10.0.0.1");
  EXPECT_GT(Begin("alice", "10.0.0.1").count(), 0);
}

TEST_F(LoginThrottleTest, KeepsAMemoryThatDoesNotGrow) {
  UseUpFreeAttempts("alice", "10.0.0.1");
  for (int i = 0; i < 30'000; ++i) Begin("user" + std::to_string(i), "x" + std::to_string(i));
  EXPECT_LE(throttle_.size(), LoginThrottle::kMostEntries);
  EXPECT_GT(Begin("alice", "10.0.0.1").count(), 0) << "nobody gets a clean slate by flooding it";
}

}  // namespace
}  // namespace feedmux::dashboard
