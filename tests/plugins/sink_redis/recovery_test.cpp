#include <future>  // async

#include "redis_subscriber.hpp"
#include "sink_fixture.hpp"

namespace feedmux::redis {
namespace {

using ::testing::HasSubstr;
using testing::RedisServer;
using testing::RedisSubscriber;

using Recovery = SinkTest;

/// Waits until the stream has that many entries.
void WaitForEntries(RedisServer& server, const std::string& key, int count) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30};
  while (std::stoi(server.Command({"XLEN", key})) < count) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
  }
}

TEST_F(Recovery, ACrashInMidPipelineLosesNothingAndRepeatsOnlyWhatHadNoAnswer) {
  constexpr int kTicks = 300'000;
  RedisServer server{{"--appendonly", "yes", "--appendfsync", "no"}};
  const auto sink = MakeSink(
      {{"url", server.url()}, {"mode", "stream"}, {"channels", "s"}, {"stream_max_length", "0"}});
  sink->Start();
  const auto ticks = Trades(1, kTicks);

  int acknowledged = 0;
  int losses = 0;
  auto delivery = std::async(std::launch::async, [&] {
    DeliverAll(*sink, ticks, [&](const SinkUnavailable& unavailable) {
      acknowledged += static_cast<int>(unavailable.delivered());
      if (unavailable.delivered() > 0) ++losses;
    });
  });
  WaitForEntries(server, "s", kTicks / 10);
  server.Kill();
  server.Restart();
  delivery.get();

  EXPECT_EQ(losses, 1);
  EXPECT_GT(acknowledged, 0);
  EXPECT_LT(acknowledged, kTicks);
  const auto numbers = NumbersOf(StreamMessages(server, "s"));
  // In order up to the crash, then from the first tick without an answer on in order to the end.
  std::size_t until_crash = 0;
  while (until_crash < numbers.size() &&
         numbers[until_crash] == static_cast<int>(until_crash) + 1) {
    ++until_crash;
  }
  if (until_crash < numbers.size()) {
    EXPECT_GE(static_cast<int>(until_crash), acknowledged);
    const std::vector<int> again(numbers.begin() + static_cast<std::ptrdiff_t>(until_crash),
                                 numbers.end());
    EXPECT_TRUE(again == Range(acknowledged + 1, kTicks));
    EXPECT_LE(until_crash - static_cast<std::size_t>(acknowledged), CounterValue("redelivered"));
  } else {
    EXPECT_EQ(numbers.size(), static_cast<std::size_t>(kTicks));
  }
  EXPECT_GT(CounterValue("redelivered"), 0u);
  EXPECT_LT(CounterValue("redelivered"), 3000u);
  EXPECT_EQ(CounterValue("reconnects"), 1u);
}

TEST_F(Recovery, AHungServerIsLeftAndWhatItHeldIsNotExecutedAfterWhatIsSentAgain) {
  RedisServer server;
  RedisSubscriber subscriber{server.port()};
  const auto sink = MakeSink({{"url", server.url()}, {"io_timeout", "300ms"}});
  sink->Start();
  sink->OnTicks(Trades(1, 10));

  server.Pause();
  int attempts = 0;
  DeliverAll(*sink, Trades(11, 20'000), [&](const SinkUnavailable& unavailable) {
    EXPECT_THAT(unavailable.what(), HasSubstr("did not answer for 300 ms"));
    if (++attempts == 2) server.Resume();
  });

  // What the server was given before it hung it may execute; then comes everything, once.
  std::vector<int> numbers;
  while (numbers.empty() || numbers.back() != 20'000) {
    const auto message = subscriber.Next();
    ASSERT_TRUE(message);
    numbers.push_back(NumberOf(message->payload));
  }
  const auto all = Range(11, 20'000);
  ASSERT_GE(numbers.size(), all.size() + 10);
  EXPECT_TRUE(std::equal(all.rbegin(), all.rend(), numbers.rbegin()));
  EXPECT_GT(CounterValue("redelivered"), 0u);
}

TEST_F(Recovery, TicksDroppedMeanwhileAreNotCountedAsRedelivered) {
  RedisServer server;
  RedisSubscriber subscriber{server.port()};
  const auto sink = MakeSink({{"url", server.url()}, {"io_timeout", "100ms"}});
  sink->Start();
  server.Pause();
  UnavailableAt([&] { sink->OnTicks(Trades(1, 10)); });
  server.Kill();
  server.Restart();

  // The engine's queue gave up ticks 1 to 6, and has new ones.
  sink->OnTicks(Trades(7, 15));
  EXPECT_EQ(CounterValue("redelivered"), 4u);
  EXPECT_EQ(CounterValue("commands"), 9u);
}

TEST_F(Recovery, AServerAwayForLongerThanOneAttemptGetsEverythingInOrder) {
  RedisServer server;
  const auto sink = MakeSink({{"url", server.url()}, {"mode", "stream"}, {"channels", "s"}});
  sink->Start();
  server.Kill();
  int attempts = 0;
  DeliverAll(*sink, Trades(1, 5000), [&](const SinkUnavailable&) {
    if (++attempts == 5) server.Restart();
  });
  EXPECT_EQ(attempts, 5);
  EXPECT_EQ(NumbersOf(StreamMessages(server, "s")), Range(1, 5000));
}

}  // namespace
}  // namespace feedmux::redis
