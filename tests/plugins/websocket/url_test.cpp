#include "websocket/url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedmux::websocket {
namespace {

using ::testing::HasSubstr;

Url Parsed(std::string_view text) {
  Url url;
  std::string expected;
  EXPECT_TRUE(ParseUrl(text, url, expected)) << expected;
  return url;
}

std::string WhatIsExpectedInsteadOf(std::string_view text) {
  Url url;
  std::string expected;
  EXPECT_FALSE(ParseUrl(text, url, expected));
  return expected;
}

TEST(Url, HasSchemeHostPortAndPath) {
  const Url url = Parsed("wss://Socket.Example.com:8443/futures/cme");
  EXPECT_TRUE(url.secure);
  EXPECT_EQ(url.host, "socket.example.com");
  EXPECT_EQ(url.port, 8443);
  EXPECT_EQ(url.resource, "/futures/cme");
}

TEST(Url, DefaultsToThePortOfItsScheme) {
  EXPECT_EQ(Parsed("ws://a").port, 80);
  EXPECT_EQ(Parsed("wss://a").port, 443);
}

TEST(Url, WithoutPathAsksForTheRoot) {
  EXPECT_EQ(Parsed("ws://a").resource, "/");
  EXPECT_EQ(Parsed("ws://a?x=1").resource, "/?x=1");
}

TEST(Url, TakesIpv6AddressesInBrackets) {
  const Url url = Parsed("ws://[::1]:9000/stocks");
  EXPECT_EQ(url.host, "::1");
  EXPECT_EQ(url.port, 9000);
  EXPECT_EQ(url.HostAndPort(), "[::1]:9000");
}

TEST(Url, ForPeopleHidesTheQuery) {
  EXPECT_EQ(Parsed("wss://a/stocks?apiKey=secret").ForPeople(), "wss://a:443/stocks");
}

TEST(Url, RefusesOtherSchemes) {
  EXPECT_THAT(WhatIsExpectedInsteadOf("https://a/"), HasSubstr("ws:// or wss://"));
  EXPECT_THAT(WhatIsExpectedInsteadOf("socket.example.com"), HasSubstr("ws:// or wss://"));
}

TEST(Url, RefusesAMissingOrImpossibleHost) {
  WhatIsExpectedInsteadOf("");
  WhatIsExpectedInsteadOf("ws://");
  WhatIsExpectedInsteadOf("ws:///stocks");
  WhatIsExpectedInsteadOf("ws://a b/");
  WhatIsExpectedInsteadOf("ws://[::1");
  WhatIsExpectedInsteadOf("ws://[nonsense]/");
  WhatIsExpectedInsteadOf("ws://a\r\nHost: b/");
}

TEST(Url, RefusesPortsThatNoServerCanHave) {
  for (const char* url : {"ws://a:", "ws://a:0", "ws://a:65536", "ws://a:80x", "ws://a:-1"}) {
    EXPECT_THAT(WhatIsExpectedInsteadOf(url), HasSubstr("1-65535")) << url;
  }
}

TEST(Url, RefusesPasswordsAndFragments) {
  EXPECT_THAT(WhatIsExpectedInsteadOf("ws://me:pw@a/"), HasSubstr("password"));
  EXPECT_THAT(WhatIsExpectedInsteadOf("ws://a/#x"), HasSubstr("fragment"));
}

}  // namespace
}  // namespace feedmux::websocket
