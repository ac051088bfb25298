// Connections that come and go, over real sockets, and what of it reaches a real Redis server.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "feedmux_process.hpp"
#include "redis_server.hpp"
#include "redis_subscriber.hpp"
#include "scripted_massive_server.hpp"

namespace feedmux::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kChannel = "ticks";

std::string Yaml(const ScriptedMassiveServer& vendor, const RedisServer& redis,
                 std::string_view extra = "", std::string_view options = "") {
  return fmt::format(R"(
sources:
  - name: massive
    plugin: massive
    failover_after: 50ms
    reconnect: {{first: 10ms, max: 20ms, healthy_after: 100ms}}
    {}
    options: {{url: "{}", api_key: "test-key", channels: [T]{}}}
    connections:
      - {{name: primary, symbols: [AAPL]}}
      - {{name: secondary, symbols: [MSFT]}}
sinks:
  - name: redis
    plugin: redis
    options: {{url: "{}", channels: [{}]}}
    filter: {{kinds: [trade, gap]}}
)",
                     extra, vendor.url(), options, redis.url(), kChannel);
}

/// The session that subscribes to the topic, and has not ended; nothing if none or several do.
std::optional<std::size_t> SessionOf(const std::vector<SessionLog>& sessions,
                                     std::string_view topic) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    if (sessions[i].ended || !sessions[i].Subscribes(topic)) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

class Failover : public ::testing::Test {
 protected:
  void Start(std::string_view extra = "", std::string_view options = "") {
    subscriber_.emplace(redis_.port(), kChannel);
    engine_.emplace(Yaml(vendor_, redis_, extra, options));
    ASSERT_TRUE(vendor_.WaitForSubscription("T.AAPL"));
    ASSERT_TRUE(vendor_.WaitForSubscription("T.MSFT"));
  }

  /// One more trade of AAPL, whose price is its number.
  void Trade() {
    ++trades_;
    vendor_.FeedTopic("T.AAPL",
                      TradeFrame("AAPL", trades_, 1, static_cast<std::uint64_t>(trades_)));
  }

  void LoseConnectionOf(std::string_view topic) {
    const auto session = SessionOf(vendor_.Sessions(), topic);
    ASSERT_TRUE(session);
    vendor_.Do(*session, [](auto& client) { client.Reset(); });
  }

  bool MovesTo(std::size_t session) {
    return vendor_.WaitFor(
        [session](const auto& sessions) { return SessionOf(sessions, "T.AAPL") == session; });
  }

  /// What arrived in Redis until `trades` trades did: trades by their price, gaps as they are.
  void Collect(std::size_t trades) {
    while (prices_.size() < trades) {
      const auto messages = subscriber_->Payloads(1);
      ASSERT_EQ(messages.size(), 1u);
      const auto json = nlohmann::json::parse(messages[0]);
      if (json.contains("ev")) {
        gaps_.push_back(json);
      } else if (json["symbol"] == "AAPL") {
        prices_.push_back(json["price"].get<int>());
      }
    }
  }

  std::vector<int> UpTo(int last) {
    std::vector<int> numbers;
    for (int i = 1; i <= last; ++i) numbers.push_back(i);
    return numbers;
  }

  ScriptedMassiveServer vendor_;
  RedisServer redis_;
  std::optional<RedisSubscriber> subscriber_;
  std::optional<RunningEngine> engine_;
  int trades_ = 0;
  std::vector<int> prices_;
  std::vector<nlohmann::json> gaps_;
};

TEST_F(Failover, TickersGoToALivingConnectionAndComeHomeWithoutAHole) {
  Start();
  Trade();
  Collect(1);
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
  Collect(2);

  back.set_value();
  ASSERT_TRUE(vendor_.WaitFor([](const auto& sessions) {
    return sessions.size() == 3 && sessions[2].Subscribes("T.AAPL");
  }));
  // Both have it now; each event passes once, however long that lasts.
  ASSERT_TRUE(WaitUntil([&] {
    Trade();
    return SessionOf(vendor_.Sessions(), "T.AAPL") == 2u;
  }));
  for (int i = 0; i < 20; ++i) Trade();

  Collect(static_cast<std::size_t>(trades_));
  EXPECT_EQ(prices_, UpTo(trades_));
  const auto report = engine_->StopAndReport();
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
  EXPECT_EQ(report["connections"]["connection_1"]["withheld"], 0);
  EXPECT_EQ(report["connections"]["connection_1"]["assigned_tickers"], 1);
  EXPECT_EQ(report["connections"]["connection_2"]["borrowed_tickers"], 0);
}

TEST_F(Failover, AnOutageLeavesAGapRecordInTheReportAndOnTheBus) {
  Start();
  Trade();
  Collect(1);
  LoseConnectionOf("T.AAPL");
  ASSERT_TRUE(engine_->WaitForReport([](const nlohmann::json& report) {
    const auto& gaps = report["connections"]["connection_1"]["gaps"];
    return gaps.size() == 1 && !gaps[0]["to"].is_null();
  }));
  Trade();
  Collect(2);

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

TEST_F(Failover, AnEvictedConnectionHoldsOffAndItsTickersMoveAtOnce) {
  Start("", "");
  const std::size_t secondary = *SessionOf(vendor_.Sessions(), "T.MSFT");
  vendor_.Do(*SessionOf(vendor_.Sessions(), "T.AAPL"), [](auto& client) { client.Evict(); });
  ASSERT_TRUE(MovesTo(secondary));
  const auto report = engine_->StopAndReport();
  EXPECT_EQ(vendor_.Sessions().size(), 2u);
  EXPECT_EQ(report["connections"]["connection_1"]["evicted"], true);
  ASSERT_EQ(report["alarms"].size(), 1u);
  EXPECT_THAT(report["alarms"][0]["text"].get<std::string>(),
              AllOf(HasSubstr("allow 1 connection at a time"), HasSubstr("2 are enabled")));
}

TEST_F(Failover, ASilentConnectionIsTakenForDead) {
  Start("stale_after: 300ms");
  ASSERT_TRUE(WaitUntil([&] {  // MSFT speaks, AAPL does not
    vendor_.FeedTopic("T.MSFT", TradeFrame("MSFT", 1, 1));
    return vendor_.Sessions().size() > 2;
  }));
  const auto report = engine_->StopAndReport();
  EXPECT_THAT(report["connections"]["connection_1"]["last_error"].get<std::string>(),
              HasSubstr("silent for"));
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
}

}  // namespace
}  // namespace feedmux::testing
