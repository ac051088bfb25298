#include <gtest/gtest.h>

#include <cmath>  // isnan

#include "decoding.hpp"

namespace feedmux::massive {
namespace {

TEST(MassiveBar, OfASecondHasEveryField) {
  const Decoding decoding{CorpusFrame("stocks_a")};
  const Tick tick = decoding.tick();
  EXPECT_EQ(tick.kind, Kind::Bar);
  EXPECT_EQ(decoding.Symbol(tick), "SPCE");
  EXPECT_EQ(tick.price, 25.39);
  EXPECT_EQ(tick.size, 200);
  EXPECT_EQ(tick.ts_event_ns, 1610144869000'000'000);
  EXPECT_EQ(tick.window_ms, 1000U);
  EXPECT_EQ(tick.bar.open, 25.39);
  EXPECT_EQ(tick.bar.high, 25.39);
  EXPECT_EQ(tick.bar.low, 25.39);
  EXPECT_EQ(tick.bar.vwap, 25.3981);
  EXPECT_EQ(tick.bar.day_volume, 8642007);
  EXPECT_EQ(tick.bar.day_vwap, 25.3714);
  EXPECT_EQ(tick.bar.official_open, 25.66);
  EXPECT_EQ(tick.flags, 0);
}

TEST(MassiveBar, OfAMinuteHasItsWindow) {
  for (const char* name : {"stocks_am", "launchpad_am"}) {
    const Decoding decoding{CorpusFrame(name)};
    const Tick tick = decoding.tick();
    EXPECT_EQ(tick.kind, Kind::Bar);
    EXPECT_EQ(decoding.Symbol(tick), "GTE");
    EXPECT_EQ(tick.window_ms, 60000U);
    EXPECT_EQ(tick.ts_event_ns, 1610144700000'000'000);
    EXPECT_EQ(tick.bar.open, 0.4488);
    EXPECT_EQ(tick.price, 0.4486);
    EXPECT_EQ(tick.bar.high, 0.4489);
    EXPECT_EQ(tick.bar.low, 0.4486);
    EXPECT_EQ(tick.size, 4110);
  }
}

TEST(MassiveBar, PrefersTheExactVolumes) {
  const Tick tick = Decoding{CorpusFrame("stocks_a_decimal")}.tick();
  EXPECT_EQ(tick.size, 4989.0);
  EXPECT_EQ(tick.bar.day_volume, 4332125.038360);
  EXPECT_EQ(tick.flags, tick_flags::kOtc);
}

TEST(MassiveBar, IsOverTheCounterOnlyWhenItSaysSo) {
  EXPECT_EQ(Decoding{R"([{"ev":"A","sym":"A","otc":false}])"}.tick().flags, 0);
  EXPECT_EQ(Decoding{R"([{"ev":"A","sym":"A","otc":true}])"}.tick().flags, tick_flags::kOtc);
}

TEST(MassiveBar, TakesTheWindowFromItsTimesNotItsChannel) {
  const Decoding decoding{CorpusFrame("options_a"), Market::Options};
  const Tick tick = decoding.tick();
  EXPECT_EQ(decoding.Symbol(tick), "O:ONEM220121C00025000");
  EXPECT_EQ(tick.window_ms, 60000U);
  EXPECT_EQ(tick.ts_event_ns, 1632419700000'000'000);
  EXPECT_EQ(tick.size, 2);
  EXPECT_EQ(tick.price, 2.05);
  EXPECT_EQ(tick.bar.official_open, 2.2);
  EXPECT_EQ(Decoding(CorpusFrame("options_am"), Market::Options).tick().window_ms, 60000U);
}

TEST(MassiveBar, OfAnIndexEndsOneWindowBehindItsOnlyTime) {
  const Decoding second{CorpusFrame("indices_a"), Market::Indices};
  EXPECT_EQ(second.Symbol(second.tick()), "I:SPX");
  EXPECT_EQ(second.tick().window_ms, 1000U);
  EXPECT_EQ(second.tick().ts_event_ns, (1678220675805 + 1000) * 1'000'000);
  EXPECT_EQ(second.tick().price, 3985.67);
  EXPECT_TRUE(std::isnan(second.tick().size));
  const Decoding minute{CorpusFrame("indices_am"), Market::Indices};
  EXPECT_EQ(minute.tick().window_ms, 60000U);
  EXPECT_EQ(minute.tick().ts_event_ns, (1678220675805 + 60000) * 1'000'000);
}

TEST(MassiveBar, WithoutEndEndsOneWindowBehindItsStart) {
  const Tick tick = Decoding(CorpusFrame("forex_ca_no_end"), Market::Forex).tick();
  EXPECT_EQ(tick.window_ms, 60000U);
  EXPECT_EQ(tick.ts_event_ns, 1539145800000'000'000);
}

TEST(MassiveBar, WithoutStartHasTheWindowOfItsChannel) {
  const Tick tick = Decoding{R"([{"ev":"A","sym":"A","e":1610144869000}])"}.tick();
  EXPECT_EQ(tick.window_ms, 1000U);
  EXPECT_EQ(tick.ts_event_ns, 1610144869000'000'000);
}

TEST(MassiveBar, WithoutTimesHasNone) {
  const Tick tick = Decoding{R"([{"ev":"AM","sym":"A","dav":"2.5"}])"}.tick();
  EXPECT_EQ(tick.ts_event_ns, kNoTime);
  EXPECT_EQ(tick.window_ms, 60000U);
  EXPECT_EQ(tick.bar.day_volume, 2.5);
}

TEST(MassiveBar, ThatStartsLaterThanNanosecondsCountIsOutOfRange) {
  const Decoding decoding{CorpusFrame("bad_start"), Market::Forex};
  EXPECT_EQ(decoding.Rejected(RejectReason::OutOfRange), 1U);
}

TEST(MassiveBar, ThatEndsBeforeItStartsIsOutOfRange) {
  const Decoding decoding{R"([{"ev":"A","sym":"A","s":1610144869000,"e":1610144868000}])"};
  EXPECT_EQ(decoding.Rejected(RejectReason::OutOfRange), 1U);
}

TEST(MassiveBar, OfForexHasItsPair) {
  const Decoding minute{CorpusFrame("forex_ca"), Market::Forex};
  EXPECT_EQ(minute.Symbol(minute.tick()), "USD/EUR");
  EXPECT_EQ(minute.tick().window_ms, 60000U);
  EXPECT_EQ(minute.tick().size, 20);
  EXPECT_EQ(minute.tick().bar.open, 0.8687);
  EXPECT_EQ(minute.tick().price, 0.86889);
  const Decoding second{CorpusFrame("forex_cas"), Market::Forex};
  EXPECT_EQ(second.tick().kind, Kind::Bar);
  EXPECT_EQ(second.tick().window_ms, 1000U);
  EXPECT_EQ(second.tick().ts_event_ns, 1539145741000'000'000);
}

TEST(MassiveBar, OfCryptoHasAVolumeOfFractions) {
  for (const char* name : {"crypto_xa", "crypto_xas"}) {
    const Decoding decoding{CorpusFrame(name), Market::Crypto};
    const Tick tick = decoding.tick();
    EXPECT_EQ(tick.kind, Kind::Bar);
    EXPECT_EQ(decoding.Symbol(tick), "BCD-USD");
    EXPECT_EQ(tick.size, 951.6112);
    EXPECT_EQ(tick.bar.vwap, 0.7756);
    EXPECT_EQ(tick.bar.open, 0.772);
    EXPECT_EQ(tick.price, 0.784);
    EXPECT_EQ(tick.bar.high, 0.784);
    EXPECT_EQ(tick.bar.low, 0.771);
    EXPECT_EQ(tick.window_ms, 60000U);
  }
}

TEST(MassiveBar, OfLaunchpadHasTheSymbolOfItsMarket) {
  const Decoding forex{CorpusFrame("forex_launchpad_am"), Market::Forex};
  EXPECT_EQ(forex.Symbol(forex.tick()), "C:USD-EUR");
  EXPECT_EQ(forex.tick().price, 0.9286);
  const Decoding crypto{CorpusFrame("crypto_launchpad_am"), Market::Crypto};
  EXPECT_EQ(crypto.Symbol(crypto.tick()), "X:BTC-USD");
  EXPECT_EQ(crypto.tick().size, 951.6112);
  EXPECT_EQ(crypto.tick().bar.day_volume, 738.6112);
}

TEST(MassiveBar, OfFuturesHasItsValueInDollars) {
  const Decoding minute{CorpusFrame("futures_am"), Market::Futures};
  const Tick tick = minute.tick();
  EXPECT_EQ(tick.kind, Kind::Bar);
  EXPECT_EQ(tick.flags, tick_flags::kFutures);
  EXPECT_EQ(minute.Symbol(tick), "6CH5");
  EXPECT_EQ(tick.size, 91);
  EXPECT_EQ(tick.price, 6995);
  EXPECT_EQ(tick.futures_bar.open, 6994.5);
  EXPECT_EQ(tick.futures_bar.high, 6995);
  EXPECT_EQ(tick.futures_bar.low, 6994.5);
  EXPECT_EQ(tick.futures_bar.dollar_value, 1353.1);
  EXPECT_EQ(tick.futures_bar.transactions, 10);
  EXPECT_EQ(tick.window_ms, 60000U);
  EXPECT_EQ(tick.ts_event_ns, 1751933760000'000'000);
  EXPECT_EQ(Decoding(CorpusFrame("futures_a"), Market::Futures).tick().window_ms, 1000U);
}

TEST(MassiveBar, ReadsTheSameKeyAsTheMarketMeansIt) {
  EXPECT_EQ(Decoding(R"([{"ev":"A","sym":"A","dv":5}])").Rejected(RejectReason::WrongType), 1U);
  EXPECT_EQ(Decoding(R"([{"ev":"A","sym":"A","dv":"5"}])", Market::Futures)
                .Rejected(RejectReason::WrongType),
            1U);
}

}  // namespace
}  // namespace feedmux::massive
