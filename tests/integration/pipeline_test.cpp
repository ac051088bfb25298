// The whole way with nothing faked on it: a vendor's sockets → feedmux → a real Redis server.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "feedmux_process.hpp"
#include "redis_server.hpp"
#include "redis_subscriber.hpp"
#include "scripted_massive_server.hpp"

namespace feedmux::testing {
namespace {

std::string Yaml(const ScriptedMassiveServer& vendor, const RedisServer& redis,
                 std::string_view redis_options = "", std::string_view sink = "") {
  return fmt::format(R"(
sources:
  - name: massive
    plugin: massive
    options: {{url: "{}", api_key: "${{KEY}}", channels: [T]}}
    connections:
      - {{name: primary, symbols: [AAPL]}}
      - {{name: secondary, symbols: [MSFT]}}
sinks:
  - name: redis
    plugin: redis
    options: {{url: "{}"{}}}
{})",
                     vendor.url(), redis.url(), redis_options, sink);
}

const FeedmuxProcess::Environment kKey = {{"KEY", "test-key"}};

std::string Numbered(std::string_view symbol, int from, int to) {
  std::vector<std::string> events;
  for (int i = from; i < to; ++i) {
    events.push_back(TradeEvent(symbol, 100 + i, 1, static_cast<std::uint64_t>(i) + 1));
  }
  return FrameOf(events);
}

/// The prices of the tickstock messages of one symbol, in the order of arrival.
std::vector<int> PricesOf(std::string_view symbol, const std::vector<std::string>& messages) {
  std::vector<int> prices;
  for (const std::string& message : messages) {
    const auto json = nlohmann::json::parse(message);
    if (json["symbol"] == symbol) prices.push_back(json["price"].get<int>());
  }
  return prices;
}

std::vector<int> Range(int from, int to) {
  std::vector<int> range;
  for (int i = from; i < to; ++i) range.push_back(i);
  return range;
}

std::function<bool(const nlohmann::json&)> Delivered(std::uint64_t count) {
  return [count](const nlohmann::json& report) {
    return report["ledger"]["sinks"]["redis"]["delivered"] >= count;
  };
}

TEST(Pipeline, PublishesEveryTickOnceAndInOrderPerSymbol) {
  ScriptedMassiveServer vendor;
  RedisServer redis;
  RedisSubscriber subscriber{redis.port(), "tickstock:market:ticks"};
  RunningEngine engine{Yaml(vendor, redis), kKey};
  ASSERT_TRUE(vendor.WaitForSubscription("T.AAPL"));
  ASSERT_TRUE(vendor.WaitForSubscription("T.MSFT"));

  for (int i = 0; i < 2000; i += 50) {
    vendor.FeedTopic("T.AAPL", Numbered("AAPL", i, i + 50));
    vendor.FeedTopic("T.MSFT", Numbered("MSFT", i, i + 50));
  }

  const auto messages = subscriber.Payloads(4000);
  EXPECT_EQ(PricesOf("AAPL", messages), Range(100, 2100));
  EXPECT_EQ(PricesOf("MSFT", messages), Range(100, 2100));
  const auto report = engine.StopAndReport();
  EXPECT_EQ(report["ledger"]["published"], 4000);
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
  EXPECT_EQ(report["ledger"]["sinks"]["redis"]["delivered"], 4000);
}

TEST(Pipeline, ReportsEveryConnectionByItsId) {
  ScriptedMassiveServer vendor;
  RedisServer redis;
  RunningEngine engine{Yaml(vendor, redis), kKey};
  ASSERT_TRUE(vendor.WaitForSubscription("T.AAPL"));
  vendor.FeedTopic("T.AAPL", FrameOf({TradeEvent("AAPL", 1, 1), R"({"ev":"T","sym":7})"}));

  const auto report = *engine.WaitForReport(Delivered(1));
  const auto& connection = report["connections"]["connection_1"];
  EXPECT_EQ(connection["name"], "primary");
  EXPECT_EQ(connection["source"], "massive");
  EXPECT_EQ(connection["status"], "connected");
  EXPECT_EQ(connection["assigned_tickers"], 1);
  EXPECT_EQ(connection["message_count"], 1);
  EXPECT_EQ(connection["error_count"], 0);
  EXPECT_GT(connection["last_message_time"], 1.7e9);
  EXPECT_GT(connection["frames"], 1);
  EXPECT_GT(connection["bytes"], 50);
  EXPECT_EQ(connection["rejected"], 1);
  EXPECT_EQ(report["connections"]["connection_2"]["name"], "secondary");
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
}

TEST(Pipeline, ReconnectsAndSubscribesAgainAfterAReset) {
  ScriptedMassiveServer vendor;
  RedisServer redis;
  RedisSubscriber subscriber{redis.port(), "tickstock:market:ticks"};
  RunningEngine engine{Yaml(vendor, redis), kKey};
  ASSERT_TRUE(vendor.WaitForSubscription("T.AAPL"));
  const auto first = vendor.Sessions();
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i].Subscribes("T.AAPL")) vendor.Do(i, [](auto& client) { client.Reset(); });
  }
  ASSERT_TRUE(vendor.WaitForSessions(3));
  ASSERT_TRUE(vendor.WaitForSubscription("T.AAPL"));

  vendor.FeedTopic("T.AAPL", TradeFrame("AAPL", 7, 1));

  EXPECT_EQ(PricesOf("AAPL", subscriber.Payloads(1)), Range(7, 8));
  const auto report = engine.StopAndReport();
  EXPECT_EQ(report["connections"]["connection_1"]["connects"], 2);
  EXPECT_EQ(report["connections"]["connection_1"]["error_count"], 1);
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
}

