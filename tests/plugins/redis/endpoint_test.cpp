#include "redis/endpoint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feedmux/errors.hpp"

namespace feedmux::redis {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string ErrorOf(std::string_view url) {
  try {
    ParseUrl(url);
  } catch (const OptionError& error) {
    EXPECT_EQ(error.option(), "url");
    return error.what();
  }
  return "";
}

TEST(Endpoint, HostAloneMeansTheUsualPortAndDatabase) {
  const Endpoint endpoint = ParseUrl("redis://cache.example");
  EXPECT_EQ(endpoint.host, "cache.example");
  EXPECT_EQ(endpoint.port, 6379);
  EXPECT_EQ(endpoint.database, 0);
  EXPECT_EQ(endpoint.password, "");
}

TEST(Endpoint, ReadsEveryPartOfAUrl) {
  const Endpoint endpoint = ParseUrl("redis://feed:s%40c%2Fret:x@10.0.0.1:6380/5");
  EXPECT_EQ(endpoint.username, "feed");
  EXPECT_EQ(endpoint.password, "s@c/ret:x");
  EXPECT_EQ(endpoint.host, "10.0.0.1");
  EXPECT_EQ(endpoint.port, 6380);
  EXPECT_EQ(endpoint.database, 5);
}

TEST(Endpoint, APasswordNeedsNoUser) {
  const Endpoint endpoint = ParseUrl("redis://:secret@localhost/");
  EXPECT_EQ(endpoint.username, "");
  EXPECT_EQ(endpoint.password, "secret");
}

TEST(Endpoint, ReadsIpv6InBrackets) {
  const Endpoint endpoint = ParseUrl("redis://[::1]:7000");
  EXPECT_EQ(endpoint.host, "::1");
  EXPECT_EQ(endpoint.port, 7000);
  EXPECT_EQ(endpoint.Display(), "redis://[::1]:7000");
}

TEST(Endpoint, ReadsUnixSockets) {
  const Endpoint endpoint = ParseUrl("unix://feed:secret@/run/redis/redis.sock?db=2");
  EXPECT_EQ(endpoint.unix_socket, "/run/redis/redis.sock");
  EXPECT_EQ(endpoint.username, "feed");
  EXPECT_EQ(endpoint.password, "secret");
  EXPECT_EQ(endpoint.database, 2);
}

TEST(Endpoint, DisplaysWithoutUserAndPassword) {
  EXPECT_EQ(ParseUrl("redis://feed:secret@host/5").Display(), "redis://host:6379/5");
  EXPECT_EQ(ParseUrl("unix://:secret@/a.sock?db=1").Display(), "unix:///a.sock?db=1");
}

TEST(Endpoint, TlsIsRefusedByName) {
  EXPECT_THAT(ErrorOf("rediss://host"), HasSubstr("rediss://"));
}

TEST(Endpoint, SaysWhatIsWrong) {
  EXPECT_THAT(ErrorOf("http://host"), HasSubstr("redis://[user:password@]host"));
  EXPECT_THAT(ErrorOf(""), HasSubstr("redis://[user:password@]host"));
  EXPECT_THAT(ErrorOf("redis://"), HasSubstr("no host"));
  EXPECT_THAT(ErrorOf("redis://:6379"), HasSubstr("no host"));
  EXPECT_THAT(ErrorOf("redis://host:"), HasSubstr("1-65535"));
  EXPECT_THAT(ErrorOf("redis://host:0"), HasSubstr("1-65535"));
  EXPECT_THAT(ErrorOf("redis://host:65536"), HasSubstr("1-65535"));
  EXPECT_THAT(ErrorOf("redis://host:x"), HasSubstr("1-65535"));
  EXPECT_THAT(ErrorOf("redis://host/five"), HasSubstr("database is a number"));
  EXPECT_THAT(ErrorOf("redis://host/99999999999"), HasSubstr("database is a number"));
  EXPECT_THAT(ErrorOf("redis://host/-1"), HasSubstr("database is a number"));
  EXPECT_THAT(ErrorOf("redis://[::1"), HasSubstr("without its ]"));
  EXPECT_THAT(ErrorOf("redis://[::1]7"), HasSubstr(":port"));
  EXPECT_THAT(ErrorOf("unix://run/redis.sock"), HasSubstr("begins with /"));
  EXPECT_THAT(ErrorOf("unix:///redis.sock?x=1"), HasSubstr("db=N"));
}

TEST(Endpoint, ErrorsKeepThePasswordToThemselves) {
  for (const char* url :
       {"redis://feed:hunter2@host:x", "redis://hunter2@host", "redis://feed:hunter2%zz@host",
        "redis://feed:hunter2@", "http://feed:hunter2@host", "unix://feed:hunter2@x"}) {
    EXPECT_THAT(ErrorOf(url), Not(HasSubstr("hunter2"))) << url;
    EXPECT_NE(ErrorOf(url), "") << url;
  }
}

}  // namespace
}  // namespace feedmux::redis
