#include "tick_line.hpp"

#include <gtest/gtest.h>

#include "text.hpp"

namespace feedmux::console {
namespace {

Tick MakeTick(Kind kind) {
  Tick tick;
  tick.kind = kind;
  tick.ts_event_ns = 1'705'853'696'123'456'789;  // 16:14:56.123456789
  return tick;
}

std::string Line(const Tick& tick, std::string_view symbol = "AAPL") {
  std::string line;
  AppendTickLine(line, tick, symbol, "primary");
  return line;
}

TEST(TickLine, Trade) {
  Tick tick = MakeTick(Kind::Trade);
  tick.price = 178.2;
  tick.size = 1200;
  EXPECT_EQ(Line(tick),
            "16:14:56.123456  trade      AAPL      primary            178.20 x 1,200\n");
}

TEST(TickLine, Quote) {
  Tick tick = MakeTick(Kind::Quote);
  tick.quote = QuoteFields{.bid = 178.22, .ask = 178.235, .bid_size = 300, .ask_size = 200};
  EXPECT_EQ(
      Line(tick),
      "16:14:56.123456  quote      AAPL      primary            178.22 x 300           178.235"
      " x 200\n");
}

TEST(TickLine, QuoteOfOneSide) {
  Tick tick = MakeTick(Kind::Quote);
  tick.quote = QuoteFields{.bid = 178.22, .bid_size = 300};
  EXPECT_EQ(
      Line(tick),
      "16:14:56.123456  quote      AAPL      primary            178.22 x 300                 -"
      " x -\n");
}

TEST(TickLine, Bar) {
  Tick tick = MakeTick(Kind::Bar);
  tick.price = 178.5;
  tick.size = 12'300;
  tick.window_ms = 60'000;
  tick.bar = BarFields{.open = 178, .high = 179.25, .low = 177.5};
  EXPECT_EQ(
      Line(tick),
      "16:14:56.123456  bar        AAPL      primary            178.50 x 12,300    open 178.00"
      "  high 179.25  low 177.50  60 s\n");
}

TEST(TickLine, Bands) {
  Tick tick = MakeTick(Kind::Luld);
  tick.luld = LuldFields{.high = 492.99, .low = 446.04};
  EXPECT_EQ(Line(tick),
            "16:14:56.123456  luld       AAPL      primary            446.04 to 492.99\n");
}

TEST(TickLine, OrderImbalance) {
  Tick tick = MakeTick(Kind::Imbalance);
  tick.imbalance = ImbalanceFields{.imbalance = -4800, .paired = 440, .clearing_price = 25.03};
  EXPECT_EQ(Line(tick),
            "16:14:56.123456  imbalance  AAPL      primary             25.03 x -4,800    paired"
            " 440\n");
}

TEST(TickLine, Value) {
  Tick tick = MakeTick(Kind::Value);
  tick.price = 4783.4512;
  EXPECT_EQ(Line(tick, "I:SPX"),
            "16:14:56.123456  value      I:SPX     primary         4783.4512\n");
}

TEST(TickLine, OtherEventsAsTheyCame) {
  const std::string_view raw = R"({"ev":"XL2","note":"a)"
                               "\x1b[2J\n"
                               R"("})";
  Tick tick = MakeTick(Kind::Other);
  tick.raw_data = raw.data();
  tick.raw_size = static_cast<std::uint32_t>(raw.size());
  EXPECT_EQ(Line(tick, "\x1b]0;x"),
            "16:14:56.123456  other      .]0;x     primary       {\"ev\":\"XL2\",\"note\":\"a.[2J."
            "\"}\n");
}

TEST(TickLine, WithoutATimeOfTheEventTheTimeOfArrival) {
  Tick tick = MakeTick(Kind::Value);
  tick.ts_recv_ns = tick.ts_event_ns;
  tick.ts_event_ns = kNoTime;
  EXPECT_EQ(Line(tick).substr(0, 15), "16:14:56.123456");
}

TEST(Text, GroupsThousands) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1000), "1,000");
  EXPECT_EQ(Grouped(18'446'744'073'709'551'615u), "18,446,744,073,709,551,615");
}

TEST(Text, PricesHaveTwoDecimalsOrMore) {
  EXPECT_EQ(PriceText(25), "25.00");
  EXPECT_EQ(PriceText(114.125), "114.125");
  EXPECT_EQ(PriceText(0.0007), "0.0007");
  EXPECT_EQ(PriceText(kAbsent), "-");
}

TEST(Text, SizesMayBeFractions) {
  EXPECT_EQ(SizeText(0.0073), "0.0073");
  EXPECT_EQ(SizeText(1e18), "1e+18");
  EXPECT_EQ(SizeText(kAbsent), "-");
}

}  // namespace
}  // namespace feedmux::console