TEST(Pipeline, SkipsNothingWhileRedisIsAway) {
  ScriptedMassiveServer vendor;
  RedisServer redis;
  RunningEngine engine{Yaml(vendor, redis, ", mode: stream, channels: [ticks]"), kKey};
  ASSERT_TRUE(vendor.WaitForSubscription("T.AAPL"));
  vendor.FeedTopic("T.AAPL", Numbered("AAPL", 0, 100));
  ASSERT_TRUE(engine.WaitForReport(Delivered(100)));

  redis.Kill();
  vendor.FeedTopic("T.AAPL", Numbered("AAPL", 100, 200));
  ASSERT_TRUE(engine.process().WaitForLog("unavailable"));
  redis.Restart();
  vendor.FeedTopic("T.AAPL", Numbered("AAPL", 200, 300));

  ASSERT_TRUE(engine.WaitForReport(Delivered(300)));
  EXPECT_EQ(redis.Command({"XLEN", "ticks"}), "200");  // it came back empty
  const auto report = engine.StopAndReport();
  EXPECT_EQ(report["ledger"]["sinks"]["redis"]["dropped"], 0);
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
}

TEST(Pipeline, DropsTheOldestWhileRedisIsAwayIfTheQueueIsFull) {
  ScriptedMassiveServer vendor;
  RedisServer redis;
  RunningEngine engine{Yaml(vendor, redis, ", mode: stream, channels: [ticks]",
                            "    queue: {capacity: 100, when_full: drop_oldest}"),
                       kKey};
  ASSERT_TRUE(vendor.WaitForSubscription("T.AAPL"));
  redis.Kill();
  for (int i = 0; i < 500; i += 50) vendor.FeedTopic("T.AAPL", Numbered("AAPL", i, i + 50));
  ASSERT_TRUE(engine.WaitForReport([](const nlohmann::json& report) {
    return report["ledger"]["sinks"]["redis"]["dropped"] == 400;
  }));

  redis.Restart();

  ASSERT_TRUE(engine.WaitForReport(Delivered(100)));
  EXPECT_EQ(redis.Command({"XLEN", "ticks"}), "100");
  const auto report = engine.StopAndReport();
  EXPECT_EQ(report["ledger"]["published"], 500);
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
}

TEST(Pipeline, DrainsItsQueuesBeforeItEnds) {
  ScriptedMassiveServer vendor;
  RedisServer redis;
  RedisSubscriber subscriber{redis.port(), "tickstock:market:ticks"};
  RunningEngine engine{Yaml(vendor, redis), kKey};
  ASSERT_TRUE(vendor.WaitForSubscription("T.AAPL"));
  redis.Pause();
  for (int i = 0; i < 5000; i += 100) vendor.FeedTopic("T.AAPL", Numbered("AAPL", i, i + 100));
  ASSERT_TRUE(engine.WaitForReport(
      [](const nlohmann::json& report) { return report["ledger"]["published"] == 5000; }));

  engine.process().Signal(SIGTERM);
  ASSERT_TRUE(engine.process().WaitForLog("stopping"));
  redis.Resume();

  const auto report = engine.EndAndReport();
  EXPECT_EQ(report["ledger"]["sinks"]["redis"]["delivered"], 5000);
  EXPECT_EQ(report["ledger"]["sinks"]["redis"]["queued"], 0);
  EXPECT_EQ(subscriber.Payloads(5000).size(), 5000u);
}

TEST(Pipeline, SaysWhatWasLeftWhenTheTimeToDrainIsUp) {
  ScriptedMassiveServer vendor;
  RedisServer redis;
  RunningEngine engine{"engine: {shutdown_timeout: 300ms}" + Yaml(vendor, redis), kKey};
  ASSERT_TRUE(vendor.WaitForSubscription("T.AAPL"));
  redis.Kill();
  vendor.FeedTopic("T.AAPL", Numbered("AAPL", 0, 100));
  ASSERT_TRUE(engine.WaitForReport(
      [](const nlohmann::json& report) { return report["ledger"]["published"] == 100; }));

  const auto report = engine.StopAndReport();

  EXPECT_EQ(report["ledger"]["sinks"]["redis"]["queued"], 100);
  EXPECT_EQ(report["ledger"]["imbalance"], 0);
  EXPECT_NE(engine.process().Errors().find("100 ticks left undelivered"), std::string::npos);
}

TEST(Pipeline, NeverShowsTheKey) {
  ScriptedMassiveServer::Options another_key;
  another_key.api_key = "another-key";
  ScriptedMassiveServer vendor{another_key};
  RedisServer redis;
  RunningEngine engine{Yaml(vendor, redis) + "engine: {log_level: debug}\n", kKey};
  ASSERT_TRUE(engine.process().WaitForLog("authentication failed"));

  const auto report = engine.StopAndReport();

  EXPECT_EQ(engine.process().Errors().find("test-key"), std::string::npos);
  EXPECT_EQ(report.dump().find("test-key"), std::string::npos);
}

}  // namespace
}  // namespace feedmux::testing
