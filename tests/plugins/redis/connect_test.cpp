#include "redis/connect.hpp"

#include <gmock/gmock.h>

#include "redis_server.hpp"

namespace feedmux::redis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Timeouts kTimeouts{.connect = std::chrono::seconds{10}, .io = std::chrono::seconds{10}};

TEST(Connect, ReachesAServerByItsPortAndByItsSocket) {
  testing::RedisServer server;
  EXPECT_TRUE(Connect(ParseUrl(server.url()), kTimeouts));
  EXPECT_TRUE(Connect(ParseUrl("unix://" + server.unix_socket()), kTimeouts));
}

TEST(Connect, NamesTheServerThatIsNotThere) {
  testing::RedisServer server;
  server.Kill();
  try {
    Connect(ParseUrl(server.url() + "/3"), kTimeouts);
    FAIL() << "no error";
  } catch (const Unreachable& error) {
    EXPECT_THAT(error.what(), HasSubstr("cannot reach " + server.url() + "/3: Connection refused"));
  }
}

TEST(LoginCommands, WithoutAPasswordThereIsNoAuth) {
  EXPECT_THAT(LoginCommands(ParseUrl("redis://host/2")), ElementsAre(ElementsAre("SELECT", "2")));
}

TEST(LoginCommands, APasswordAloneIsTheDefaultUsers) {
  EXPECT_THAT(LoginCommands(ParseUrl("redis://:secret@host")),
              ElementsAre(ElementsAre("AUTH", "secret")));
}

TEST(LoginCommands, AUserComesWithItsPassword) {
  EXPECT_THAT(LoginCommands(ParseUrl("redis://feed:secret@host")),
              ElementsAre(ElementsAre("AUTH", "feed", "secret")));
}

TEST(WithoutSecrets, HidesThePasswordWhereverItStands) {
  const Endpoint endpoint = ParseUrl("redis://:secret@host");
  EXPECT_EQ(WithoutSecrets(endpoint, "secret: not secretly"), "***: not ***ly");
}

TEST(WithoutSecrets, LeavesTheTextAloneIfThereIsNoPassword) {
  EXPECT_EQ(WithoutSecrets(ParseUrl("redis://host"), "as it is"), "as it is");
}

}  // namespace
}  // namespace feedmux::redis
