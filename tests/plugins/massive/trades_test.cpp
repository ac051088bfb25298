#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>  // isnan

#include "decoding.hpp"

namespace feedmux::massive {
namespace {

TEST(MassiveTrade, OfStocksHasEveryField) {
  const Decoding decoding{CorpusFrame("stocks_t")};
  const Tick tick = decoding.tick();
  EXPECT_EQ(tick.kind, Kind::Trade);
  EXPECT_EQ(decoding.Symbol(tick), "MSFT");
  EXPECT_EQ(tick.price, 114.125);
  EXPECT_EQ(tick.size, 100);
  EXPECT_EQ(tick.ts_event_ns, 1536036818784'000'000);
  EXPECT_EQ(tick.vendor_sequence, 3681328U);
  EXPECT_EQ(tick.trade.exchange, 4);
  EXPECT_EQ(tick.trade.tape, 3);
  EXPECT_EQ(tick.TradeId(), "12345");
  ASSERT_EQ(tick.trade.condition_count, 2);
  EXPECT_EQ(tick.trade.conditions[0], 0);
  EXPECT_EQ(tick.trade.conditions[1], 12);
  EXPECT_EQ(tick.trade.trf_id, kNoCode);
  EXPECT_EQ(tick.trade.ts_participant_ns, kNoTime);
  EXPECT_EQ(tick.flags, 0);
  EXPECT_EQ(tick.Raw(), EventOf(CorpusFrame("stocks_t")));
}

TEST(MassiveTrade, OfAFractionOfAShareHasItsExactSize) {
  const Tick tick = Decoding{CorpusFrame("stocks_t_fraction")}.tick();
  EXPECT_EQ(tick.size, 0.0073);
  EXPECT_EQ(tick.ts_event_ns, 1772566172552'000'000);
  EXPECT_EQ(tick.trade.ts_participant_ns, 1772566172550'000'000);
  EXPECT_EQ(tick.trade.ts_trf_ns, 1772566172551'000'000);
  EXPECT_EQ(tick.trade.trf_id, 202);
}

TEST(MassiveTrade, TakesTheExactSizeWhereverItStands) {
  EXPECT_EQ(Decoding{R"([{"ev":"T","sym":"A","ds":"1.5","s":1}])"}.tick().size, 1.5);
  EXPECT_EQ(Decoding{R"([{"ev":"T","sym":"A","s":1,"ds":"1.5"}])"}.tick().size, 1.5);
  EXPECT_EQ(Decoding{R"([{"ev":"T","sym":"A","s":1,"ds":null}])"}.tick().size, 1);
}

TEST(MassiveTrade, OfOptionsHasWhatOptionsHave) {
  const Decoding decoding{CorpusFrame("options_t"), Market::Options};
  const Tick tick = decoding.tick();
  EXPECT_EQ(tick.kind, Kind::Trade);
  EXPECT_EQ(decoding.Symbol(tick), "O:AMC210827C00037000");
  EXPECT_EQ(tick.price, 1.54);
  EXPECT_EQ(tick.size, 1);
  EXPECT_EQ(tick.trade.exchange, 65);
  ASSERT_EQ(tick.trade.condition_count, 1);
  EXPECT_EQ(tick.trade.conditions[0], 233);
  EXPECT_EQ(tick.vendor_sequence, 651921857U);
  EXPECT_EQ(tick.ts_event_ns, 1629820676333'000'000);
  EXPECT_EQ(tick.trade.tape, kNoCode);
  EXPECT_EQ(tick.TradeId(), "");
}

TEST(MassiveTrade, OfFuturesIgnoresTheStrayTape) {
  for (const char* name : {"futures_t", "futures_t_z"}) {
    const Decoding decoding{CorpusFrame(name), Market::Futures};
    const Tick tick = decoding.tick();
    EXPECT_EQ(tick.kind, Kind::Trade);
    EXPECT_EQ(decoding.Symbol(tick), "ESZ4");
    EXPECT_EQ(tick.price, 606450);
    EXPECT_EQ(tick.size, 100);
    EXPECT_EQ(tick.ts_event_ns, 1734103628363'000'000);
    EXPECT_EQ(tick.vendor_sequence, 32599300U);
    EXPECT_EQ(tick.trade.tape, kNoCode);
  }
}

TEST(MassiveTrade, OfCryptoHasTheVendorsTimeAndItsPair) {
  const Decoding decoding{CorpusFrame("crypto_xt"), Market::Crypto};
  const Tick tick = decoding.tick();
  EXPECT_EQ(tick.kind, Kind::Trade);
  EXPECT_EQ(decoding.Symbol(tick), "BTC-USD");
  EXPECT_EQ(tick.price, 33021.9);
  EXPECT_EQ(tick.size, 0.01616617);
  EXPECT_EQ(tick.ts_event_ns, 1610462007425'000'000);
  EXPECT_EQ(tick.trade.ts_vendor_ns, 1610462007576'000'000);
  EXPECT_EQ(tick.trade.exchange, 3);
  ASSERT_EQ(tick.trade.condition_count, 1);
  EXPECT_EQ(tick.trade.conditions[0], 2);
  EXPECT_EQ(tick.TradeId(), "14272084");
  EXPECT_EQ(tick.vendor_sequence, 0U);
}

TEST(MassiveTrade, IdMayBeANumber) {
  EXPECT_EQ(Decoding(CorpusFrame("crypto_xt_number_id"), Market::Crypto).tick().TradeId(),
            "14272084");
  EXPECT_EQ(Decoding(R"([{"ev":"T","sym":"A","i" : 77 }])").tick().TradeId(), "77");
}

TEST(MassiveTrade, IdKeepsItsEscapes) {
  const Decoding decoding{CorpusFrame("escapes")};
  EXPECT_EQ(decoding.tick().TradeId(), R"(a\"b\\)");
}

TEST(MassiveTrade, SaysWhenItHasMoreConditionsThanATickHolds) {
  const Tick eight = Decoding{R"([{"ev":"T","sym":"A","c":[1,2,3,4,5,6,7,8]}])"}.tick();
  EXPECT_EQ(eight.trade.condition_count, 8);
  EXPECT_EQ(eight.flags, 0);
  const Tick nine = Decoding{R"([{"ev":"T","sym":"A","c":[1,2,3,4,5,6,7,8,9]}])"}.tick();
  EXPECT_EQ(nine.trade.condition_count, 8);
  EXPECT_EQ(nine.trade.conditions[7], 8);
  EXPECT_EQ(nine.flags, tick_flags::kMoreConditions);
}

TEST(MassiveTrade, WithoutOptionalFieldsHasThemAbsent) {
  for (const char* frame : {R"([{"ev":"T","sym":"A"}])",
                            R"([{"ev":"T","sym":"A","p":null,"s":null,"t":null,"q":null,"c":null,)"
                            R"("i":null,"x":null,"z":null,"pt":null,"trfi":null,"trft":null}])"}) {
    const Tick tick = Decoding{frame}.tick();
    EXPECT_TRUE(std::isnan(tick.price));
    EXPECT_TRUE(std::isnan(tick.size));
    EXPECT_EQ(tick.ts_event_ns, kNoTime);
    EXPECT_EQ(tick.vendor_sequence, 0U);
    EXPECT_EQ(tick.trade.condition_count, 0);
    EXPECT_EQ(tick.trade.exchange, kNoCode);
    EXPECT_EQ(tick.trade.tape, kNoCode);
    EXPECT_EQ(tick.TradeId(), "");
  }
}

TEST(MassiveTrade, HasNoTickerInItsEventCode) {
  const Decoding decoding{R"([{"ev":"T","T":"B","sym":"A","P":2,"p":1}])"};
  EXPECT_EQ(decoding.Symbol(decoding.tick()), "A");
  EXPECT_EQ(decoding.tick().price, 1);
}

}  // namespace
}  // namespace feedmux::massive
