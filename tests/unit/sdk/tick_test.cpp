#include "feedmux/tick.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace feedmux {
namespace {

constexpr std::string_view kRaw = R"({"ev":"T","i":"17"})";

TEST(Tick, BeginsWithEverythingAbsent) {
  const Tick tick;
  EXPECT_TRUE(std::isnan(tick.price));
  EXPECT_TRUE(std::isnan(tick.size));
  EXPECT_EQ(tick.symbol, kNoSymbol);
  EXPECT_EQ(tick.ts_event_ns, kNoTime);
  EXPECT_EQ(tick.kind, Kind::Other);
  EXPECT_TRUE(tick.Raw().empty());
  EXPECT_TRUE(tick.TradeId().empty());
}

TEST(Tick, GivesTheIdOfATradeOutOfItsRawBytes) {
  Tick tick;
  tick.kind = Kind::Trade;
  tick.raw_data = kRaw.data();
  tick.raw_size = static_cast<std::uint32_t>(kRaw.size());
  tick.trade.id_offset = static_cast<std::uint32_t>(kRaw.find("17"));
  tick.trade.id_size = 2;
  EXPECT_EQ(tick.Raw(), kRaw);
  EXPECT_EQ(tick.TradeId(), "17");
}

TEST(Tick, HasNoTradeIdUnlessItIsATrade) {
  Tick tick;
  tick.kind = Kind::Bar;
  tick.raw_data = kRaw.data();
  tick.raw_size = static_cast<std::uint32_t>(kRaw.size());
  tick.bar = BarFields{.open = 1, .high = 2, .low = 3, .vwap = 4};
  EXPECT_TRUE(tick.TradeId().empty());
}

TEST(Tick, IsCopiedByItsBytes) {
  Tick tick;
  tick.kind = Kind::Quote;
  tick.quote = QuoteFields{.bid = 1.5, .ask = 2.5};
  Tick copy;
  std::memcpy(static_cast<void*>(&copy), &tick, sizeof tick);
  EXPECT_EQ(copy.quote.bid, 1.5);
  EXPECT_EQ(copy.quote.ask, 2.5);
}

TEST(Tick, ReadsTheCommonFieldsOfAFuturesQuoteEitherWay) {
  Tick tick;
  tick.futures_quote = FuturesQuoteFields{.bid = 1, .ask = 2, .bid_size = 3, .ask_size = 4};
  EXPECT_EQ(tick.quote.bid, 1);
  EXPECT_EQ(tick.quote.ask, 2);
  EXPECT_EQ(tick.quote.bid_size, 3);
  EXPECT_EQ(tick.quote.ask_size, 4);
}

TEST(Tick, ReadsTheCommonFieldsOfAFuturesBarEitherWay) {
  Tick tick;
  tick.futures_bar = FuturesBarFields{.open = 1, .high = 2, .low = 3};
  EXPECT_EQ(tick.bar.open, 1);
  EXPECT_EQ(tick.bar.high, 2);
  EXPECT_EQ(tick.bar.low, 3);
}

}  // namespace
}  // namespace feedmux
