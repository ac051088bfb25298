#include <gtest/gtest.h>

#include <cmath>  // isnan

#include "decoding.hpp"

namespace feedmux::massive {
namespace {

TEST(MassiveQuote, OfStocksHasEveryField) {
  const Decoding decoding{CorpusFrame("stocks_q")};
  const Tick tick = decoding.tick();
  EXPECT_EQ(tick.kind, Kind::Quote);
  EXPECT_EQ(decoding.Symbol(tick), "MSFT");
  EXPECT_EQ(tick.quote.bid, 114.125);
  EXPECT_EQ(tick.quote.bid_size, 100);
  EXPECT_EQ(tick.quote.bid_exchange, 4);
  EXPECT_EQ(tick.quote.ask, 114.128);
  EXPECT_EQ(tick.quote.ask_size, 160);
  EXPECT_EQ(tick.quote.ask_exchange, 7);
  EXPECT_EQ(tick.quote.condition, 0);
  ASSERT_EQ(tick.quote.indicator_count, 1);
  EXPECT_EQ(tick.quote.indicators[0], 604);
  EXPECT_EQ(tick.quote.tape, 3);
  EXPECT_EQ(tick.vendor_sequence, 50385480U);
  EXPECT_EQ(tick.ts_event_ns, 1536036818784'000'000);
  EXPECT_TRUE(std::isnan(tick.price));
  EXPECT_TRUE(std::isnan(tick.size));
  EXPECT_EQ(tick.flags, 0);
}

TEST(MassiveQuote, OfOptionsHasWhatOptionsHave) {
  const Decoding decoding{CorpusFrame("options_q"), Market::Options};
  const Tick tick = decoding.tick();
  EXPECT_EQ(decoding.Symbol(tick), "O:SPY241220P00720000");
  EXPECT_EQ(tick.quote.bid, 9.71);
  EXPECT_EQ(tick.quote.ask, 9.81);
  EXPECT_EQ(tick.quote.bid_size, 17);
  EXPECT_EQ(tick.quote.ask_size, 24);
  EXPECT_EQ(tick.quote.bid_exchange, 302);
  EXPECT_EQ(tick.quote.ask_exchange, 302);
  EXPECT_EQ(tick.quote.condition, kNoCode);
  EXPECT_EQ(tick.quote.tape, kNoCode);
  EXPECT_EQ(tick.quote.indicator_count, 0);
  EXPECT_EQ(tick.vendor_sequence, 844090872U);
  EXPECT_EQ(tick.ts_event_ns, 1644506128351'000'000);
}

TEST(MassiveQuote, OfFuturesHasATimePerSide) {
  const Decoding decoding{CorpusFrame("futures_q"), Market::Futures};
  const Tick tick = decoding.tick();
  EXPECT_EQ(tick.kind, Kind::Quote);
  EXPECT_EQ(tick.flags, tick_flags::kFutures);
  EXPECT_EQ(decoding.Symbol(tick), "ESZ4");
  EXPECT_EQ(tick.futures_quote.bid, 114.125);
  EXPECT_EQ(tick.futures_quote.bid_size, 100);
  EXPECT_EQ(tick.futures_quote.ts_bid_ns, 1734103628360'000'000);
  EXPECT_EQ(tick.futures_quote.ask, 114.128);
  EXPECT_EQ(tick.futures_quote.ask_size, 160);
  EXPECT_EQ(tick.futures_quote.ts_ask_ns, 1734103628350'000'000);
  EXPECT_EQ(tick.ts_event_ns, 1536036818784'000'000);
}

TEST(MassiveQuote, OfForexHasItsPairInP) {
  for (const char* name : {"forex_c", "forex_c_quoted_x"}) {
    const Decoding decoding{CorpusFrame(name), Market::Forex};
    const Tick tick = decoding.tick();
    EXPECT_EQ(tick.kind, Kind::Quote);
    EXPECT_EQ(decoding.Symbol(tick), "USD/CNH");
    EXPECT_EQ(tick.quote.bid, 6.83363);
    EXPECT_EQ(tick.quote.ask, 6.83366);
    EXPECT_TRUE(std::isnan(tick.quote.bid_size));
    EXPECT_TRUE(std::isnan(tick.quote.ask_size));
    EXPECT_EQ(tick.quote.bid_exchange, 44);
    EXPECT_EQ(tick.quote.ask_exchange, 44);
    EXPECT_EQ(tick.ts_event_ns, 1536036818784'000'000);
    EXPECT_TRUE(std::isnan(tick.price));
  }
}

TEST(MassiveQuote, OfCryptoHasTheVendorsTime) {
  const Decoding decoding{CorpusFrame("crypto_xq"), Market::Crypto};
  const Tick tick = decoding.tick();
  EXPECT_EQ(tick.kind, Kind::Quote);
  EXPECT_EQ(decoding.Symbol(tick), "BTC-USD");
  EXPECT_EQ(tick.quote.bid, 33052.79);
  EXPECT_EQ(tick.quote.bid_size, 0.48);
  EXPECT_EQ(tick.quote.ask, 33073.19);
  EXPECT_EQ(tick.quote.ask_size, 0.601);
  EXPECT_EQ(tick.quote.bid_exchange, 1);
  EXPECT_EQ(tick.quote.ask_exchange, 1);
  EXPECT_EQ(tick.ts_event_ns, 1610462411115'000'000);
  EXPECT_EQ(tick.quote.ts_vendor_ns, 1610462411128'000'000);
}

TEST(MassiveQuote, WithOneSideHasTheOtherAbsent) {
  const Tick tick = Decoding{R"([{"ev":"Q","sym":"A","bp":1.5,"ap":null}])"}.tick();
  EXPECT_EQ(tick.quote.bid, 1.5);
  EXPECT_TRUE(std::isnan(tick.quote.ask));
  EXPECT_EQ(tick.quote.ask_exchange, kNoCode);
}

TEST(MassiveQuote, SaysWhenItHasMoreIndicatorsThanATickHolds) {
  const Tick tick = Decoding{R"([{"ev":"Q","sym":"A","i":[1,2,3,4,5]}])"}.tick();
  EXPECT_EQ(tick.quote.indicator_count, 4);
  EXPECT_EQ(tick.flags, tick_flags::kMoreConditions);
}

TEST(MassiveQuote, SizesMayBeFractions) {
  EXPECT_EQ(Decoding{R"([{"ev":"Q","sym":"A","bs":1.1212}])"}.tick().quote.bid_size, 1.1212);
}

}  // namespace
}  // namespace feedmux::massive
