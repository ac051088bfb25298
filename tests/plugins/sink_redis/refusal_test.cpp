#include <stop_token>  // stop_token
#include <thread>      // jthread

#include "redis_subscriber.hpp"
#include "sink_fixture.hpp"

namespace feedmux::redis {
namespace {

using ::testing::HasSubstr;
using testing::RedisServer;
using ::testing::StartsWith;

class Refusal : public SinkTest {
 protected:
  std::unique_ptr<RedisSink> StreamSink(const RedisServer& server) {
    return MakeSink(
        {{"url", server.url()}, {"mode", "stream"}, {"channels", "s"}, {"stream_max_length", "0"}});
  }
};

TEST_F(Refusal, ASuddenPasswordStopsANewConnectionUntilItIsLifted) {
  RedisServer server;
  const auto sink = StreamSink(server);
  sink->Start();
  sink->OnTicks(Trades(1, 100));
  server.Command({"CONFIG", "SET", "requirepass", "x"});
  server.LogInAs("default", "x");
  server.Command({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});

  std::vector<std::string> reasons;
  DeliverAll(*sink, Trades(101, 200), [&](const SinkUnavailable& unavailable) {
    reasons.emplace_back(unavailable.what());
    if (reasons.size() == 3) server.Command({"CONFIG", "SET", "requirepass", ""});
  });
  EXPECT_THAT(reasons[0], StartsWith("lost " + server.url()));
  EXPECT_EQ(reasons[1], server.url() + " refused MULTI: NOAUTH Authentication required.");
  EXPECT_EQ(NumbersOf(StreamMessages(server, "s")), Range(1, 200));
}

TEST_F(Refusal, WithoutMemoryNothingIsSkippedDoubledOrReordered) {
  RedisServer server{{"--maxmemory-policy", "noeviction"}};
  const auto sink = StreamSink(server);
  sink->Start();
  // Memory ends somewhere among these ticks, not between two windows.
  const int used = std::stoi(server.Command({"MEMORY", "STATS"}).substr(15));
  server.Command({"CONFIG", "SET", "maxmemory", std::to_string(used + 3'000'000)});

  std::size_t delivered = 0;
  int refusals = 0;
  DeliverAll(*sink, Trades(1, 50'000), [&](const SinkUnavailable& unavailable) {
    delivered += unavailable.delivered();
    ++refusals;
    EXPECT_THAT(unavailable.what(), HasSubstr(server.url() + " refused: OOM"));
    EXPECT_EQ(server.Command({"XLEN", "s"}), std::to_string(delivered));
    if (refusals == 3) server.Command({"CONFIG", "SET", "maxmemory", "0"});
  });
  EXPECT_GT(delivered, 0u);
  EXPECT_EQ(refusals, 3);
  EXPECT_TRUE(NumbersOf(StreamMessages(server, "s")) == Range(1, 50'000));
  EXPECT_EQ(CounterValue("refused"), 3u);
  EXPECT_EQ(CounterValue("redelivered"), 0u);
  EXPECT_EQ(CounterValue("reconnects"), 0u);
}

TEST_F(Refusal, MemoryThatComesAndGoesChangesNoOrder) {
  RedisServer server{{"--maxmemory-policy", "noeviction"}};
  const auto sink = StreamSink(server);
  sink->Start();
  std::jthread memory{[&](std::stop_token stop) {
    while (!stop.stop_requested()) {
      server.Command({"CONFIG", "SET", "maxmemory", "1"});
      server.Command({"CONFIG", "SET", "maxmemory", "0"});
    }
  }};
  int refusals = 0;
  int next = 1;
  // Until it has met some refusals, whatever the machine's pace.
  while (refusals < 20) {
    DeliverAll(*sink, Trades(next, next + 9'999), [&](const SinkUnavailable&) { ++refusals; });
    ASSERT_LT(next, 2'000'000) << "after " << refusals << " refusals";
    next += 10'000;
  }
  memory = {};
  EXPECT_TRUE(NumbersOf(StreamMessages(server, "s")) == Range(1, next - 1));
}

TEST_F(Refusal, AHashThatIsRefusedKeepsItsMessageBackToo) {
  RedisServer server;
  testing::RedisSubscriber subscriber{server.port()};
  const auto sink = MakeSink({{"url", server.url()}, {"last_value_hash", "last:{symbol}"}});
  sink->Start();
  server.Command({"CONFIG", "SET", "maxmemory", "1"});
  DeliverAll(*sink, Trades(1, 10), [&](const SinkUnavailable& unavailable) {
    EXPECT_EQ(unavailable.delivered(), 0u);
    server.Command({"CONFIG", "SET", "maxmemory", "0"});
  });
  EXPECT_EQ(NumbersOf(subscriber.Payloads(10)), Range(1, 10));
}

TEST_F(Refusal, AReplicaRefusesUntilItIsThePrimary) {
  RedisServer primary;
  RedisServer server;
  const auto sink = StreamSink(server);
  sink->Start();
  sink->OnTicks(Trades(1, 10));
  server.Command({"CONFIG", "SET", "replica-read-only", "yes"});
  server.Command({"REPLICAOF", "127.0.0.1", std::to_string(primary.port())});
  int refusals = 0;
  DeliverAll(*sink, Trades(11, 20), [&](const SinkUnavailable& unavailable) {
    EXPECT_THAT(unavailable.what(), HasSubstr("refused: READONLY"));
    if (++refusals == 2) server.Command({"REPLICAOF", "NO", "ONE"});
  });
  EXPECT_EQ(refusals, 2);
  const auto lines = host_.log().Lines();
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                          [](const auto& line) { return line.level > LogLevel::Debug; }),
            1)
      << "a connection after each refusal is no news";
  // Becoming a replica empties a server, unless its primary's data had not come yet.
  const auto numbers = NumbersOf(StreamMessages(server, "s"));
  ASSERT_GE(numbers.size(), 10u);
  EXPECT_EQ(std::vector<int>(numbers.end() - 10, numbers.end()), Range(11, 20));
}

TEST_F(Refusal, AServerThatIsLoadingItsDataGetsTheTicksAfterwards) {
  RedisServer server{{"--rdbcompression", "no"}};
  const std::string value(2000, 'x');
  for (int i = 0; i < 200; ++i) server.Command({"SET", "key" + std::to_string(i), value});
  server.Command({"SAVE"});
  server.Restart({"--key-load-delay", "2000", "--loading-process-events-interval-bytes", "1024"});

  const auto sink = StreamSink(server);
  int loading = 0;
  DeliverAll(*sink, Trades(1, 5000), [&](const SinkUnavailable& unavailable) {
    EXPECT_THAT(unavailable.what(), HasSubstr("LOADING"));
    EXPECT_EQ(unavailable.delivered(), 0u);
    ++loading;
  });
  EXPECT_GT(loading, 0);
  EXPECT_EQ(NumbersOf(StreamMessages(server, "s")), Range(1, 5000));
}

TEST_F(Refusal, AUserWhoMayNotUseTheChannelIsTold) {
  RedisServer server;
  server.Command({"ACL", "SETUSER", "feed", "on", ">hunter2", "+@all", "resetchannels", "&other"});
  const auto sink =
      MakeSink({{"url", server.url()}, {"username", "feed"}, {"password", "hunter2"}});
  sink->Start();
  int refusals = 0;
  DeliverAll(*sink, Trades(1, 5), [&](const SinkUnavailable& unavailable) {
    EXPECT_THAT(unavailable.what(), HasSubstr("refused: NOPERM"));
    if (++refusals == 2) server.Command({"ACL", "SETUSER", "feed", "allchannels"});
  });
  EXPECT_EQ(refusals, 2);
  EXPECT_EQ(CounterValue("commands"), 5u);
  EXPECT_EQ(host_.failed(), 0u);
}

}  // namespace
}  // namespace feedmux::redis
