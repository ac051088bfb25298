#include "sink_redis/message_writer.hpp"

#include <gtest/gtest.h>

#include <limits>  // numeric_limits
#include <nlohmann/json.hpp>
#include <string>  // string

#include "ticks.hpp"

namespace feedmux::redis {
namespace {

using nlohmann::json;
using testing::kEventNs;
using testing::MakeQuote;
using testing::MakeTick;
using testing::MakeTrade;

class MessageWriterTest : public ::testing::Test {
 protected:
  MessageWriterTest() { host_.AddConnection(1, {"connection_1", "primary", "massive"}); }

  std::string Message(Format format, const Tick& tick) {
    ByteBuffer out;
    MessageWriter{host_, format}.Append(out, tick);
    return std::string{out.view()};
  }
  std::string Tickstock(const Tick& tick) { return Message(Format::Tickstock, tick); }
  json Full(const Tick& tick) { return json::parse(Message(Format::Full, tick)); }

  /// A full message without what all kinds have.
  json Own(const Tick& tick) {
    json message = Full(tick);
    for (const char* key :
         {"symbol", "kind", "source", "connection", "ts_event_ns", "ts_recv_ns"}) {
      EXPECT_TRUE(message.contains(key)) << key;
      message.erase(key);
    }
    return message;
  }

