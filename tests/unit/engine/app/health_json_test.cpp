#include "status_json/health_json.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;
using ::testing::ElementsAre;

constexpr std::int64_t kNoonNs = 1'705'838'400'000'000'000;

std::vector<std::string> KeysOf(const Json& json) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;
}

Health OneConnection(const ConnectionHealth& connection) {
  Health health;
  health.connections.push_back(connection);
  health.connections[0].connection_id = "connection_1";
  return health;
}

Json ConnectionJson(const ConnectionHealth& connection) {
  return HealthJson(OneConnection(connection))["connections"]["connection_1"];
}

TEST(HealthJson, HasTheShapeOfGetHealthStatus) {
  EXPECT_THAT(KeysOf(HealthJson({})),
              ElementsAre("total_connections", "connected_count", "total_ticks_received",
                          "total_errors", "connections", "ledger", "universes", "alarms"));
}

TEST(HealthJson, CountsConnectionsThatAreDisabledToo) {
  ConnectionHealth disabled;
  disabled.enabled = false;
  EXPECT_EQ(HealthJson(OneConnection(disabled))["total_connections"], 1);
  EXPECT_EQ(HealthJson(OneConnection(disabled))["connected_count"], 0);
}

TEST(HealthJson, TellsTheStateOfAConnection) {
  ConnectionHealth connection;
  connection.status = ConnectionStatus::Error;
  connection.status_since_ns = kNoonNs;
  connection.down_since_ns = kNoonNs - 2'000'000'000;
  connection.paused = connection.stale = connection.evicted = true;
  connection.next_attempt_ns = kNoonNs + 500'000'000;
  connection.reconnects = 3;
  const Json json = ConnectionJson(connection);
  EXPECT_EQ(json["status"], "error");
  EXPECT_EQ(json["status_since"], 1705838400.0);
  EXPECT_EQ(json["down_since"], 1705838398.0);
  EXPECT_EQ(json["paused"], true);
  EXPECT_EQ(json["stale"], true);
  EXPECT_EQ(json["evicted"], true);
  EXPECT_EQ(json["next_attempt"], 1705838400.5);
  EXPECT_EQ(json["reconnects"], 3);
}

TEST(HealthJson, TellsRatesAndLatencyWithTheirUnits) {
  ConnectionHealth connection;
  connection.ticks_per_second = 12.5;
  connection.ticks_per_second_60 = 10;
  connection.latency_p50_ns = 1'500'000;
  connection.latency_p99_ns = 22'000'000;
  const Json json = ConnectionJson(connection);
  EXPECT_EQ(json["ticks_per_second"], 12.5);
  EXPECT_EQ(json["ticks_per_second_60"], 10.0);
  EXPECT_EQ(json["latency_p50_ms"], 1.5);
  EXPECT_EQ(json["latency_p99_ms"], 22.0);
}

TEST(HealthJson, HasNoLatencyWithoutSamples) {
  EXPECT_TRUE(ConnectionJson({})["latency_p50_ms"].is_null());
  EXPECT_TRUE(ConnectionJson({})["latency_p99_ms"].is_null());
}

TEST(HealthJson, AccountsForWhatFailoverHeldBack) {
  ConnectionHealth connection;
  connection.assigned_tickers = 9;
  connection.borrowed_tickers = 4;
  connection.duplicates = 5;
  connection.withheld = 6;
  const Json json = ConnectionJson(connection);
  EXPECT_EQ(json["assigned_tickers"], 9);
  EXPECT_EQ(json["borrowed_tickers"], 4);
  EXPECT_EQ(json["duplicates"], 5);
  EXPECT_EQ(json["withheld"], 6);
}

TEST(HealthJson, TellsAGapThatIsOver) {
  ConnectionHealth connection;
  connection.gaps.push_back(
      {kNoonNs, kNoonNs + 2'000'000'000, "reset",
       std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"AAPL", "IBM"})});
  EXPECT_EQ(
      ConnectionJson(connection)["gaps"].dump(),
      R"([{"from":1705838400.0,"to":1705838402.0,"reason":"reset","symbols":["AAPL","IBM"]}])");
}

TEST(HealthJson, TellsAGapThatLasts) {
  ConnectionHealth connection;
  connection.gaps.push_back(
      {kNoonNs, 0, "reset", std::make_shared<const std::vector<std::string>>()});
  EXPECT_TRUE(ConnectionJson(connection)["gaps"][0]["to"].is_null());
}

TEST(HealthJson, TellsTheQueueOfASink) {
  Health health;
  SinkHealth& sink = health.sinks.emplace_back();
  sink.name = "redis";
  sink.when_full = "drop_oldest";
  sink.queue_capacity = 1000;
  const Json json = HealthJson(health)["ledger"]["sinks"]["redis"];
  EXPECT_EQ(json["when_full"], "drop_oldest");
  EXPECT_EQ(json["queue_capacity"], 1000);
}

TEST(HealthJson, TellsUniverses) {
  Health health;
  health.universes.push_back({"etf:sectors", "lists", 11, "abc", kNoonNs, true, "gone"});
  EXPECT_EQ(HealthJson(health)["universes"].dump(),
            R"([{"key":"etf:sectors","resolver":"lists","count":11,"content_hash":"abc",)"
            R"("resolved_at":1705838400.0,"stale":true,"last_error":"gone"}])");
}

TEST(HealthJson, TellsAlarms) {
  Health health;
  health.alarms.push_back({kNoonNs, "massive", "evicted"});
  EXPECT_EQ(HealthJson(health)["alarms"].dump(),
            R"([{"since":1705838400.0,"source":"massive","text":"evicted"}])");
}

TEST(HealthJson, CountsTheEnginesOwnTicks) {
  Health health;
  health.published = 7;
  health.gap_ticks = 2;
  EXPECT_EQ(HealthJson(health)["ledger"]["published"], 7);
  EXPECT_EQ(HealthJson(health)["ledger"]["gap_ticks"], 2);
}

}  // namespace
}  // namespace feedmux
