#include "sink_fixture.hpp"

#include <algorithm>  // min
#include <chrono>     // minutes
#include <csignal>    // signal
#include <cstdlib>    // atoi
#include <numeric>    // iota

#include "eventually.hpp"
#include "feedmux/testing/make_options.hpp"
#include "sink_redis/options.hpp"

namespace feedmux::redis {

SinkTest::SinkTest() {
  std::signal(SIGPIPE, SIG_IGN);
  host_.AddConnection(1, {"connection_1", "primary", "massive"});
}

SinkTest::~SinkTest() { EXPECT_THAT(host_.log().UnexpectedLines(), ::testing::IsEmpty()); }

std::unique_ptr<RedisSink> SinkTest::MakeSink(OptionTexts options) {
  return std::make_unique<RedisSink>(host_, testing::MakeOptions(kOptions, options));
}

std::vector<Tick> SinkTest::Trades(int first, int last) {
  std::vector<Tick> ticks;
  for (int number = first; number <= last; ++number) {
    Tick& tick = ticks.emplace_back(testing::MakeTrade(host_, number, 100));
    tick.sequence = static_cast<std::uint64_t>(number);
  }
  return ticks;
}

SinkUnavailable SinkTest::UnavailableAt(const std::function<void()>& call) {
  try {
    call();
  } catch (const SinkUnavailable& unavailable) {
    return unavailable;
  }
  ADD_FAILURE() << "the sink was available";
  return SinkUnavailable{"it was available"};
}

void SinkTest::DeliverAll(RedisSink& sink, std::span<const Tick> ticks,
                          const std::function<void(const SinkUnavailable&)>& meanwhile) {
  std::string last;
  const auto all_delivered = [&] {
    try {
      sink.OnTicks(ticks);
      return true;
    } catch (const SinkUnavailable& unavailable) {
      last = unavailable.what();
      EXPECT_LE(unavailable.delivered(), ticks.size());
      ticks = ticks.subspan(std::min(unavailable.delivered(), ticks.size()));
      meanwhile(unavailable);
      return false;
    }
  };
  ASSERT_TRUE(Eventually(all_delivered, std::chrono::minutes{1})) << last;
}

int NumberOf(const std::string& message) {
  constexpr std::string_view kPrice = "\"price\":";
  const auto at = message.find(kPrice);
  return at == std::string::npos ? -1 : std::atoi(message.c_str() + at + kPrice.size());
}

std::vector<int> NumbersOf(const std::vector<std::string>& messages) {
  std::vector<int> numbers;
  for (const std::string& message : messages) numbers.push_back(NumberOf(message));
  return numbers;
}

std::vector<int> Range(int first, int last) {
  std::vector<int> numbers(static_cast<std::size_t>(last - first + 1));
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

std::vector<std::string> StreamMessages(testing::RedisServer& server, const std::string& key) {
  std::vector<std::string> messages;
  const auto elements = server.List({"XRANGE", key, "-", "+"});  // id, "data", message, id, ...
  for (std::size_t i = 2; i < elements.size(); i += 3) messages.push_back(elements[i]);
  return messages;
}

}  // namespace feedmux::redis
