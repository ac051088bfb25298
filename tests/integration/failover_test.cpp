// Connections that come and go, over real sockets, and what of it reaches a real Redis server.
#include "failover_fixture.hpp"

#include <gmock/gmock.h>

#include <future>

namespace feedmux::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

using Failover = FailoverTest;

TEST_P(Failover, TickersGoToALivingConnectionAndComeHomeWithoutAHole) {
  Start();
  Trade();
  Collect();
  const std::size_t secondary = *SessionOf(vendor_.Sessions(), "T.MSFT");

  std::promise<void> back;
  vendor_.Next([&](MassiveSession& client) {
    back.get_future().wait();
    client.Welcome();
    client.Serve();
  });
  LoseConnectionOf("T.AAPL");
  ASSERT_TRUE(MovesTo(secondary));
  Trade();
  Collect();

  back.set_value();
  ASSERT_TRUE(vendor_.WaitFor(
      [](const auto& sessions) {
        return !sessions.back().ended && sessions.back().Subscribes("T.AAPL");
      },
      std::chrono::seconds{30}));
  const std::size_t home = vendor_.Sessions().size() - 1;
  // Both have it now; each event passes once, however long that lasts.
  ASSERT_TRUE(WaitUntil([&] {
    Trade();
    return SessionOf(vendor_.Sessions(), "T.AAPL") == home;
  }));
  for (int i = 0; i < 20; ++i) Trade();

  Collect();
  EXPECT_EQ(prices_["AAPL"], AllOf());
  const auto report = engine_->StopAndReport();
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
  EXPECT_EQ(report["connections"]["connection_1"]["withheld"], 0);
  EXPECT_EQ(report["connections"]["connection_1"]["assigned_tickers"], 1);
  EXPECT_EQ(report["connections"]["connection_2"]["borrowed_tickers"], 0);
}

TEST_P(Failover, AnOutageLeavesAGapRecordInTheReportAndOnTheBus) {
  Start();
  Trade();
  Collect();
  LoseConnectionOf("T.AAPL");
  ASSERT_TRUE(engine_->WaitForReport([](const nlohmann::json& report) {
    const auto& gaps = report["connections"]["connection_1"]["gaps"];
    return gaps.size() == 1 && !gaps[0]["to"].is_null();
  }));
  Trade();
  Collect();

  ASSERT_EQ(gaps_.size(), 2u);
  EXPECT_EQ(gaps_[0]["ev"], "gap");
  EXPECT_EQ(gaps_[0]["connection"], "connection_1");
  EXPECT_TRUE(gaps_[0]["to"].is_null());
  EXPECT_THAT(gaps_[0]["symbols"], ElementsAre("AAPL"));
  EXPECT_GE(gaps_[1]["to"], gaps_[1]["from"]);
  const auto report = engine_->StopAndReport();
  const auto& gap = report["connections"]["connection_1"]["gaps"][0];
  EXPECT_EQ(gap["from"], gaps_[1]["from"]);
  EXPECT_EQ(gap["to"], gaps_[1]["to"]);
  EXPECT_THAT(gap["symbols"], ElementsAre("AAPL"));
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
}

TEST_P(Failover, AnEvictedConnectionHoldsOffAndItsTickersMoveAtOnce) {
  Start();
  const std::size_t secondary = *SessionOf(vendor_.Sessions(), "T.MSFT");
  vendor_.Do(*SessionOf(vendor_.Sessions(), "T.AAPL"), [](auto& client) { client.Evict(); });
  ASSERT_TRUE(MovesTo(secondary));
  const auto report = engine_->StopAndReport();
  EXPECT_EQ(vendor_.Sessions().size(), 2u);
  EXPECT_EQ(report["connections"]["connection_1"]["evicted"], true);
  ASSERT_EQ(report["alarms"].size(), 1u);
  EXPECT_THAT(
      report["alarms"][0]["text"].get<std::string>(),
      ::testing::AllOf(HasSubstr("allow 1 connection at a time"), HasSubstr("2 are enabled")));
}

