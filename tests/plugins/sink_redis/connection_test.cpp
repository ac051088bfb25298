#include "sink_fixture.hpp"

namespace feedmux::redis {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RedisServer;
using ::testing::StartsWith;

using Connection = SinkTest;

TEST_F(Connection, MakingASinkTouchesNoServer) { MakeSink({{"url", "redis://192.0.2.1:1"}}); }

TEST_F(Connection, AnUnreachableServerIsNamedWithTheReason) {
  RedisServer server;
  const auto sink = MakeSink({{"url", server.url()}});
  server.Kill();
  const SinkUnavailable unavailable = UnavailableAt([&] { sink->Start(); });
  EXPECT_EQ(unavailable.what(), "cannot reach " + server.url() + ": Connection refused");
  EXPECT_EQ(unavailable.delivered(), 0u);

  server.Restart();
  sink->Start();
}

TEST_F(Connection, AnAbsentUnixSocketIsNamedWithTheReason) {
  const auto sink = MakeSink({{"url", "unix:///nonexistent/redis.sock"}});
  EXPECT_STREQ(UnavailableAt([&] { sink->Start(); }).what(),
               "cannot reach unix:///nonexistent/redis.sock: No such file or directory");
}

TEST_F(Connection, AnUnknownHostIsNamed) {
  const auto sink = MakeSink({{"url", "redis://nowhere.invalid"}});
  EXPECT_THAT(UnavailableAt([&] { sink->Start(); }).what(),
              StartsWith("cannot reach redis://nowhere.invalid:6379: "));
}

TEST_F(Connection, WritesToTheDatabaseOfTheUrl) {
  RedisServer server;
  const auto sink = MakeSink({{"url", server.url() + "/3"}, {"mode", "stream"}, {"channels", "s"}});
  sink->Start();
  sink->OnTicks(Trades(1, 1));
  EXPECT_THAT(server.Command({"INFO", "keyspace"}), HasSubstr("db3:keys=1"));
}

TEST_F(Connection, ADatabaseThatIsNotThereIsARefusal) {
  RedisServer server;
  const auto sink = MakeSink({{"url", server.url()}, {"database", "99"}});
  EXPECT_THAT(UnavailableAt([&] { sink->Start(); }).what(),
              AllOf(StartsWith(server.url() + "/99 refused SELECT: "), HasSubstr("out of range")));
}

TEST_F(Connection, LogsInWithAPassword) {
  RedisServer server{{"--requirepass", "hunter2"}};
  MakeSink({{"url", server.url()}, {"password", "hunter2"}})->Start();
  const std::string port = std::to_string(server.port());
  MakeSink({{"url", "redis://:hunter2@127.0.0.1:" + port}})->Start();
}

TEST_F(Connection, LogsInAsAUser) {
  RedisServer server;
  server.Command({"ACL", "SETUSER", "feed", "on", ">hunter2", "allchannels", "-@all", "+publish",
                  "+multi", "+exec"});
  const auto sink =
      MakeSink({{"url", server.url()}, {"username", "feed"}, {"password", "hunter2"}});
  sink->Start();
  sink->OnTicks(Trades(1, 10));
  EXPECT_EQ(CounterValue("commands"), 10u);
}

TEST_F(Connection, AUserWithoutTransactionsIsRefusedBeforeAnythingIsSent) {
  RedisServer server;
  server.Command({"ACL", "SETUSER", "feed", "on", ">hunter2", "allchannels", "-@all", "+publish"});
  const auto sink =
      MakeSink({{"url", server.url()}, {"username", "feed"}, {"password", "hunter2"}});
  EXPECT_THAT(UnavailableAt([&] { sink->Start(); }).what(), HasSubstr("refused MULTI: NOPERM"));
}

TEST_F(Connection, AWrongPasswordIsARefusalThatKeepsItSecret) {
  RedisServer server{{"--requirepass", "right"}};
  const auto sink = MakeSink({{"url", server.url()}, {"password", "hunter2"}});
  EXPECT_THAT(
      UnavailableAt([&] { sink->Start(); }).what(),
      AllOf(StartsWith(server.url() + " refused AUTH: WRONGPASS"), Not(HasSubstr("hunter2"))));
}

TEST_F(Connection, AServerThatRepeatsThePasswordDoesNotGetItIntoTheMessage) {
  RedisServer server{{"--rename-command", "AUTH", "LOGIN"}};
  const auto sink = MakeSink({{"url", server.url()}, {"password", "hunter2"}});
  EXPECT_THAT(UnavailableAt([&] { sink->Start(); }).what(),
              AllOf(HasSubstr("unknown command"), HasSubstr("***"), Not(HasSubstr("hunter2"))));
}

TEST_F(Connection, AServerFullOfClientsIsARefusal) {
  RedisServer server{{"--maxclients", "1"}};
  const auto first = MakeSink({{"url", server.url()}});
  first->Start();
  const auto second = MakeSink({{"url", server.url()}});
  EXPECT_THAT(UnavailableAt([&] { second->Start(); }).what(),
              HasSubstr("max number of clients reached"));
  first->Stop();
  DeliverAll(*second, Trades(1, 1), [](const SinkUnavailable&) {});
}

TEST_F(Connection, AServerThatDoesNotAnswerIsLeftAfterTheTimeout) {
  RedisServer server;
  const auto sink = MakeSink({{"url", server.url()}, {"io_timeout", "100ms"}});
  server.Pause();
  EXPECT_EQ(UnavailableAt([&] { sink->Start(); }).what(),
            server.url() + " did not answer for 100 ms");
}

TEST_F(Connection, AConnectionThatWasClosedWhileIdleIsRenewedUnnoticed) {
  RedisServer server;
  const auto sink = MakeSink({{"url", server.url()}});
  sink->Start();
  sink->OnTicks(Trades(1, 1));
  server.Restart();
  host_.manual_clock().Advance(std::chrono::seconds{2});
  sink->OnTicks(Trades(2, 2));
  EXPECT_EQ(CounterValue("reconnects"), 1u);
  EXPECT_EQ(CounterValue("redelivered"), 0u);
}

TEST_F(Connection, StopClosesIt) {
  RedisServer server;
  const auto sink = MakeSink({{"url", server.url()}});
  sink->Start();
  EXPECT_THAT(server.Command({"CLIENT", "LIST"}), HasSubstr("name=feedmux"));
  sink->Stop();
  const auto is_gone = [&] {
    return server.Command({"CLIENT", "LIST"}).find("name=feedmux") == std::string::npos;
  };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  while (!is_gone() && std::chrono::steady_clock::now() < deadline) {
  }
  EXPECT_TRUE(is_gone());
}

}  // namespace
}  // namespace feedmux::redis
