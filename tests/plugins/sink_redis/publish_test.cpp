#include <optional>  // optional

#include "redis_subscriber.hpp"
#include "sink_fixture.hpp"

namespace feedmux::redis {
namespace {

using ::testing::ElementsAre;
using testing::RedisServer;
using testing::RedisSubscriber;

using Publish = SinkTest;

TEST_F(Publish, ASubscriberGetsEveryTickOnceAndInOrder) {
  RedisServer server;
  RedisSubscriber subscriber{server.port()};
  const auto sink = MakeSink({{"url", server.url()}});
  sink->Start();

  const auto ticks = Trades(1, 20'000);
  sink->OnTicks(std::span{ticks}.first(1));
  sink->OnTicks(std::span{ticks}.subspan(1, 49));
  sink->OnTicks(std::span{ticks}.subspan(50));
  sink->Stop();

  EXPECT_EQ(NumbersOf(subscriber.Payloads(ticks.size())), Range(1, 20'000));
  EXPECT_EQ(subscriber.Next(std::chrono::milliseconds{20}), std::nullopt);
  EXPECT_EQ(CounterValue("commands"), 20'000u);
  EXPECT_EQ(CounterValue("redelivered"), 0u);
  EXPECT_GT(CounterValue("bytes"), 20'000u * 100);
}

TEST_F(Publish, AllOfItIsExecutedWhenOnTicksReturns) {
  RedisServer server;
  const auto sink = MakeSink({{"url", server.url()}, {"mode", "stream"}, {"channels", "s"}});
  sink->Start();
  for (int last : {1, 2, 3000}) {
    sink->OnTicks(Trades(1, last));
    EXPECT_EQ(server.Command({"XLEN", "s"}), std::to_string(last));
    server.Command({"DEL", "s"});
  }
}

TEST_F(Publish, WritesToEveryChannel) {
  RedisServer server;
  RedisSubscriber subscriber{server.port()};
  const auto sink = MakeSink({{"url", server.url()}, {"channels", "all,{kind}.{symbol}"}});
  sink->Start();
  sink->OnTicks(Trades(1, 2));

  std::vector<std::string> channels;
  for (int i = 0; i < 4; ++i) channels.push_back(subscriber.Next().value().channel);
  EXPECT_THAT(channels, ElementsAre("all", "trade.AAPL", "all", "trade.AAPL"));
}

TEST_F(Publish, AStreamHoldsTheTicksInOrder) {
  RedisServer server;
  const auto sink =
      MakeSink({{"url", server.url()}, {"mode", "stream"}, {"channels", "s:{symbol}"}});
  sink->Start();
  sink->OnTicks(Trades(1, 5000));
  EXPECT_EQ(NumbersOf(StreamMessages(server, "s:AAPL")), Range(1, 5000));
}

TEST_F(Publish, AStreamIsCutToItsLength) {
  RedisServer server{{"--stream-node-max-entries", "100"}};
  const auto sink = MakeSink({{"url", server.url()},
                              {"mode", "stream"},
                              {"channels", "s"},
                              {"stream_max_length", "1000"}});
  sink->Start();
  sink->OnTicks(Trades(1, 5000));
  const int length = std::stoi(server.Command({"XLEN", "s"}));
  EXPECT_GE(length, 1000);
  EXPECT_LE(length, 1100);
}

TEST_F(Publish, TheHashHoldsTheLastValue) {
  RedisServer server;
  const auto sink = MakeSink({{"url", server.url()}, {"last_value_hash", "last:{symbol}"}});
  sink->Start();
  auto ticks = Trades(1, 3);
  ticks.push_back(testing::MakeTick(host_, Kind::Luld));
  sink->OnTicks(ticks);
  EXPECT_THAT(server.List({"HGETALL", "last:AAPL"}),
              ElementsAre("kind", "trade", "price", "3", "volume", "100", "timestamp",
                          "1705853696.123", "source", "massive"));
}

TEST_F(Publish, GoesByAUnixSocketToo) {
  RedisServer server;
  const auto sink =
      MakeSink({{"unix_socket", server.unix_socket()}, {"mode", "stream"}, {"channels", "s"}});
  sink->Start();
  sink->OnTicks(Trades(1, 5000));
  EXPECT_EQ(server.Command({"XLEN", "s"}), "5000");
}

TEST_F(Publish, AMessageOfAMegabyteGoesThrough) {
  RedisServer server;
  RedisSubscriber subscriber{server.port()};
  const auto sink = MakeSink({{"url", server.url()}, {"format", "raw"}});
  sink->Start();
  const std::string event(1 << 20, 'x');
  auto ticks = Trades(1, 3);
  for (Tick& tick : ticks) {
    tick.raw_data = event.data();
    tick.raw_size = static_cast<std::uint32_t>(event.size());
  }
  sink->OnTicks(ticks);
  for (const std::string& payload : subscriber.Payloads(3)) EXPECT_TRUE(payload == event);
}

}  // namespace
}  // namespace feedmux::redis