TEST_P(Failover, ASilentConnectionIsTakenForDead) {
  Start("stale_after: 300ms\n    calendar: always");
  ASSERT_TRUE(WaitUntil([&] {  // MSFT speaks, AAPL does not
    Trade("MSFT");
    return vendor_.Sessions().size() > 2;
  }));
  const auto report = engine_->StopAndReport();
  EXPECT_THAT(report["connections"]["connection_1"]["last_error"].get<std::string>(),
              HasSubstr("silent for"));
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
}

TEST_P(Failover, AConnectionThatWaitsForAFullSinkIsNotTakenForDead) {
  Run({.extra = "stale_after: 2s\n    calendar: always",
       .primary = "symbols: [AAPL]",
       .secondary = "enabled: false, symbols: [MSFT]",
       .sink_options = "io_timeout: 60s",
       .sink = "queue: {capacity: 2, when_full: block}"});
  ASSERT_TRUE(vendor_.WaitForSubscription("T.AAPL"));
  redis_.Pause();
  for (int i = 0; i < 100; ++i) Trade();
  std::optional<double> since;
  const auto held_up = engine_->WaitForReport([&](const nlohmann::json& report) {
    if (report["ledger"]["sinks"]["redis"]["queued"] < 2) return false;
    if (!since) since = report["written_at"].get<double>();
    return report["written_at"].get<double>() - *since > 5;
  });
  const auto& connection = (*held_up)["connections"]["connection_1"];
  EXPECT_LT(connection["message_count"], 100);
  EXPECT_TRUE(connection["gaps"].empty());
  ASSERT_EQ(connection["status"], "connected");
  redis_.Resume();
  Collect();
  EXPECT_EQ(prices_["AAPL"], AllOf());
  EXPECT_EQ(engine_->StopAndReport()["ledger"]["imbalance"], 0);
}

// The peer reads and says nothing any more, and its socket stays open.
TEST_P(Failover, AHalfOpenConnectionIsFoundByItsUnansweredPings) {
  Run({.extra = "stale_after: 0s", .options = "ping_interval: 300ms, dead_after: 1s"});
  ASSERT_TRUE(AreApart());
  vendor_.Do(*SessionOf(vendor_.Sessions(), "T.AAPL"), [](auto& client) { client.StayDeaf(); });
  const auto report = engine_->WaitForReport([](const nlohmann::json& json) {
    const auto& connection = json["connections"]["connection_1"];
    return connection["reconnects"] > 0 && connection["assigned_tickers"] == 1;
  });
  EXPECT_THAT((*report)["connections"]["connection_1"]["last_error"].get<std::string>(),
              HasSubstr("did not answer pings"));
  EXPECT_EQ(engine_->StopAndReport()["ledger"]["imbalance"], 0);
}

TEST_P(Failover, AWildcardGoesToALivingConnectionAndComesHomeWithoutAHole) {
  Run({.primary = "symbols: ['*']", .secondary = "symbols: []"});
  ASSERT_TRUE(vendor_.WaitForSubscription("T.*"));
  ASSERT_TRUE(vendor_.WaitForSessions(2));
  const auto trade_both = [&] {
    Trade("AAPL");
    Trade("MSFT");
  };
  trade_both();
  Collect("AAPL");
  const std::size_t first = *SessionOf(vendor_.Sessions(), "T.*");

  std::promise<void> back;
  vendor_.Next([&](MassiveSession& client) {
    back.get_future().wait();
    client.Welcome();
    client.Serve();
  });
  LoseConnectionOf("T.*");
  ASSERT_TRUE(MovesTo(1 - first, "T.*"));
  trade_both();
  Collect("AAPL");

  back.set_value();
  ASSERT_TRUE(WaitUntil([&] {
    trade_both();
    return SessionOf(vendor_.Sessions(), "T.*") == 2u;
  }));
  for (int i = 0; i < 20; ++i) trade_both();
  Collect("AAPL");
  Collect("MSFT");
  EXPECT_EQ(prices_["AAPL"], AllOf("AAPL"));
  EXPECT_EQ(prices_["MSFT"], AllOf("MSFT"));
  const auto report = engine_->StopAndReport();
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
  EXPECT_EQ(report["connections"]["connection_1"]["withheld"], 0);
  EXPECT_EQ(report["connections"]["connection_1"]["assigned_tickers"], 1);
  EXPECT_THAT(report["connections"]["connection_1"]["gaps"][0]["symbols"], ElementsAre("*"));
}

