#include "sink_redis/command_encoder.hpp"

#include <gtest/gtest.h>

#include <initializer_list>  // initializer_list
#include <string>            // string

#include "feedmux/testing/make_options.hpp"
#include "sink_redis/options.hpp"
#include "sink_redis/resp.hpp"
#include "ticks.hpp"

namespace feedmux::redis {
namespace {

using testing::MakeOptions;
using testing::MakeTick;
using testing::MakeTrade;

constexpr const char* kAaplMessage =
    R"({"type":"market_tick","symbol":"AAPL","price":178.23,"volume":100,)"
    R"("timestamp":1705853696.123,"source":"massive"})";

std::string Command(std::initializer_list<std::string_view> arguments) {
  ByteBuffer out;
  AppendCommand(out, arguments);
  return std::string{out.view()};
}

class CommandEncoderTest : public ::testing::Test {
 protected:
  CommandEncoderTest() { host_.AddConnection(1, {"connection_1", "primary", "massive"}); }

  CommandEncoder MakeEncoder(
      std::initializer_list<std::pair<std::string_view, std::string>> options) {
    return {host_, ReadSettings(MakeOptions(kOptions, options))};
  }
  std::string Encoded(CommandEncoder& encoder, const Tick& tick) {
    ByteBuffer out;
    commands_ = encoder.Append(out, tick);
    EXPECT_EQ(commands_, encoder.CommandCount(tick));
    return std::string{out.view()};
  }

  testing::FakeHost host_;
  std::size_t commands_ = 0;
};

TEST_F(CommandEncoderTest, PublishesTheMessage) {
  CommandEncoder encoder = MakeEncoder({});
  EXPECT_EQ(Encoded(encoder, MakeTrade(host_, 178.23, 100)),
            "*3\r\n$7\r\nPUBLISH\r\n$22\r\ntickstock:market:ticks\r\n$112\r\n" +
                std::string{kAaplMessage} + "\r\n");
  EXPECT_EQ(commands_, 1u);
}

TEST_F(CommandEncoderTest, PublishesToEveryChannelInTheirOrder) {
  CommandEncoder encoder = MakeEncoder({{"channels", "all,ticks.{symbol},{kind}/{connection}"}});
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(Encoded(encoder, MakeTrade(host_, 178.23, 100)),
              Command({"PUBLISH", "all", kAaplMessage}) +
                  Command({"PUBLISH", "ticks.AAPL", kAaplMessage}) +
                  Command({"PUBLISH", "trade/primary", kAaplMessage}));
    EXPECT_EQ(commands_, 3u);
  }
}

TEST_F(CommandEncoderTest, TellsNamesApartByAllTheirPlaceholders) {
  host_.AddConnection(2, {"connection_2", "secondary", "synthetic"});
  CommandEncoder encoder = MakeEncoder({{"channels", "{symbol}.{kind}.{source}"}});
  for (int round = 0; round < 2; ++round) {
    for (const char* symbol : {"AAPL", "NVDA"}) {
      for (const ConnectionIndex connection : {1, 2}) {
        for (const Kind kind : {Kind::Trade, Kind::Quote}) {
          Tick tick = MakeTick(host_, kind, symbol);
          tick.connection = connection;
          const std::string name = std::string{symbol} + "." + std::string{Name(kind)} +
                                   (connection == 1 ? ".massive" : ".synthetic");
          EXPECT_NE(Encoded(encoder, tick).find("\r\n" + name + "\r\n"), std::string::npos);
        }
      }
    }
  }
}

TEST_F(CommandEncoderTest, AddsToStreamsWithAnApproximateLimit) {
  CommandEncoder encoder =
      MakeEncoder({{"mode", "stream"}, {"channels", "s:{symbol}"}, {"stream_max_length", "5000"}});
  EXPECT_EQ(Encoded(encoder, MakeTrade(host_, 178.23, 100)),
            Command({"XADD", "s:AAPL", "MAXLEN", "~", "5000", "*", "data", kAaplMessage}));
}

TEST_F(CommandEncoderTest, AddsToStreamsWithoutALimitIfThereIsNone) {
  CommandEncoder encoder =
      MakeEncoder({{"mode", "stream"}, {"channels", "s"}, {"stream_max_length", "0"}});
  EXPECT_EQ(Encoded(encoder, MakeTrade(host_, 178.23, 100)),
            Command({"XADD", "s", "*", "data", kAaplMessage}));
}

TEST_F(CommandEncoderTest, SetsTheLastValue) {
  CommandEncoder encoder = MakeEncoder({{"last_value_hash", "last:{symbol}"}});
  EXPECT_EQ(Encoded(encoder, MakeTrade(host_, 178.23, 100)),
            Command({"PUBLISH", "tickstock:market:ticks", kAaplMessage}) +
                Command({"HSET", "last:AAPL", "kind", "trade", "price", "178.23", "volume", "100",
                         "timestamp", "1705853696.123", "source", "massive"}));
  EXPECT_EQ(commands_, 2u);
}

TEST_F(CommandEncoderTest, ATickWithoutAPriceLeavesTheLastValue) {
  CommandEncoder encoder = MakeEncoder({{"last_value_hash", "last:{symbol}"}});
  Encoded(encoder, MakeTick(host_, Kind::Luld));
  EXPECT_EQ(commands_, 1u);
}

TEST_F(CommandEncoderTest, MessagesOfAnyLengthHaveTheirLengthBefore) {
  CommandEncoder encoder = MakeEncoder({{"format", "raw"}, {"channels", "a,b"}});
  for (const std::size_t size : {1u, 9u, 10u, 99u, 100u, 999u, 1000u, 5000u, 100'000u}) {
    const std::string event(size, 'x');
    Tick tick = MakeTrade(host_, 1, 1);
    tick.raw_data = event.data();
    tick.raw_size = static_cast<std::uint32_t>(size);
    EXPECT_EQ(Encoded(encoder, tick),
              Command({"PUBLISH", "a", event}) + Command({"PUBLISH", "b", event}));
  }
}

}  // namespace
}  // namespace feedmux::redis
