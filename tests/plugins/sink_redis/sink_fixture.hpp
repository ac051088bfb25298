#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>        // function
#include <initializer_list>  // initializer_list
#include <memory>            // unique_ptr
#include <span>              // span
#include <string>            // string
#include <string_view>       // string_view
#include <utility>           // pair
#include <vector>            // vector

#include "feedmux/errors.hpp"
#include "redis_server.hpp"
#include "sink_redis/redis_sink.hpp"
#include "ticks.hpp"

namespace feedmux::redis {

/// A sink with a fake host around it. A warning or an error that the test did not expect fails it.
class SinkTest : public ::testing::Test {
 protected:
  using OptionTexts = std::initializer_list<std::pair<std::string_view, std::string>>;

  SinkTest();
  ~SinkTest() override;

  std::unique_ptr<RedisSink> MakeSink(OptionTexts options);

  /// Trades number `first` to `last`, in sequence; the number is also their price.
  std::vector<Tick> Trades(int first, int last);

  /// What Start() or OnTicks throws as SinkUnavailable; fails if it does not.
  static SinkUnavailable UnavailableAt(const std::function<void()>& call);

  /// As the engine does: offers the ticks, and after SinkUnavailable those that are left, after
  /// `meanwhile` had the chance to change something. Gives up after a minute.
  static void DeliverAll(RedisSink& sink, std::span<const Tick> ticks,
                         const std::function<void(const SinkUnavailable&)>& meanwhile);

  std::uint64_t CounterValue(std::string_view name) { return host_.metrics().Value(name); }

  testing::FakeHost host_;
};

/// The price of a message in the format tickstock: the number of a tick of SinkTest::Trades.
int NumberOf(const std::string& message);
std::vector<int> NumbersOf(const std::vector<std::string>& messages);

/// first, first + 1, ... last.
std::vector<int> Range(int first, int last);

/// The messages of a stream, oldest first.
std::vector<std::string> StreamMessages(testing::RedisServer& server, const std::string& key);

}  // namespace feedmux::redis
