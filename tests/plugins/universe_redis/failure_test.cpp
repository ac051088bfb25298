#include <gmock/gmock.h>

#include "redis_server.hpp"
#include "resolver_fixture.hpp"
#include "scripted_redis.hpp"

namespace feedmux::universe_redis {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PeerSocket;
using testing::RedisServer;

TEST(RedisUniverseFailure, AServerThatIsAwayIsAnErrorThatNamesServerAndKey) {
  RedisServer server;
  server.Kill();
  ResolverFixture fixture{{{"url", server.url()}, {"key", "universe:{key}"}}};
  EXPECT_EQ(fixture.Error("dow"),
            "Redis key \"universe:dow\": cannot reach " + server.url() + ": Connection refused");
  EXPECT_THROW(fixture.resolver.Keys(), std::exception);
}

TEST(RedisUniverseFailure, AMissingPasswordIsAnError) {
  RedisServer server{{"--requirepass", "hunter2"}};
  ResolverFixture fixture{{{"url", server.url()}}};
  EXPECT_THAT(fixture.Error("dow"),
              AllOf(HasSubstr("Redis key \"dow\": " + server.url()), HasSubstr("NOAUTH")));
}

TEST(RedisUniverseFailure, AWrongPasswordIsAnErrorThatDoesNotShowIt) {
  RedisServer server{{"--requirepass", "hunter2"}};
  ResolverFixture fixture{{{"url", server.url()}, {"password", "hunter3"}}};
  EXPECT_THAT(fixture.Error("dow"),
              AllOf(HasSubstr(server.url() + " refused AUTH"), Not(HasSubstr("hunter"))));
}

TEST(RedisUniverseFailure, TheRightPasswordIsAccepted) {
  RedisServer server{{"--requirepass", "hunter2"}};
  ResolverFixture fixture{{{"url", server.url()}, {"password", "hunter2"}}};
  EXPECT_EQ(fixture.resolver.Resolve("dow"), std::nullopt);
}

TEST(RedisUniverseFailure, ADatabaseThatIsNotThereIsAnError) {
  RedisServer server;
  ResolverFixture fixture{{{"url", server.url()}, {"database", "99"}}};
  EXPECT_THAT(fixture.Error("dow"), HasSubstr("refused SELECT"));
}

TEST(RedisUniverseFailure, AServerThatDoesNotAnswerIsAnErrorAfterTheTimeout) {
  RedisServer server;
  ResolverFixture fixture{{{"url", server.url()}, {"timeout", "100ms"}}};
  server.Pause();
  EXPECT_EQ(fixture.Error("dow"),
            "Redis key \"dow\": " + server.url() + " gave no whole answer within 100 ms");
  server.Resume();
}

TEST(RedisUniverseFailure, AServerThatDripsItsAnswerIsAnErrorAfterTheTimeout) {
  ScriptedRedis server{[](PeerSocket& socket) {
    socket.Write("+");
    while (true) socket.Write("x");
  }};
  ResolverFixture fixture{{{"url", server.url()}, {"timeout", "100ms"}}};
  EXPECT_THAT(fixture.Error("dow"), HasSubstr("gave no whole answer within 100 ms"));
}

TEST(RedisUniverseFailure, AHangUpIsAnError) {
  ScriptedRedis server{[](PeerSocket& socket) { socket.Read(); }};
  ResolverFixture fixture{{{"url", server.url()}}};
  EXPECT_THAT(fixture.Error("dow"), HasSubstr("Redis key \"dow\": lost " + server.url()));
}

TEST(RedisUniverseFailure, AServerThatIsNoRedisIsAnError) {
  ScriptedRedis server{[](PeerSocket& socket) {
    socket.Read();
    socket.Write("HTTP/1.1 400 Bad Request\r\n\r\n");
    socket.Read();
  }};
  ResolverFixture fixture{{{"url", server.url()}}};
  EXPECT_THAT(fixture.Error("dow"), HasSubstr("lost " + server.url() + ": Protocol error"));
}

TEST(RedisUniverseFailure, AnswersOfUnexpectedTypesAreAnError) {
  ScriptedRedis server{[](PeerSocket& socket) {
    socket.Write(":17\r\n");
    while (true) socket.Read();
  }};
  ResolverFixture fixture{{{"url", server.url()}}};
  EXPECT_THAT(fixture.Error("dow"), HasSubstr("expected a set, a list or a string of JSON"));
}

TEST(RedisUniverseFailure, AListBeyondTheLimitIsAnErrorBeforeItIsRead) {
  ScriptedRedis server{[](PeerSocket& socket) {
    socket.Write("+list\r\n:1000001\r\n");
    while (true) socket.Read();
  }};
  ResolverFixture fixture{{{"url", server.url()}}};
  EXPECT_THAT(fixture.Error("dow"), HasSubstr("expected 1000000 elements at most, found 1000001"));
}

TEST(RedisUniverseFailure, AServerThatComesBackIsAskedAgain) {
  RedisServer server;
  ResolverFixture fixture{{{"url", server.url()}}};
  server.Kill();
  EXPECT_NE(fixture.Error("dow"), "");
  server.Restart();
  server.Command({"SADD", "dow", "AAPL"});
  EXPECT_THAT(fixture.resolver.Resolve("dow"), ::testing::Optional(::testing::ElementsAre("AAPL")));
}

}  // namespace
}  // namespace feedmux::universe_redis