  testing::FakeHost host_;
};

using TickstockFormat = MessageWriterTest;
using RawFormat = MessageWriterTest;
using FullFormat = MessageWriterTest;

TEST_F(TickstockFormat, Trade) {
  EXPECT_EQ(Tickstock(MakeTrade(host_, 178.23, 100)),
            R"({"type":"market_tick","symbol":"AAPL","price":178.23,"volume":100,)"
            R"("timestamp":1705853696.123,"source":"massive"})");
}

TEST_F(TickstockFormat, TradeOfAFractionalSize) {
  EXPECT_EQ(Tickstock(MakeTrade(host_, 43210.5, 0.00012345)),
            R"({"type":"market_tick","symbol":"AAPL","price":43210.5,"volume":0.00012345,)"
            R"("timestamp":1705853696.123,"source":"massive"})");
}

TEST_F(TickstockFormat, BarIsItsCloseVolumeAndEnd) {
  Tick bar = MakeTick(host_, Kind::Bar);
  bar.bar = {};
  bar.bar.open = 170;
  bar.price = 171.5;
  bar.size = 8652169;
  EXPECT_EQ(Tickstock(bar),
            R"({"type":"market_tick","symbol":"AAPL","price":171.5,"volume":8652169,)"
            R"("timestamp":1705853696.123,"source":"massive"})");
}

TEST_F(TickstockFormat, QuoteIsItsMidpointWithoutVolume) {
  EXPECT_EQ(Tickstock(MakeQuote(host_, 178, 178.5)),
            R"({"type":"market_tick","symbol":"AAPL","price":178.25,"volume":0,)"
            R"("timestamp":1705853696.123,"source":"massive"})");
}

TEST_F(TickstockFormat, QuoteOfOneSideIsThatSide) {
  const std::string expected = R"({"type":"market_tick","symbol":"AAPL","price":178.5,"volume":0,)"
                               R"("timestamp":1705853696.123,"source":"massive"})";
  EXPECT_EQ(Tickstock(MakeQuote(host_, kAbsent, 178.5)), expected);
  EXPECT_EQ(Tickstock(MakeQuote(host_, 0, 178.5)), expected);
  EXPECT_EQ(Tickstock(MakeQuote(host_, 178.5, kAbsent)), expected);
  EXPECT_EQ(Tickstock(MakeQuote(host_, 178.5, 0)), expected);
}

TEST_F(TickstockFormat, QuoteOfNoSideHasNoPrice) {
  EXPECT_EQ(Tickstock(MakeQuote(host_, 0, kAbsent)),
            R"({"type":"market_tick","symbol":"AAPL","price":null,"volume":0,)"
            R"("timestamp":1705853696.123,"source":"massive"})");
}

TEST_F(TickstockFormat, Value) {
  Tick value = MakeTick(host_, Kind::Value, "I:SPX");
  value.price = 4839.81;
  EXPECT_EQ(Tickstock(value),
            R"({"type":"market_tick","symbol":"I:SPX","price":4839.81,"volume":0,)"
            R"("timestamp":1705853696.123,"source":"massive"})");
}

TEST_F(TickstockFormat, KindsWithoutAPriceSayNull) {
  Tick luld = MakeTick(host_, Kind::Luld);
  luld.luld = {};
  luld.luld.high = 180;
  const std::string expected = R"({"type":"market_tick","symbol":"AAPL","price":null,"volume":0,)"
                               R"("timestamp":1705853696.123,"source":"massive"})";
  EXPECT_EQ(Tickstock(luld), expected);
  EXPECT_EQ(Tickstock(MakeTick(host_, Kind::Other)), expected);
}

TEST_F(TickstockFormat, ANumberThatJsonCannotHoldIsNone) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(Tickstock(MakeTrade(host_, kInfinity, kInfinity)),
            R"({"type":"market_tick","symbol":"AAPL","price":null,"volume":0,)"
            R"("timestamp":1705853696.123,"source":"massive"})");
}

TEST_F(TickstockFormat, WithoutATimeOfItsOwnItIsTheTimeOfArrival) {
  Tick trade = MakeTrade(host_, 1, 2);
  trade.ts_event_ns = kNoTime;
  trade.ts_recv_ns = 1'705'853'697'000'000'001;
  EXPECT_EQ(Tickstock(trade), R"({"type":"market_tick","symbol":"AAPL","price":1,"volume":2,)"
                              R"("timestamp":1705853697.000000001,"source":"massive"})");
}

TEST_F(TickstockFormat, EscapesSymbolAndSource) {
  host_.AddConnection(1, {"connection_1", "primary", "a \"b\""});
  const json message = json::parse(Tickstock(MakeTrade(host_, 1, 2, "A\\B\"\n\x01É")));
  EXPECT_EQ(message["symbol"], "A\\B\"\n\x01É");
  EXPECT_EQ(message["source"], "a \"b\"");
}

TEST_F(TickstockFormat, OneWriterTellsSymbolsAndConnectionsApart) {
  host_.AddConnection(2, {"connection_2", "secondary", "synthetic"});
  MessageWriter writer{host_, Format::Tickstock};
  Tick other = MakeTrade(host_, 2, 2, "NVDA");
  other.connection = 2;
  for (int round = 0; round < 2; ++round) {
    ByteBuffer out;
    writer.Append(out, MakeTrade(host_, 1, 1));
    writer.Append(out, other);
    EXPECT_EQ(out.view(), R"({"type":"market_tick","symbol":"AAPL","price":1,"volume":1,)"
                          R"("timestamp":1705853696.123,"source":"massive"})"
                          R"({"type":"market_tick","symbol":"NVDA","price":2,"volume":2,)"
                          R"("timestamp":1705853696.123,"source":"synthetic"})");
  }
}

TEST_F(RawFormat, IsTheVendorsEventByteForByte) {
  const std::string event = "{\"ev\":\"T\", \"x\":\"\xC3\xA9\\u00e9\",\"p\":1.0e+2,\"new\":[{}]}";
  Tick trade = MakeTrade(host_, 100, 1);
  trade.raw_data = event.data();
  trade.raw_size = static_cast<std::uint32_t>(event.size());
  EXPECT_EQ(Message(Format::Raw, trade), event);
}

TEST_F(RawFormat, IsTheFullMessageWhereThereIsNoEvent) {
  const Tick trade = MakeTrade(host_, 100, 1);
  EXPECT_EQ(Message(Format::Raw, trade), Message(Format::Full, trade));
}

TEST_F(FullFormat, HasWhatAllKindsHave) {
  Tick tick = MakeTick(host_, Kind::Other);
  tick.sequence = 12;
  tick.vendor_sequence = 34;
  EXPECT_EQ(Full(tick), json::parse(R"({"symbol":"AAPL","kind":"other","source":"massive",
      "connection":"primary","sequence":12,"vendor_sequence":34,
      "ts_event_ns":1705853696123000000,"ts_recv_ns":1705853696124000000})"));
}

TEST_F(FullFormat, Trade) {
  const std::string event = R"({"i":"52983525029461"})";
  Tick tick = MakeTrade(host_, 178.23, 0.5);
  tick.raw_data = event.data();
  tick.raw_size = static_cast<std::uint32_t>(event.size());
  tick.flags = tick_flags::kMoreConditions;
  tick.trade.id_offset = 6;
  tick.trade.id_size = 14;
  tick.trade.exchange = 4;
  tick.trade.tape = 3;
  tick.trade.trf_id = 201;
  tick.trade.condition_count = 2;
  tick.trade.conditions[0] = 14;
  tick.trade.conditions[1] = 65535;
  tick.trade.ts_participant_ns = kEventNs + 1;
  tick.trade.ts_trf_ns = kEventNs + 2;
  tick.trade.ts_vendor_ns = kEventNs + 3;
  EXPECT_EQ(Own(tick), json::parse(R"({"price":178.23,"size":0.5,"id":"52983525029461",
      "exchange":4,"tape":3,"conditions":[14,65535],"trf_id":201,
      "ts_participant_ns":1705853696123000001,"ts_trf_ns":1705853696123000002,
      "ts_vendor_ns":1705853696123000003,"more_conditions":true})"));
}

TEST_F(FullFormat, OmitsWhatIsAbsent) {
  EXPECT_EQ(Own(MakeTrade(host_, 178.23, kAbsent)), json::parse(R"({"price":178.23})"));
}

TEST_F(FullFormat, KeepsCodesThatAreZero) {
  Tick tick = MakeTrade(host_, 1, 1);
  tick.trade.exchange = 0;
  tick.trade.condition_count = 1;
  EXPECT_EQ(Own(tick), json::parse(R"({"price":1,"size":1,"exchange":0,"conditions":[0]})"));
}

TEST_F(FullFormat, Quote) {
  Tick tick = MakeQuote(host_, 178.22, 178.24);
  tick.quote.bid_exchange = 4;
  tick.quote.ask_exchange = 7;
  tick.quote.condition = 1;
  tick.quote.tape = 3;
  tick.quote.indicator_count = 1;
  tick.quote.indicators[0] = 604;
  tick.quote.ts_vendor_ns = kEventNs + 1;
  EXPECT_EQ(Own(tick), json::parse(R"({"bid":178.22,"bid_size":3,"ask":178.24,"ask_size":4,
      "bid_exchange":4,"ask_exchange":7,"condition":1,"tape":3,"indicators":[604],
      "ts_vendor_ns":1705853696123000001})"));
}

TEST_F(FullFormat, FuturesQuote) {
  Tick tick = MakeTick(host_, Kind::Quote, "ESZ4");
  tick.flags = tick_flags::kFutures;
  tick.futures_quote = {};
  tick.futures_quote.bid = 5000.25;
  tick.futures_quote.bid_size = 2;
  tick.futures_quote.ts_bid_ns = kEventNs + 1;
  tick.futures_quote.ts_ask_ns = kEventNs + 2;
  EXPECT_EQ(Own(tick), json::parse(R"({"bid":5000.25,"bid_size":2,
      "ts_bid_ns":1705853696123000001,"ts_ask_ns":1705853696123000002})"));
}

TEST_F(FullFormat, Bar) {
  Tick tick = MakeTick(host_, Kind::Bar);
  tick.flags = tick_flags::kOtc;
  tick.window_ms = 60'000;
  tick.price = 4;
  tick.size = 5;
  tick.bar = {.open = 1,
              .high = 2,
              .low = 3,
              .vwap = 6.5,
              .day_volume = 1e6,
              .day_vwap = 7,
              .official_open = 8};
  EXPECT_EQ(Own(tick), json::parse(R"({"price":4,"size":5,"window_ms":60000,"open":1,"high":2,
      "low":3,"vwap":6.5,"day_volume":1000000,"day_vwap":7,"official_open":8,"otc":true})"));
}

TEST_F(FullFormat, FuturesBar) {
  Tick tick = MakeTick(host_, Kind::Bar, "ESZ4");
  tick.flags = tick_flags::kFutures;
  tick.futures_bar = {.open = 1, .high = 2, .low = 3, .dollar_value = 4, .transactions = 5};
  EXPECT_EQ(Own(tick), json::parse(R"({"open":1,"high":2,"low":3,"dollar_value":4,
      "transactions":5})"));
}

TEST_F(FullFormat, Luld) {
  Tick tick = MakeTick(host_, Kind::Luld);
  tick.luld = {};
  tick.luld.high = 180.5;
  tick.luld.low = 160.25;
  tick.luld.tape = 3;
  tick.luld.indicator_count = 2;
  tick.luld.indicators[0] = 17;
  tick.luld.indicators[1] = 18;
  EXPECT_EQ(Own(tick), json::parse(R"({"high":180.5,"low":160.25,"indicators":[17,18],"tape":3})"));
}

TEST_F(FullFormat, Imbalance) {
  Tick tick = MakeTick(host_, Kind::Imbalance);
  tick.imbalance = {.imbalance = -480,
                    .paired = 44,
                    .clearing_price = 0.25,
                    .reference_price = 0.5,
                    .exchange = 10,
                    .auction_time = 930,
                    .auction_type = 'M'};
  EXPECT_EQ(Own(tick), json::parse(R"({"imbalance":-480,"paired":44,"clearing_price":0.25,
      "reference_price":0.5,"exchange":10,"auction_time":930,"auction_type":"M"})"));
}

TEST_F(FullFormat, Value) {
  Tick tick = MakeTick(host_, Kind::Value, "I:SPX");
  tick.price = 4839.81;
  EXPECT_EQ(Own(tick), json::parse(R"({"price":4839.81})"));
}

}  // namespace
}  // namespace feedmux::redis
