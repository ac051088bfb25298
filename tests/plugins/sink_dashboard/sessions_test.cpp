#include "sink_dashboard/sessions.hpp"

#include <gtest/gtest.h>

namespace feedmux::dashboard {
namespace {

using std::chrono::seconds;

constexpr std::int64_t kSecond = 1'000'000'000;

TEST(Sessions, AreFoundByTheirCookie) {
  Sessions sessions{seconds{10}, seconds{100}};
  const std::string cookie = sessions.Begin("alice", 7, kSecond);
  const auto key = sessions.KeyOf(cookie, kSecond);
  ASSERT_TRUE(key);
  EXPECT_EQ(sessions.Find(*key, kSecond)->user, "alice");
  EXPECT_EQ(sessions.Find(*key, kSecond)->generation, 7u);
  EXPECT_FALSE(sessions.KeyOf(*key, kSecond)) << "the key is no cookie";
  EXPECT_FALSE(sessions.KeyOf("", kSecond));
}

TEST(Sessions, NeverHaveTheSameCookie) {
  Sessions sessions{seconds{10}, seconds{100}};
  EXPECT_NE(sessions.Begin("alice", 1, 0), sessions.Begin("alice", 1, 0));
}

TEST(Sessions, MakeRoomByEndingTheOneThatWasNotUsedLongest) {
  Sessions sessions{seconds{10'000}, seconds{100'000}};
  const std::string oldest = sessions.Begin("alice", 1, 1);
  const std::string used = sessions.Begin("bob", 1, 2);
  for (std::size_t i = 2; i < Sessions::kMost; ++i)
    sessions.Begin("user " + std::to_string(i), 1, 3);
  sessions.Touch(*sessions.KeyOf(used, 3), 4);
  sessions.Begin("dave", 1, 5);
  EXPECT_EQ(sessions.size(), Sessions::kMost);
  EXPECT_FALSE(sessions.KeyOf(oldest, 5));
  EXPECT_TRUE(sessions.KeyOf(used, 5));
}

TEST(Sessions, OfOneUserEndThemselvesRatherThanThoseOfOthers) {
  Sessions sessions{seconds{10'000}, seconds{100'000}};
  const std::string other = sessions.Begin("alice", 1, 1);
  const std::string oldest = sessions.Begin("bob", 1, 2);
  for (std::size_t i = 0; i < Sessions::kMostOfAUser; ++i) sessions.Begin("bob", 1, 3);
  EXPECT_EQ(sessions.size(), 1 + Sessions::kMostOfAUser);
  EXPECT_TRUE(sessions.KeyOf(other, 3));
  EXPECT_FALSE(sessions.KeyOf(oldest, 3));
}

TEST(Sessions, AreRestoredFromTheirText) {
  Sessions sessions{seconds{10}, seconds{100}};
  const std::string cookie = sessions.Begin("alice", 7, kSecond);
  Sessions restored{seconds{10}, seconds{100}};
  restored.Restore(sessions.Serialize(), 2 * kSecond);
  EXPECT_TRUE(restored.KeyOf(cookie, 2 * kSecond));
  EXPECT_EQ(restored.Serialize(), sessions.Serialize());
}

TEST(Sessions, RestoreNothingThatIsOverOrFromTheFuture) {
  Sessions sessions{seconds{10}, seconds{100}};
  sessions.Begin("alice", 7, 50 * kSecond);
  const std::string text = sessions.Serialize();
  Sessions late{seconds{10}, seconds{100}};
  late.Restore(text, 60 * kSecond);
  EXPECT_EQ(late.size(), 0u);
  Sessions early{seconds{10}, seconds{100}};
  early.Restore(text, 40 * kSecond);
  EXPECT_EQ(early.size(), 0u);
}

TEST(Sessions, RestoreWhatTheyCanRead) {
  Sessions sessions{seconds{10}, seconds{100}};
  for (const char* const text :
       {"", "{", "[]", R"({"sessions":7})", R"({"sessions":[7,{}, {"key":1}]})"}) {
    sessions.Restore(text, 0);
    EXPECT_EQ(sessions.size(), 0u) << text;
  }
}

TEST(Sessions, HaveACsrfTokenEach) {
  EXPECT_EQ(Sessions::CsrfToken("a").size(), 64u);
  EXPECT_EQ(Sessions::CsrfToken("a"), Sessions::CsrfToken("a"));
  EXPECT_NE(Sessions::CsrfToken("a"), Sessions::CsrfToken("b"));
}

}  // namespace
}  // namespace feedmux::dashboard
