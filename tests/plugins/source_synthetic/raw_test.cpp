#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "event_json.hpp"
#include "market.hpp"

namespace feedmux::synthetic {
namespace {

using nlohmann::json;
using testing::Market;
using testing::Select;
using testing::SimulatedSettings;

Settings RawSettings() {
  Settings settings = SimulatedSettings();
  settings.raw = true;
  return settings;
}

std::int64_t Ms(std::int64_t ns) { return ns / 1'000'000; }

TEST(Raw, IsAbsentUnlessAskedFor) {
  Market market{SimulatedSettings()};
  for (const Tick& tick : market.Make(2000)) ASSERT_TRUE(tick.Raw().empty());
  for (const Batch& batch : market.batches()) ASSERT_TRUE(batch.frame.empty());
}

TEST(Raw, AFrameIsAnArrayOfItsTicksEvents) {
  Market market{RawSettings()};
  market.Make(5000);
  for (const Batch& batch : market.batches()) {
    const json frame = json::parse(batch.frame);
    ASSERT_EQ(frame.size(), batch.ticks.size());
    for (std::size_t i = 0; i < frame.size(); ++i) {
      ASSERT_EQ(json::parse(batch.ticks[i].Raw()), frame[i]);
    }
  }
}

TEST(Raw, ATradeSaysWhatItsTickSays) {
  Market market{RawSettings()};
  int off_exchange = 0;
  for (const Tick& tick : Select(market.Make(5000), Kind::Trade)) {
    const json event = json::parse(tick.Raw());
    ASSERT_EQ(event["ev"], "T");
    ASSERT_EQ(event["sym"], "S" + std::to_string(tick.symbol));
    ASSERT_EQ(event["x"], tick.trade.exchange);
    ASSERT_EQ(event["i"], tick.TradeId());
    ASSERT_EQ(event["z"], tick.trade.tape);
    ASSERT_EQ(event["p"], tick.price);
    ASSERT_TRUE(event["s"].is_number_integer());
    ASSERT_EQ(event["s"], tick.size);
    ASSERT_EQ(event["t"].get<std::int64_t>() * 1'000'000, tick.ts_event_ns);
    ASSERT_EQ(event["pt"].get<std::int64_t>() * 1'000'000, tick.trade.ts_participant_ns);
    ASSERT_EQ(event["q"], tick.vendor_sequence);
    ASSERT_EQ(event.contains("c"), tick.trade.condition_count > 0);
    if (event.contains("c")) {
      ASSERT_EQ(event["c"], json::array({tick.trade.conditions[0]}));
    }
    ASSERT_EQ(event.contains("trfi"), tick.trade.exchange == 4);
    if (tick.trade.exchange != 4) continue;
    ++off_exchange;
    ASSERT_EQ(event["trfi"], tick.trade.trf_id);
    ASSERT_EQ(event["trft"].get<std::int64_t>() * 1'000'000, tick.trade.ts_trf_ns);
  }
  EXPECT_GT(off_exchange, 100);
}

TEST(Raw, AQuoteSaysWhatItsTickSays) {
  Market market{RawSettings()};
  for (const Tick& tick : Select(market.Make(5000), Kind::Quote)) {
    const json event = json::parse(tick.Raw());
    const QuoteFields& quote = tick.quote;
    ASSERT_EQ(event, json({{"ev", "Q"},
                           {"sym", "S" + std::to_string(tick.symbol)},
                           {"bx", quote.bid_exchange},
                           {"bp", quote.bid},
                           {"bs", quote.bid_size},
                           {"ax", quote.ask_exchange},
                           {"ap", quote.ask},
                           {"as", quote.ask_size},
                           {"c", quote.condition},
                           {"t", Ms(tick.ts_event_ns)},
                           {"q", tick.vendor_sequence},
                           {"z", quote.tape}}));
  }
}

TEST(Raw, ABarSaysWhatItsTickSays) {
  Market market{RawSettings()};
  const auto bars = Select(market.Make(5000), Kind::Bar);
  ASSERT_GT(bars.size(), 10u);
  for (const Tick& tick : bars) {
    json event = json::parse(tick.Raw());
    ASSERT_GE(event["z"], 100);
    event.erase("z");
    ASSERT_EQ(event, json({{"ev", "A"},
                           {"sym", "S" + std::to_string(tick.symbol)},
                           {"v", tick.size},
                           {"av", tick.bar.day_volume},
                           {"op", tick.bar.official_open},
                           {"vw", tick.bar.vwap},
                           {"o", tick.bar.open},
                           {"c", tick.price},
                           {"h", tick.bar.high},
                           {"l", tick.bar.low},
                           {"a", tick.bar.day_vwap},
                           {"s", Ms(tick.ts_event_ns) - 1000},
                           {"e", Ms(tick.ts_event_ns)}}));
  }
}

TEST(Raw, LongerBarsAreMinuteBars) {
  Settings settings = RawSettings();
  settings.bar_interval_ns = 60 * testing::kSecondNs;
  settings.simulated_rate = 10;
  Market market(settings, 1);
  const auto bars = Select(market.Make(1000), Kind::Bar);
  ASSERT_FALSE(bars.empty());
  const json event = json::parse(bars[0].Raw());
  EXPECT_EQ(event["ev"], "AM");
  EXPECT_EQ(event["e"].get<std::int64_t>() - event["s"].get<std::int64_t>(), 60'000);
}

TEST(Raw, AnyTickerIsAValidString) {
  for (const std::string ticker : {"BRK.B", "a\"b\\c\n", "\xff\xfe", "\xc3\xa9"}) {
    EXPECT_TRUE(json::accept(JsonString(ticker))) << JsonString(ticker);
  }
  EXPECT_EQ(JsonString("BRK.B"), R"("BRK.B")");
}

}  // namespace
}  // namespace feedmux::synthetic
