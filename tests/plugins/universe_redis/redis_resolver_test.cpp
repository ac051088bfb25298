#include "universe_redis/redis_resolver.hpp"

#include <gmock/gmock.h>

#include "feedmux/errors.hpp"
#include "redis_server.hpp"
#include "resolver_fixture.hpp"

namespace feedmux::universe_redis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Optional;
using testing::RedisServer;

/// Tests that share a server; each begins with an empty one.
class RedisUniverse : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { server = new RedisServer; }
  static void TearDownTestSuite() { delete server; }

  RedisUniverse() { server->Command({"FLUSHALL"}); }

  static inline RedisServer* server = nullptr;
  ResolverFixture fixture{{{"url", server->url()}}};
  RedisResolver& resolver = fixture.resolver;
};

TEST_F(RedisUniverse, ASetIsSorted) {
  server->Command({"SADD", "market_leaders:top_3", "NVDA", "AAPL", "MSFT"});
  EXPECT_THAT(resolver.Resolve("market_leaders:top_3"),
              Optional(ElementsAre("AAPL", "MSFT", "NVDA")));
}

TEST_F(RedisUniverse, AListKeepsItsOrderAndEachSymbolOnce) {
  server->Command({"RPUSH", "leaders", "NVDA", "AAPL", "NVDA", "MSFT"});
  EXPECT_THAT(resolver.Resolve("leaders"), Optional(ElementsAre("NVDA", "AAPL", "MSFT")));
}

TEST_F(RedisUniverse, AStringIsReadAsJson) {
  server->Command({"SET", "dow", R"({"stocks": [{"ticker": "IBM"}, {"ticker": "AAPL"}]})"});
  EXPECT_THAT(resolver.Resolve("dow"), Optional(ElementsAre("IBM", "AAPL")));
}

TEST_F(RedisUniverse, ALargeSetArrivesWhole) {
  std::vector<std::string> command{"SADD", "all"};
  for (int i = 0; i < 20'000; ++i) command.push_back("SYM" + std::to_string(i));
  server->Command(command);
  EXPECT_EQ(resolver.Resolve("all")->size(), 20'000);
}

TEST_F(RedisUniverse, AMissingKeyIsNotKnown) {
  EXPECT_EQ(resolver.Resolve("dow"), std::nullopt);
  EXPECT_EQ(resolver.Resolve(""), std::nullopt);
}

TEST_F(RedisUniverse, EachCallReadsAnew) {
  server->Command({"SADD", "dow", "AAPL"});
  EXPECT_THAT(resolver.Resolve("dow"), Optional(ElementsAre("AAPL")));
  server->Command({"SADD", "dow", "IBM"});
  EXPECT_THAT(resolver.Resolve("dow"), Optional(ElementsAre("AAPL", "IBM")));
}

TEST_F(RedisUniverse, TheTemplateSaysTheRedisKey) {
  server->Command({"SADD", "universe:dow", "AAPL"});
  ResolverFixture other{{{"url", server->url()}, {"key", "universe:{key}"}}};
  EXPECT_THAT(other.resolver.Resolve("dow"), Optional(ElementsAre("AAPL")));
}

TEST_F(RedisUniverse, ReadsTheDatabaseOfTheUrl) {
  server->Command({"SADD", "dow", "AAPL"});
  ResolverFixture other{{{"url", server->url() + "/3"}}};
  EXPECT_EQ(other.resolver.Resolve("dow"), std::nullopt);
}

TEST_F(RedisUniverse, ReadsOverAUnixSocket) {
  server->Command({"SADD", "dow", "AAPL"});
  ResolverFixture other{{{"unix_socket", server->unix_socket()}}};
  EXPECT_THAT(other.resolver.Resolve("dow"), Optional(ElementsAre("AAPL")));
}

TEST_F(RedisUniverse, AnotherTypeIsAnErrorThatNamesServerAndKey) {
  server->Command({"HSET", "dow", "AAPL", "1"});
  EXPECT_EQ(fixture.Error("dow"), "Redis key \"dow\" at " + server->url() +
                                      ": expected a set, a list or a string of JSON, found a hash");
}

TEST_F(RedisUniverse, BrokenJsonIsAnErrorThatNamesServerAndKey) {
  server->Command({"SET", "dow", "[\"AAPL\","});
  EXPECT_THAT(fixture.Error("dow"), HasSubstr("Redis key \"dow\" at " + server->url()));
  EXPECT_THAT(fixture.Error("dow"), HasSubstr("is no JSON from byte 9 on"));
}

TEST_F(RedisUniverse, AnElementThatIsNoSymbolIsAnErrorThatSaysWhich) {
  server->Command({"RPUSH", "dow", "AAPL", "BRK A"});
  EXPECT_THAT(fixture.Error("dow"), HasSubstr("element 1: expected a symbol"));
}

TEST_F(RedisUniverse, KeysAreThoseThatSeemToHoldSymbols) {
  server->Command({"SADD", "a_set", "AAPL"});
  server->Command({"RPUSH", "a_list", "AAPL"});
  server->Command({"SET", "an_array", "[]"});
  server->Command({"SET", "an_object", "{}"});
  server->Command({"SET", "a_counter", "17"});
  server->Command({"HSET", "a_hash", "AAPL", "1"});
  server->Command({"SADD", "not to be named", "AAPL"});
  EXPECT_THAT(resolver.Keys(), ElementsAre("a_list", "a_set", "an_array", "an_object"));
}

TEST_F(RedisUniverse, KeysAreThoseOfTheTemplate) {
  for (const char* key : {"universe:dow", "universe:etf", "universal", "dow"}) {
    server->Command({"SADD", key, "AAPL"});
  }
  ResolverFixture other{{{"url", server->url()}, {"key", "universe:{key}"}}};
  EXPECT_THAT(other.resolver.Keys(), ElementsAre("dow", "etf"));
}

TEST_F(RedisUniverse, KeysOfALargeDatabaseAreBounded) {
  std::vector<std::string> command{"MSET"};
  for (int i = 0; i < 50'000; ++i) {
    command.push_back("key" + std::to_string(i));
    command.emplace_back("[]");
  }
  server->Command(command);
  const auto keys = resolver.Keys();
  EXPECT_GE(keys.size(), 1'000);
  EXPECT_LT(keys.size(), 5'000);
}

TEST_F(RedisUniverse, NeedsTheNetwork) { EXPECT_FALSE(resolver.ResolvesOffline()); }

TEST(RedisUniverseOptions, AUrlThatIsNoneIsRefusedWithoutRepeatingIt) {
  try {
    ResolverFixture{{{"url", "http://feed:hunter2@host"}}};
    FAIL() << "no error";
  } catch (const OptionError& error) {
    EXPECT_EQ(error.option(), "url");
    EXPECT_EQ(std::string{error.what()}.find("hunter2"), std::string::npos);
  }
}

TEST(RedisUniverseOptions, WhatMayHoldAPasswordIsSecret) {
  for (const OptionSpec& spec : kOptions) {
    const std::string_view name = spec.name;
    EXPECT_EQ(spec.secret, name == "url" || name == "password") << name;
  }
}

}  // namespace
}  // namespace feedmux::universe_redis