TEST_P(Failover, APausedConnectionsTickersGoAndComeHomeWithoutAHoleOrAGap) {
  Start();
  const std::size_t primary = *SessionOf(vendor_.Sessions(), "T.AAPL");
  const std::size_t secondary = *SessionOf(vendor_.Sessions(), "T.MSFT");
  Trade();
  Command({"pause", "primary"});
  ASSERT_TRUE(WaitUntil([&] {
    Trade();
    return vendor_.Sessions()[primary].ended;
  }));
  EXPECT_EQ(SessionOf(vendor_.Sessions(), "T.AAPL"), secondary);
  for (int i = 0; i < 20; ++i) Trade();

  Command({"resume", "primary"});
  ASSERT_TRUE(WaitUntil([&] {
    Trade();
    return SessionOf(vendor_.Sessions(), "T.AAPL") == 2u;
  }));
  for (int i = 0; i < 20; ++i) Trade();
  Collect();
  EXPECT_EQ(prices_["AAPL"], AllOf());
  EXPECT_TRUE(gaps_.empty());
  const auto report = engine_->StopAndReport();
  EXPECT_TRUE(report["connections"]["connection_1"]["gaps"].empty());
  EXPECT_EQ(report["connections"]["connection_1"]["assigned_tickers"], 1);
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
}

TEST_P(Failover, ARefusedKeyIsAnErrorWithinASecondAndNotTriedAgainSoon) {
  std::promise<double> refused_at;
  vendor_.Next([&](MassiveSession& client) {
    client.Upgrade();
    client.Greet();
    client.Authenticate();
    refused_at.set_value(
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count());
    client.HangUp();
  });
  Run({.secondary = "symbols: [MSFT], enabled: false", .api_key = "wrong-key"});
  const auto report = engine_->WaitForReport([](const nlohmann::json& json) {
    return json["connections"]["connection_1"]["status"] == "error";
  });
  const auto& connection = (*report)["connections"]["connection_1"];
  ASSERT_EQ(connection["status"], "error");
  EXPECT_LT(connection["status_since"].get<double>() - refused_at.get_future().get(), 1);
  EXPECT_THAT(connection["last_error"].get<std::string>(), HasSubstr("authentication failed"));
  EXPECT_THAT(connection["last_error"].get<std::string>(), Not(HasSubstr("wrong-key")));
  EXPECT_GE(connection["next_attempt"].get<double>() - (*report)["written_at"].get<double>(), 55);
  ASSERT_EQ((*report)["alarms"].size(), 1u);
  EXPECT_THAT((*report)["alarms"][0]["text"].get<std::string>(),
              HasSubstr("authentication failed"));
  EXPECT_EQ(engine_->StopAndReport()["ledger"]["imbalance"], 0);
  EXPECT_EQ(vendor_.Sessions().size(), 1u);
}

TEST_P(Failover, AKeyThatIsNoLongerGoodLeavesItsTickersToWhoIsStillIn) {
  Start();
  const std::size_t secondary = *SessionOf(vendor_.Sessions(), "T.MSFT");
  vendor_.Next([&](MassiveSession& client) {
    client.Upgrade();
    client.Greet();
    client.Read();
    client.SendStatus("auth_failed", "authentication failed");
    client.HangUp();
  });
  LoseConnectionOf("T.AAPL");
  ASSERT_TRUE(MovesTo(secondary));
  Trade();
  Collect();
  const auto report =
      engine_->WaitForReport([](const nlohmann::json& json) { return !json["alarms"].empty(); });
  EXPECT_EQ((*report)["connections"]["connection_1"]["status"], "error");
  EXPECT_EQ((*report)["connections"]["connection_2"]["borrowed_tickers"], 1);
  EXPECT_EQ(engine_->StopAndReport()["ledger"]["imbalance"], 0);
  EXPECT_EQ(vendor_.Sessions().size(), 3u);
}

INSTANTIATE_TEST_SUITE_P(Over, Failover, ::testing::Values(Transport::Plain, Transport::Tls),
                         TransportName);

}  // namespace
}  // namespace feedmux::testing
