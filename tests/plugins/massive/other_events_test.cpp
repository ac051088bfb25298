#include <gtest/gtest.h>

#include <cmath>   // isnan
#include <string>  // string

#include "decoding.hpp"

namespace feedmux::massive {
namespace {

TEST(MassiveLuld, HasItsBandsAndNanoseconds) {
  const Decoding decoding{CorpusFrame("stocks_luld")};
  const Tick tick = decoding.tick();
  EXPECT_EQ(tick.kind, Kind::Luld);
  EXPECT_EQ(decoding.Symbol(tick), "MSFT");
  EXPECT_EQ(tick.luld.high, 492.99);
  EXPECT_EQ(tick.luld.low, 446.04);
  ASSERT_EQ(tick.luld.indicator_count, 1);
  EXPECT_EQ(tick.luld.indicators[0], 16);
  EXPECT_EQ(tick.luld.tape, 3);
  EXPECT_EQ(tick.ts_event_ns, 1764086430905642800);
  EXPECT_EQ(tick.vendor_sequence, 5925769U);
  EXPECT_TRUE(std::isnan(tick.price));
}

TEST(MassiveLuld, MayHaveMicroseconds) {
  EXPECT_EQ(Decoding{CorpusFrame("stocks_luld_us")}.tick().ts_event_ns, 1601316752683746'000);
}

TEST(MassiveImbalance, HasEveryField) {
  const Decoding decoding{CorpusFrame("stocks_noi_live")};
  const Tick tick = decoding.tick();
  EXPECT_EQ(tick.kind, Kind::Imbalance);
  EXPECT_EQ(decoding.Symbol(tick), "NTEST.Q");
  EXPECT_EQ(tick.ts_event_ns, 1601318039223013600);
  EXPECT_EQ(tick.vendor_sequence, 44U);
  EXPECT_EQ(tick.imbalance.auction_time, 930);
  EXPECT_EQ(tick.imbalance.auction_type, 'M');
  EXPECT_EQ(tick.imbalance.exchange, 10);
  EXPECT_EQ(tick.imbalance.imbalance, -480);
  EXPECT_EQ(tick.imbalance.paired, 440);
  EXPECT_EQ(tick.imbalance.clearing_price, 25.03);
  EXPECT_EQ(tick.imbalance.reference_price, 25.01);
}

TEST(MassiveImbalance, MayLackTheReferencePrice) {
  const Tick tick = Decoding{CorpusFrame("stocks_noi")}.tick();
  EXPECT_EQ(tick.imbalance.imbalance, 480);
  EXPECT_TRUE(std::isnan(tick.imbalance.reference_price));
}

struct ValueCase {
  const char* name;
  Market market;
  const char* symbol;
  double price;
  std::int64_t ts_event_ns;
};

TEST(MassiveValue, HasItsPriceWhateverItsKeyIsCalled) {
  const ValueCase cases[] = {
      {"stocks_fmv", Market::Stocks, "AAPL", 189.22, 1678220098130'000'000},
      {"launchpad_lv", Market::Stocks, "AAPL", 189.22, 1678220098130'000'000},
      {"options_fmv", Market::Options, "O:TSLA210903C00700000", 7.2, 1401715883806000000},
      {"options_lv", Market::Options, "O:TSLA210903C00700000", 7.2, 1401715883806000000},
      {"forex_fmv", Market::Forex, "C:EURUSD", 1.0631, 1678220098130'000'000},
      {"forex_lv", Market::Forex, "C:EURUSD", 1.0631, 1678220098130'000'000},
      {"crypto_fmv", Market::Crypto, "X:BTC-USD", 33021.9, 1610462007425'000'000},
      {"crypto_lv", Market::Crypto, "X:BTC-USD", 33021.9, 1610462007425'000'000},
      {"indices_v", Market::Indices, "I:SPX", 3988.5, 1678220098130'000'000},
  };
  for (const ValueCase& expected : cases) {
    const Decoding decoding{CorpusFrame(expected.name), expected.market};
    const Tick tick = decoding.tick();
    EXPECT_EQ(tick.kind, Kind::Value) << expected.name;
    EXPECT_EQ(decoding.Symbol(tick), expected.symbol);
    EXPECT_EQ(tick.price, expected.price) << expected.name;
    EXPECT_EQ(tick.ts_event_ns, expected.ts_event_ns) << expected.name;
  }
}

TEST(MassiveOther, KeepsTheBytesTheSymbolAndTheTime) {
  for (const char* name : {"crypto_xl2", "crypto_xs"}) {
    const Decoding decoding{CorpusFrame(name), Market::Crypto};
    const Tick tick = decoding.tick();
    EXPECT_EQ(tick.kind, Kind::Other);
    EXPECT_EQ(decoding.Symbol(tick), "BTC-USD");
    EXPECT_EQ(tick.ts_event_ns, 1610462411115'000'000);
    EXPECT_EQ(tick.Raw(), EventOf(CorpusFrame(name)));
  }
}

TEST(MassiveOther, NeedsNeitherSymbolNorTime) {
  for (const char* frame : {R"([{"ev":"ZZZ"}])", R"([{"ev":"ZZZ","sym":5,"t":"now","T":[1]}])",
                            R"([{"ev":"ZZZ","t":-1,"sym":null}])", R"([{"ev":"LONGER","t":{}}])"}) {
    const Tick tick = Decoding{frame}.tick();
    EXPECT_EQ(tick.kind, Kind::Other) << frame;
    EXPECT_EQ(tick.symbol, kNoSymbol) << frame;
    EXPECT_EQ(tick.ts_event_ns, kNoTime) << frame;
  }
}

TEST(MassiveOther, IsWhatDiffersInCase) {
  EXPECT_EQ(Decoding{R"([{"ev":"t","sym":"A"}])"}.tick().kind, Kind::Other);
  EXPECT_EQ(Decoding{R"([{"ev":"Status","sym":"A"}])"}.tick().kind, Kind::Other);
}

TEST(MassiveSymbol, OfSixtyFourBytesIsOne) {
  const std::string longest(64, 'X');
  const Decoding decoding{R"([{"ev":"T","sym":")" + longest + R"("}])"};
  EXPECT_EQ(decoding.Symbol(decoding.tick()), longest);
}

TEST(MassiveSymbol, ThatIsTooLongIsRejected) {
  const Decoding decoding{R"([{"ev":"T","sym":")" + std::string(65, 'X') + R"("}])"};
  EXPECT_EQ(decoding.batch().events, 1U);
  EXPECT_EQ(decoding.Rejected(RejectReason::OutOfRange), 1U);
}

TEST(MassiveSymbol, ThatIsTooLongIsNoneWhereTheTypeIsUnknown) {
  const Decoding decoding{R"([{"ev":"new","sym":")" + std::string(65, 'X') + R"("}])"};
  EXPECT_EQ(decoding.tick().symbol, kNoSymbol);
}

}  // namespace
}  // namespace feedmux::massive
