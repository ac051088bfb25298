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
  host_.log().Expect("Redis cannot take a trade of BAD: WRONGTYPE");
  sink->OnTicks(ticks);

  EXPECT_EQ(server.Command({"XLEN", "s:AAPL"}), "1500");
  EXPECT_EQ(host_.failed(), 500u);
  EXPECT_THAT(host_.failed_why(), HasSubstr("WRONGTYPE"));
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
  host_.log().Expect("WRONGTYPE");
  sink->OnTicks(ticks);
  EXPECT_EQ(host_.failed(), 3u);
  EXPECT_EQ(server.Command({"XLEN", "c"}), "3");
}

TEST_F(Failure, IsLoggedOncePerBurst) {
  RedisServer server;
  server.Command({"SET", "s", "text"});
  const auto sink = MakeSink({{"url", server.url()}, {"mode", "stream"}, {"channels", "s"}});
  sink->Start();
  host_.log().Expect("WRONGTYPE");
  const auto warnings = [&] {
    int count = 0;
    for (const auto& line : host_.log().Lines()) count += line.level == LogLevel::Warning;
    return count;
  };
  sink->OnTicks(Trades(1, 100));
  sink->OnTicks(Trades(101, 200));
  EXPECT_EQ(warnings(), 1);
  host_.manual_clock().Advance(std::chrono::minutes{2});
  sink->OnTicks(Trades(201, 300));
  EXPECT_EQ(warnings(), 2);
  EXPECT_EQ(host_.failed(), 300u);
}

}  // namespace
}  // namespace feedmux::redis
