#include "cli/control/status_table.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/control/table.hpp"
#include "status_json/health_json.hpp"

namespace feedmux {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kNowNs = 1'705'838'400 * kSecondNs;  // 12:00:00

class StatusTableTest : public ::testing::Test {
 protected:
  StatusTableTest() {
    AddConnection("primary");
    AddConnection("secondary");
    SinkHealth redis;
    redis.name = "redis";
    redis.delivered = 12'345'678;
    redis.queued = 250;
    health_.sinks.push_back(redis);
    health_.published = 12'345'928;
  }

  ConnectionHealth& AddConnection(const std::string& name) {
    ConnectionHealth& connection = health_.connections.emplace_back();
    connection.connection_id = "connection_" + std::to_string(health_.connections.size());
    connection.name = name;
    connection.source = "massive";
    connection.status = ConnectionStatus::Connected;
    connection.status_since_ns = kNowNs - 7980 * kSecondNs;
    connection.assigned_tickers = 100;
    connection.message_count = 6'172'964;
    connection.last_message_ns = kNowNs - kSecondNs / 5;
    connection.ticks_per_second = 1002;
    connection.latency_p50_ns = 800'000;
    connection.latency_p99_ns = 3'100'000;
    return connection;
  }

  std::string Text(bool colours = false) const {
    nlohmann::ordered_json report = {{"version", "0.1.0"},
                                     {"pid", 4242},
                                     {"started_at", 1'705'830'420.0},
                                     {"written_at", 1'705'838'400.0}};
    report.update(HealthJson(health_));
    return StatusTable(report, Paint{colours});
  }

  Health health_;
};

TEST_F(StatusTableTest, ShowsAFeedThatIsWell) {
  EXPECT_EQ(
      Text(),
      // clang-format off
R"(feedmux 0.1.0 (pid 4242), up 2h13m: 2 of 2 connected, 2,004 ticks/s, 12,345,928 ticks, imbalance 0

CONNECTION    NAME       STATUS           TICKERS  TICKS/S  TOTAL  ERRORS  LAST  P50/P99 ms  RECONN
connection_1  primary    connected 2h13m      100    1,002   6.2M       0  0.2s     0.8/3.1       0
connection_2  secondary  connected 2h13m      100    1,002   6.2M       0  0.2s     0.8/3.1       0

SINK   STATE  DELIVERED  QUEUED  DROPPED  FAILED  CONFLATED  FILTERED  ERRORS
redis  ok         12.3M     250        0       0          0         0       0
)");
  // clang-format on
}

TEST_F(StatusTableTest, SaysWhyAConnectionIsDownAndWhatComesNext) {
  ConnectionHealth& connection = health_.connections[1];
  connection.status = ConnectionStatus::Error;
  connection.status_since_ns = kNowNs - 12 * kSecondNs;
  connection.last_error = "reset by peer";
  connection.next_attempt_ns = kNowNs + 3 * kSecondNs;
  EXPECT_THAT(Text(), HasSubstr("\nconnection_2  secondary  error 12s "));
  connection.down_since_ns = kNowNs - 40 * kSecondNs;  // this is its third attempt
  EXPECT_THAT(Text(), HasSubstr("\nconnection_2  secondary  error 40s "));
  EXPECT_THAT(Text(), HasSubstr("\n  reset by peer; next attempt in 3.0s\n"));
}

TEST_F(StatusTableTest, MarksWhatIsUnusual) {
  health_.connections[0].stale = true;
  health_.connections[1].evicted = true;
  health_.connections[1].status = ConnectionStatus::Error;
  health_.connections[0].paused = true;
  ConnectionHealth& third = AddConnection("third");
  third.status = ConnectionStatus::Disconnected;
  third.paused = true;
  AddConnection("fourth").enabled = false;
  EXPECT_THAT(Text(), HasSubstr("pausing stale 2h13m "));
  EXPECT_THAT(Text(), HasSubstr("secondary  evicted 2h13m "));
  EXPECT_THAT(Text(), HasSubstr("paused 2h13m "));
  EXPECT_THAT(Text(), HasSubstr("disabled "));
}

TEST_F(StatusTableTest, ShowsBorrowedTickers) {
  health_.connections[0].borrowed_tickers = 25;
  EXPECT_THAT(Text(), HasSubstr("  75+25  "));
}

TEST_F(StatusTableTest, ShowsADashForWhatIsNotKnownYet) {
  health_.connections.resize(1);
  health_.connections[0].last_message_ns = 0;
  health_.connections[0].latency_p50_ns = health_.connections[0].latency_p99_ns = 0;
  EXPECT_THAT(Text(), HasSubstr("6.2M       0     -           -       0\n"));
}

TEST_F(StatusTableTest, SaysWhyASinkIsAway) {
  health_.sinks[0].available = false;
  health_.sinks[0].last_error = "connection refused";
  EXPECT_THAT(Text(), HasSubstr("redis  retrying "));
  EXPECT_THAT(Text(), EndsWith("\n  connection refused\n"));
}

TEST_F(StatusTableTest, SaysWhichCallASinkDoesNotComeBackFrom) {
  health_.sinks[0].stuck_since_ns = kNowNs - 60 * kSecondNs;
  health_.sinks[0].stuck_in = "OnTicks";
  EXPECT_THAT(Text(), HasSubstr("redis  stuck "));
  EXPECT_THAT(Text(), EndsWith("\n  has not returned from OnTicks for 1m\n"));
}

TEST_F(StatusTableTest, ShowsAlarms) {
  health_.alarms.push_back({kNowNs - 60 * kSecondNs, "massive", "the account allows 1 connection"});
  EXPECT_THAT(Text(),
              EndsWith("\n\nALARM since 11:59:00: massive: the account allows 1 connection\n"));
}

TEST_F(StatusTableTest, ShowsUniversesThatAreStale) {
  health_.universes.push_back({"etf:all", "lists", 3, "", kNowNs, true, "file is gone"});
  EXPECT_THAT(Text(), EndsWith("\nuniverse etf:all: its last good set is in use: file is gone\n"));
}

TEST_F(StatusTableTest, ShowsOnlyGapsThatAreOpen) {
  const auto symbols = std::make_shared<const std::vector<std::string>>(100, "A");
  health_.connections[0].gaps = {{kNowNs - 99 * kSecondNs, kNowNs, "closed", symbols},
                                 {kNowNs - 12 * kSecondNs, 0, "reset", symbols}};
  EXPECT_THAT(Text(),
              EndsWith("\n\ngap: connection_1 primary since 11:59:48 (12s), 100 tickers: reset\n"));
  EXPECT_THAT(Text(), Not(HasSubstr("closed")));
}

TEST_F(StatusTableTest, ShowsAnImbalance) {
  health_.imbalance = -3;
  EXPECT_THAT(Text(), HasSubstr("imbalance -3\n"));
}

TEST_F(StatusTableTest, FitsTheTerminalWhateverItShows) {
  health_.connections[0].name = std::string(80, 'n');
  health_.connections[0].status = ConnectionStatus::Error;
  health_.connections[0].last_error = std::string(300, 'e');
  health_.connections[0].evicted = true;
  std::istringstream lines{Text()};
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), kTableWidth) << line;
}

TEST_F(StatusTableTest, LetsNobodyControlTheTerminal) {
  health_.connections[0].status = ConnectionStatus::Error;
  health_.connections[0].last_error = "\x1b[2J";
  EXPECT_THAT(Text(), Not(HasSubstr("\x1b")));
}

TEST_F(StatusTableTest, ColoursOnlyIfItIsToldTo) {
  EXPECT_THAT(Text(false), Not(HasSubstr("\x1b[")));
  EXPECT_THAT(Text(true), HasSubstr("\x1b[32mconnected 2h13m\x1b[0m"));
}

}  // namespace
}  // namespace feedmux
