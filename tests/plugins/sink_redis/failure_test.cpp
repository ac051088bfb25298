#include "sink_fixture.hpp"

namespace feedmux::redis {
namespace {

using ::testing::HasSubstr;
using testing::RedisServer;

using Failure = SinkTest;

TEST_F(Failure, AKeyOfAnotherTypeFailsItsTicksAndNoOthers) {
  RedisServer server;
  server.Command({"SET", "s:BAD", "text"});
  const auto sink =
      MakeSink({{"url", server.url()}, {"mode", "stream"}, {"channels", "s:{symbol}"}});
  sink->Start();
  auto ticks = Trades(1, 2000);
  for (Tick& tick : ticks) {
    if (tick.sequence % 4 == 0) tick.symbol = host_.symbols().Intern("BAD");
  }
  sink->OnTicks(ticks);

  EXPECT_EQ(server.Command({"XLEN", "s:AAPL"}), "1500");
  EXPECT_EQ(host_.failed(), 500u);
  EXPECT_THAT(host_.failed_why(), HasSubstr("cannot take a trade of BAD: WRONGTYPE"));
  EXPECT_EQ(CounterValue("failed"), 500u);
  EXPECT_EQ(CounterValue("commands"), 1500u);
}

TEST_F(Failure, ATickFailsOnceHoweverManyOfItsCommandsDo) {
  RedisServer server;
  for (const char* key : {"a", "b", "last:AAPL"}) server.Command({"SET", key, "text"});
  const auto sink = MakeSink({{"url", server.url()},
                              {"mode", "stream"},
                              {"channels", "a,b,c"},
                              {"last_value_hash", "last:{symbol}"}});
  sink->Start();
  auto ticks = Trades(1, 3);
  ticks[1] = testing::MakeTick(host_, Kind::Luld);  // has no last value
  sink->OnTicks(ticks);
  EXPECT_EQ(host_.failed(), 3u);
  EXPECT_EQ(server.Command({"XLEN", "c"}), "3");
  EXPECT_THAT(host_.failed_why(), HasSubstr("cannot take all of a trade of AAPL: WRONGTYPE"));
}

}  // namespace
}  // namespace feedmux::redis
