#include "sink_dashboard/verdict.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace feedmux::dashboard {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kSecondNs = 1'000'000'000;

class Verdict : public ::testing::Test {
 protected:
  Verdict() {
    ConnectionHealth connection;
    connection.connection_id = "connection_1";
    connection.name = "primary";
    connection.status = ConnectionStatus::Connected;
    connection.status_since_ns = 5 * kSecondNs;
    health_.connections = {connection};
    SinkHealth sink;
    sink.name = "redis";
    health_.sinks = {sink};
  }

  Json Judge(std::int64_t now_seconds) { return judge_.Judge(health_, now_seconds * kSecondNs); }
  ConnectionHealth& connection() { return health_.connections[0]; }
  SinkHealth& sink() { return health_.sinks[0]; }

  Health health_;
  VerdictJudge judge_;
};

TEST_F(Verdict, IsOkWhenAllIsWell) {
  EXPECT_EQ(Judge(10), Json::parse(R"({"level":"ok","problems":[]})"));
}

TEST_F(Verdict, NamesASinkThatIsStuckOnceAndSinceWhen) {
  sink().available = false;
  sink().stuck_since_ns = 8 * kSecondNs;
  sink().stuck_in = "Start";
  const Json problems = Judge(20)["problems"];
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0]["text"], "the sink redis has not returned from Start");
  EXPECT_EQ(problems[0]["since"], 8.0);
}

TEST_F(Verdict, NamesAConnectionThatIsDownAndSinceWhen) {
  connection().status = ConnectionStatus::Error;
  connection().last_error = "refused";
  EXPECT_EQ(Judge(10), Json::parse(R"({"level":"error","problems":[{"level":"error","since":5.0,
      "text":"primary is not connected: refused","panel":"connections",
      "connection_id":"connection_1","sink":null}]})"));
}

TEST_F(Verdict, DatesAnOutageOverAllAttempts) {
  connection().status = ConnectionStatus::Connecting;
  connection().down_since_ns = 3 * kSecondNs;
  EXPECT_EQ(Judge(10).at("problems").at(0).at("since"), 3.0);
}

TEST_F(Verdict, WarnsOfWhatIsNotBadYet) {
  const auto text_of = [&] { return Judge(10).at("problems").at(0).at("text").get<std::string>(); };
  connection().status = ConnectionStatus::Connecting;
  EXPECT_EQ(text_of(), "primary is connecting");
  EXPECT_EQ(Judge(10).at("level"), "warning");
  connection().status = ConnectionStatus::Disconnected;
  connection().paused = true;
  EXPECT_EQ(text_of(), "primary is paused until somebody resumes it");
}

TEST_F(Verdict, SaysThatAConnectionWasTakenForDead) {
  connection().status = ConnectionStatus::Error;
  connection().stale = true;
  connection().last_error = "silent for 26.0 s where ticks were due: taken for dead";
  const Json problem = Judge(10).at("problems").at(0);
  EXPECT_EQ(problem.at("level"), "error");
  EXPECT_EQ(problem.at("text"), "primary is not connected: " + connection().last_error);
}

TEST_F(Verdict, DoesNotDateAPauseFromWhenItConnected) {
  connection().paused = true;
  const Json problem = Judge(10).at("problems").at(0);
  EXPECT_EQ(problem.at("text"), "primary is pausing until its tickers have moved");
  EXPECT_EQ(problem.at("since"), 0.0);
  connection().status = ConnectionStatus::Disconnected;
  EXPECT_EQ(Judge(10).at("problems").at(0).at("since"), 5.0);
}

TEST_F(Verdict, ForgetsAnEvictionOnceTheConnectionIsUp) {
  connection().evicted = true;
  EXPECT_EQ(Judge(10).at("level"), "ok");
  connection().status = ConnectionStatus::Error;
  connection().last_error = "max_connections";
  EXPECT_EQ(Judge(10).at("problems").at(0).at("text"),
            "primary holds off: the vendor's connection limit: max_connections");
}

TEST_F(Verdict, SaysWhereThePageTellsMore) {
  connection().status = ConnectionStatus::Error;
  sink().available = false;
  UniverseHealth universe;
  universe.stale = true;
  health_.universes = {universe};
  health_.alarms = {{kSecondNs, "massive", "a limit"}};
  health_.imbalance = 1;
  std::vector<std::string> panels;
  const Json verdict = Judge(10);
  for (const Json& problem : verdict.at("problems")) panels.push_back(problem.at("panel"));
  EXPECT_THAT(panels, ::testing::UnorderedElementsAre("connections", "sinks", "universes", "events",
                                                      "ledger"));
}

TEST_F(Verdict, PassesOverWhatIsDisabled) {
  health_.connections.push_back(connection());
  health_.connections[1].enabled = false;
  health_.connections[1].status = ConnectionStatus::Disconnected;
  EXPECT_EQ(Judge(10).at("level"), "ok");
}

TEST_F(Verdict, RemembersSinceWhenASinkIsUnavailable) {
  sink().available = false;
  sink().last_error = "refused";
  Judge(10);
  const Json problem = Judge(20).at("problems").at(0);
  EXPECT_EQ(problem.at("since"), 10.0);
  EXPECT_EQ(problem.at("sink"), "redis");
  sink().available = true;
  EXPECT_EQ(Judge(30).at("level"), "ok");
  sink().available = false;
  EXPECT_EQ(Judge(40).at("problems").at(0).at("since"), 40.0);
}

TEST_F(Verdict, WarnsOfDroppedTicksForAMinute) {
  sink().dropped = 100;  // from before anybody looked
  EXPECT_EQ(Judge(10).at("level"), "ok");
  sink().dropped = 150;
  const Json problem = Judge(20).at("problems").at(0);
  EXPECT_EQ(problem.at("text"), "the sink redis is too slow: 50 ticks dropped");
  EXPECT_EQ(problem.at("since"), 20.0);
  EXPECT_EQ(Judge(79).at("level"), "warning");
  EXPECT_EQ(Judge(81).at("level"), "ok");
}

TEST_F(Verdict, PutsTheWorstFirst) {
  connection().status = ConnectionStatus::Connecting;
  health_.imbalance = 4;
  const Json verdict = Judge(10);
  EXPECT_EQ(verdict.at("level"), "error");
  EXPECT_EQ(verdict.at("problems").at(0).at("text"), "the ledger cannot account for 4 ticks");
  EXPECT_EQ(verdict.at("problems").at(1).at("level"), "warning");
}

}  // namespace
}  // namespace feedmux::dashboard
