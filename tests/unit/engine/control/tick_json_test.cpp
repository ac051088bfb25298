#include "control/tick_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace feedmux {
namespace {

Tick MakeTick(Kind kind) {
  Tick tick;
  tick.kind = kind;
  tick.symbol = 1;
  tick.sequence = 7;
  tick.ts_event_ns = 1'705'853'696'123'456'789;
  tick.ts_recv_ns = 1'705'853'696'124'000'000;
  return tick;
}

std::string Text(const Tick& tick, std::string_view symbol = "AAPL") {
  std::string text;
  AppendTickJson(text, tick, symbol, "connection_1", "primary");
  return text;
}

nlohmann::json Parsed(const Tick& tick) { return nlohmann::json::parse(Text(tick)); }

TEST(TickJson, HasATrade) {
  Tick tick = MakeTick(Kind::Trade);
  tick.price = 178.23;
  tick.size = 100;
  EXPECT_EQ(Text(tick), R"({"kind":"trade","symbol":"AAPL","connection_id":"connection_1",)"
                        R"("connection":"primary","sequence":7,"ts_event_ns":1705853696123456789,)"
                        R"("ts_recv_ns":1705853696124000000,"price":178.23,"size":100})");
}

TEST(TickJson, HasAQuotesSides) {
  Tick tick = MakeTick(Kind::Quote);
  tick.quote = QuoteFields{};
  tick.quote.bid = 10.5;
  tick.quote.bid_size = 3;
  tick.quote.ask = 10.75;
  const auto json = Parsed(tick);
  EXPECT_EQ(json["bid"], 10.5);
  EXPECT_EQ(json["bid_size"], 3);
  EXPECT_EQ(json["ask"], 10.75);
  EXPECT_FALSE(json.contains("ask_size"));
  EXPECT_FALSE(json.contains("price"));
}

TEST(TickJson, HasABarsWindow) {
  Tick tick = MakeTick(Kind::Bar);
  tick.bar = BarFields{};
  tick.bar.open = 1.5;
  tick.window_ms = 60'000;
  EXPECT_EQ(Parsed(tick)["open"], 1.5);
  EXPECT_EQ(Parsed(tick)["window_ms"], 60'000);
}

TEST(TickJson, HasTheVendorsTextWhereThereAreNoFields) {
  Tick tick = MakeTick(Kind::Other);
  constexpr std::string_view kRaw = "{\"ev\":\"X\",\"t\":\"\\u00e9\xff\"}";
  tick.raw_data = kRaw.data();
  tick.raw_size = static_cast<std::uint32_t>(kRaw.size());
  EXPECT_EQ(Parsed(tick)["raw"], "{\"ev\":\"X\",\"t\":\"\\u00e9\xef\xbf\xbd\"}");
}

TEST(TickJson, HasNoSymbolWhereThereIsNone) {
  Tick tick = MakeTick(Kind::Gap);
  tick.symbol = kNoSymbol;
  EXPECT_FALSE(Parsed(tick).contains("symbol"));
}

TEST(TickJson, EscapesWhatASymbolMayHold) {
  EXPECT_EQ(nlohmann::json::parse(Text(MakeTick(Kind::Trade), "A\"\\\n\x1b"))["symbol"],
            "A\"\\\n\x1b");
}

TEST(TickJson, LeavesOutWhatIsNoNumber) {
  Tick tick = MakeTick(Kind::Value);
  tick.price = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(Parsed(tick).contains("price"));
}

}  // namespace
}  // namespace feedmux
