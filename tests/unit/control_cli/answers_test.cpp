#include "cli/control/answers.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "status_json/health_json.hpp"
#include "status_json/rebalance_json.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;
using ::testing::EndsWith;

TEST(PlansText, SaysWhatWouldMove) {
  const Json plans =
      RebalanceJson({{"massive",
                      {{"AAPL", "connection_1", "connection_2", 120.5}},
                      {{"connection_1", 500, 379.5}, {"connection_2", 200, 320.5}}}});
  EXPECT_EQ(PlansText(plans, false),
            "massive: 1 move\n"
            "  AAPL  connection_1 -> connection_2  121 ticks/s\n"
            "  connection_1: 500 -> 380 ticks/s\n"
            "  connection_2: 200 -> 321 ticks/s\n"
            "nothing was changed; --apply makes these moves\n");
}

TEST(PlansText, SaysWhatWasMoved) {
  const Json plans = RebalanceJson({{"massive", {{"A", "connection_1", "connection_2", 1}}, {}}});
  EXPECT_EQ(PlansText(plans, true),
            "massive: 1 move\n  A  connection_1 -> connection_2  1.0 ticks/s\n");
}

TEST(PlansText, SaysThatThereIsNothingToDo) {
  EXPECT_EQ(PlansText(RebalanceJson({{"massive", {}, {}}}), false),
            "nothing to move: the connections are balanced as they are\n");
}

TEST(PlansText, SaysThatRatesAreNotMeasuredYet) {
  const Json plans = RebalanceJson({{"massive", {}, {{"connection_1", 0, 0}}, false}});
  for (const bool applied : {false, true}) {
    EXPECT_EQ(PlansText(plans, applied),
              "rates are not measured yet: ask again 10 s after the start\n");
  }
}

TEST(UniversesTable, ShowsEachWithItsAge) {
  constexpr std::int64_t kNoonNs = 1'705'838'400'000'000'000;
  EXPECT_EQ(
      UniversesTable(
          UniversesJson({{"etf:sectors", "lists", 1100, "0123456789abcdef", kNoonNs, false, ""},
                         {"tech", "redis", 3, "ab", 0, true, "refused"}}),
          Paint{false}),
      "UNIVERSE     RESOLVER  SYMBOLS  RESOLVED  HASH              STATE\n"
      "etf:sectors  lists       1,100  12:00:00  0123456789abcdef  ok\n"
      "tech         redis           3     never  ab                stale\n"
      "  refused\n");
}

TEST(TickersText, ListsThemUnderTheirConnection) {
  const Json connections = Json::parse(R"([
    {"connection_id":"connection_1","name":"primary","tickers":["AAPL","MSFT"]},
    {"connection_id":"connection_2","name":"secondary","tickers":[]}])");
  EXPECT_EQ(TickersText(connections),
            "connection_1 primary, 2 tickers\n  AAPL MSFT\nconnection_2 secondary, 0 tickers\n");
}

TEST(LedgerTable, ShowsTheEquations) {
  Health health;
  health.published = 7;
  ConnectionHealth connection;
  connection.connection_id = "connection_1";
  connection.message_count = 7;
  connection.events = 10;
  connection.status_events = 2;
  connection.rejected[0] = 1;
  health.connections.push_back(connection);
  SinkHealth sink;
  sink.name = "redis";
  sink.delivered = 7;
  health.sinks.push_back(sink);
  EXPECT_EQ(LedgerTable(HealthJson(health), Paint{false}),
            // clang-format off
R"(CONNECTION    EVENTS  = TICKS  + STATUS  + REJECTED  + DUPLICATES  + WITHHELD
connection_1      10        7         2           1             0           0

SINK   PUBLISHED  = DELIVERED  + FILTERED  + DROPPED  + CONFLATED  + QUEUED  + FAILED
redis          7            7           0          0            0         0         0

7 published, 0 of them the engine's own about gaps
imbalance 0
)");
  // clang-format on
}

}  // namespace
}  // namespace feedmux
