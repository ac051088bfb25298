#include "cli/control/tick_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace feedmux {
namespace {

std::string Text(const char* fields) {
  auto tick = nlohmann::ordered_json::parse(
      R"({"symbol":"AAPL","connection":"primary","ts_event_ns":1705853696123456789})");
  tick.update(nlohmann::ordered_json::parse(fields));
  return TickText(tick);
}

TEST(TickText, ShowsATrade) {
  EXPECT_EQ(Text(R"({"kind":"trade","price":178.23,"size":1500})"),
            "16:14:56.123456  trade      AAPL      primary            178.23 x 1,500\n");
}

TEST(TickText, ShowsAQuoteWithOneSide) {
  EXPECT_EQ(Text(R"({"kind":"quote","bid":10.5,"bid_size":3})"),
            "16:14:56.123456  quote      AAPL      primary             10.50 x 3"
            "                   - x -\n");
}

TEST(TickText, ShowsABar) {
  EXPECT_EQ(Text(R"({"kind":"bar","price":2,"size":10,"open":1,"high":3,"low":0.5,)"
                 R"("window_ms":60000})"),
            "16:14:56.123456  bar        AAPL      primary              2.00 x 10"
            "        open 1.00  high 3.00  low 0.50  60 s\n");
}

TEST(TickText, ShowsAnImbalanceOfSellers) {
  EXPECT_EQ(Text(R"({"kind":"imbalance","clearing_price":9,"imbalance":-5000,"paired":10})"),
            "16:14:56.123456  imbalance  AAPL      primary              9.00 x -5,000"
            "    paired 10\n");
}

TEST(TickText, ShowsTheTimeOfArrivalIfTheEventHasNone) {
  EXPECT_EQ(TickText(nlohmann::ordered_json::parse(
                R"({"kind":"value","ts_recv_ns":1705853696000001000,"price":7})")),
            "16:14:56.000001  value                                     7.00\n");
}

TEST(TickText, ShowsTheVendorsTextWhereThereAreNoFields) {
  EXPECT_EQ(Text(R"({"kind":"other","raw":"{\"ev\":\"X\u001b\"}"})"),
            "16:14:56.123456  other      AAPL      primary       {\"ev\":\"X.\"}\n");
}

}  // namespace
}  // namespace feedmux
