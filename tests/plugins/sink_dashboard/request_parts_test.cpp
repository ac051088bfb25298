#include "sink_dashboard/request_parts.hpp"

#include <gmock/gmock.h>

#include "sink_dashboard/match_path.hpp"

namespace feedmux::dashboard {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(ParseTarget, TakesPathAndQueryApart) {
  const auto target = ParseTarget("/api/admin/events?after=7&x=a%20b+c&flag");
  ASSERT_TRUE(target);
  EXPECT_THAT(target->segments, ElementsAre("api", "admin", "events"));
  EXPECT_THAT(target->query, ElementsAre(Pair("after", "7"), Pair("flag", ""), Pair("x", "a b c")));
}

TEST(ParseTarget, KnowsTheRoot) {
  EXPECT_THAT(ParseTarget("/")->segments, IsEmpty());
  EXPECT_THAT(ParseTarget("/?a=b")->segments, IsEmpty());
}

TEST(ParseTarget, SplitsBeforeItReplacesEscapes) {
  EXPECT_THAT(ParseTarget("/symbols/C%3AEUR%2FUSD+1")->segments,
              ElementsAre("symbols", "C:EUR/USD+1"));
}

TEST(ParseTarget, KeepsEmptySegments) {
  EXPECT_THAT(ParseTarget("/a//b/")->segments, ElementsAre("a", "", "b", ""));
}

TEST(ParseTarget, TakesTheFirstOfANameThatComesTwice) {
  EXPECT_THAT(ParseTarget("/?a=1&a=2")->query, ElementsAre(Pair("a", "1")));
}

TEST(ParseTarget, RefusesWhatIsMalformed) {
  for (const char* const target :
       {"", "api", "*", "http://a/b", "/a%", "/a%4", "/a%zz", "/a%00", "/a%0a", "/a\nb", "/a\x7f",
        "/%ff", "/\xff", "/?%zz=1", "/?a=%zz"}) {
    EXPECT_FALSE(ParseTarget(target)) << target;
  }
}

TEST(CookieValue, FindsOneAmongOthers) {
  EXPECT_EQ(CookieValue("a=1; feedmux_session=abc; b=2", "feedmux_session"), "abc");
  EXPECT_EQ(CookieValue("feedmux_session=abc", "feedmux_session"), "abc");
  EXPECT_EQ(CookieValue("xfeedmux_session=abc; feedmux_sessionx=1", "feedmux_session"), "");
  EXPECT_EQ(CookieValue("feedmux_session", "feedmux_session"), "");
  EXPECT_EQ(CookieValue("", "feedmux_session"), "");
}

TEST(BearerToken, IsWhatFollowsTheScheme) {
  EXPECT_EQ(BearerToken("Bearer fmx_abc"), "fmx_abc");
  EXPECT_EQ(BearerToken("bearer  fmx_abc "), "fmx_abc");
  EXPECT_EQ(BearerToken("Basic fmx_abc"), "");
  EXPECT_EQ(BearerToken("Bearer"), "");
}

TEST(HostName, HasNoPort) {
  EXPECT_EQ(HostName("Feed.Example.com:8080"), "feed.example.com");
  EXPECT_EQ(HostName("localhost"), "localhost");
  EXPECT_EQ(HostName("[::1]:8080"), "[::1]");
  EXPECT_EQ(HostName("[::1]"), "[::1]");
}

TEST(IsSameOrigin, ComparesHostAndPort) {
  EXPECT_TRUE(IsSameOrigin("http://localhost:8080", "LocalHost:8080", false));
  EXPECT_FALSE(IsSameOrigin("http://localhost:8081", "localhost:8080", false));
  EXPECT_FALSE(IsSameOrigin("http://localhost:8080.evil.example", "localhost:8080", false));
  EXPECT_FALSE(IsSameOrigin("http://", "", false));
  EXPECT_FALSE(IsSameOrigin("null", "null", false));
  EXPECT_FALSE(IsSameOrigin("file://localhost", "localhost", false));
}

TEST(IsSameOrigin, IsTlsIfTheRequestIsSo) {
  EXPECT_TRUE(IsSameOrigin("https://feed.example.com", "feed.example.com", true));
  EXPECT_FALSE(IsSameOrigin("http://feed.example.com", "feed.example.com", true));
  EXPECT_TRUE(IsSameOrigin("https://feed.example.com", "feed.example.com", false)) << "by a proxy";
}

TEST(MatchPath, CapturesWhatStandsForAName) {
  EXPECT_THAT(*MatchPath("/c/{id}/tickers", {"c", "connection_1", "tickers"}),
              ElementsAre("connection_1"));
  EXPECT_THAT(*MatchPath("/assets/*", {"assets", "a", "b.js"}), ElementsAre("a/b.js"));
  EXPECT_THAT(*MatchPath("/", {}), IsEmpty());
}

TEST(MatchPath, MatchesAllOrNothing) {
  EXPECT_FALSE(MatchPath("/c/{id}", {"c"}));
  EXPECT_FALSE(MatchPath("/c/{id}", {"c", ""}));
  EXPECT_FALSE(MatchPath("/c/{id}", {"c", "1", "2"}));
  EXPECT_FALSE(MatchPath("/assets/*", {"assets"}));
  EXPECT_FALSE(MatchPath("/", {"a"}));
}

}  // namespace
}  // namespace feedmux::dashboard
