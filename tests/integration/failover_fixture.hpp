#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>       // map
#include <optional>  // optional
#include <string>    // string
#include <vector>    // vector

#include "feedmux_process.hpp"
#include "redis_server.hpp"
#include "redis_subscriber.hpp"
#include "scripted_massive_server.hpp"

namespace feedmux::testing {

/// The session that subscribes to the topic, and has not ended; nothing if none or several do.
inline std::optional<std::size_t> SessionOf(const std::vector<SessionLog>& sessions,
                                            std::string_view topic) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    if (sessions[i].ended || !sessions[i].Subscribes(topic)) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

enum class Transport { Plain, Tls };

/// The feedmux binary with two connections (primary, secondary) to a scripted vendor, over plain
/// sockets or TLS, and a real Redis server behind it. What would take seconds takes milliseconds.
class FailoverTest : public ::testing::TestWithParam<Transport> {
 protected:
  static constexpr const char* kChannel = "ticks";

  struct Setup {
    std::string extra = {};    ///< of the source, in YAML
    std::string options = {};  ///< of the plugin
    std::string primary = "symbols: [AAPL]";
    std::string secondary = "symbols: [MSFT]";
    std::string api_key = "test-key";
    std::string sink_options = {};
    std::string sink = {};  ///< more of the sink, a line
  };

  void Run(const Setup& setup) {
    subscriber_.emplace(redis_.port(), kChannel);
    engine_.emplace(Yaml(setup), Environment());
  }
  void Start(const std::string& extra = "") {
    Run({.extra = extra});
    ASSERT_TRUE(AreApart());
  }

  /// Waits until each connection has its own ticker. Where one is slow to come up the other has
  /// both at first.
  bool AreApart() {
    return vendor_.WaitFor(
        [](const auto& sessions) {
          const auto aapl = SessionOf(sessions, "T.AAPL");
          const auto msft = SessionOf(sessions, "T.MSFT");
          return aapl && msft && *aapl != *msft;
        },
        std::chrono::seconds{30});
  }

  /// `feedmux pause primary`, for instance, on the running engine.
  void Command(const std::vector<std::string>& words) {
    FeedmuxProcess command{words, Environment()};
    EXPECT_EQ(command.Wait(), 0) << command.Errors();
  }

  /// One more trade of the symbol, whose price is its number.
  void Trade(const std::string& symbol = "AAPL") {
    const int number = ++traded_[symbol];
    vendor_.FeedTopic("T." + symbol,
                      TradeFrame(symbol, number, 1, static_cast<std::uint64_t>(number)));
  }

  void LoseConnectionOf(std::string_view topic) {
    const auto session = SessionOf(vendor_.Sessions(), topic);
    ASSERT_TRUE(session);
    vendor_.Do(*session, [](auto& client) { client.Reset(); });
  }

  bool MovesTo(std::size_t session, std::string_view topic = "T.AAPL") {
    return vendor_.WaitFor(
        [session, topic](const auto& sessions) { return SessionOf(sessions, topic) == session; });
  }

  /// What arrives in Redis until all trades of the symbol did: trades by their price, gaps as they
  /// are.
  void Collect(const std::string& symbol = "AAPL") {
    while (prices_[symbol].size() < static_cast<std::size_t>(traded_[symbol])) {
      const auto messages = subscriber_->Payloads(1);
      ASSERT_EQ(messages.size(), 1u);
      const auto json = nlohmann::json::parse(messages[0]);
      if (json.contains("ev")) {
        gaps_.push_back(json);
      } else {
        prices_[json["symbol"]].push_back(json["price"].get<int>());
      }
    }
  }

  /// Every trade of the symbol, once and in order.
  std::vector<int> AllOf(const std::string& symbol = "AAPL") {
    std::vector<int> numbers;
    for (int i = 1; i <= traded_[symbol]; ++i) numbers.push_back(i);
    return numbers;
  }

  const TempFolder folder_;
  const TestAuthority authority_;
  ScriptedMassiveServer vendor_{VendorOptions()};
  RedisServer redis_;
  std::optional<RedisSubscriber> subscriber_;
  std::optional<RunningEngine> engine_;
  std::map<std::string, int> traded_;
  std::map<std::string, std::vector<int>> prices_;
  std::vector<nlohmann::json> gaps_;

 private:
  FeedmuxProcess::Environment Environment() const {
    return {{"FEEDMUX_CONTROL", folder_.path() / "control.sock"}};
  }

  ScriptedMassiveServer::Options VendorOptions() const {
    ScriptedMassiveServer::Options options;
    if (GetParam() == Transport::Tls) options.tls = authority_.Issue({"127.0.0.1"});
    return options;
  }

  std::string Yaml(const Setup& setup) const {
    std::string options;
    if (!setup.options.empty()) options += ", " + setup.options;
    if (GetParam() == Transport::Tls) options += ", ca_file: " + authority_.ca_file().string();
    return fmt::format(R"(
sources:
  - name: massive
    plugin: massive
    failover_after: 300ms
    reconnect: {{first: 10ms, max: 20ms, healthy_after: 100ms}}
    {}
    options: {{url: "{}", api_key: {}, channels: [T]{}}}
    connections:
      - {{name: primary, {}}}
      - {{name: secondary, {}}}
sinks:
  - name: redis
    plugin: redis
    options: {{url: "{}", channels: [{}]{}}}
    filter: {{kinds: [trade, gap]}}
    {}
)",
                       setup.extra, vendor_.url(), setup.api_key, options, setup.primary,
                       setup.secondary, redis_.url(), kChannel,
                       setup.sink_options.empty() ? "" : ", " + setup.sink_options, setup.sink);
  }
};

inline std::string TransportName(const ::testing::TestParamInfo<Transport>& info) {
  return info.param == Transport::Tls ? "Tls" : "Plain";
}

}  // namespace feedmux::testing
