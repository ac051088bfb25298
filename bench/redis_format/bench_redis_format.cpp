// What one tick costs on its way into Redis: formatting alone, and formatting, sending and reading
// the answers against a real redis-server. One iteration is one tick; `Time` is bound by Redis,
// `CPU` is this process' own. Compare with AppendCommandPerTick.
#include <benchmark/benchmark.h>
#include <hiredis/hiredis.h>

#include <csignal>  // signal
#include <memory>   // unique_ptr
#include <string>   // string
#include <utility>  // pair
#include <vector>   // vector

#include "feedmux/testing/fake_host.hpp"
#include "feedmux/testing/make_options.hpp"
#include "redis_server.hpp"
#include "sink_redis/command_encoder.hpp"
#include "sink_redis/options.hpp"
#include "sink_redis/redis_sink.hpp"

namespace {

using namespace feedmux;
using OptionTexts = std::initializer_list<std::pair<std::string_view, std::string>>;

constexpr std::string_view kEvent =
    R"({"ev":"T","sym":"AAPL","i":"52983525029461","x":4,"p":178.23,"s":100,"c":[14,41],)"
    R"("t":1705853696123,"q":10061025,"z":3})";

/// A host, and trades of 500 symbols as they come off a feed.
class Feed {
 public:
  explicit Feed(std::size_t count) {
    host_.AddConnection(1, {"connection_1", "primary", "massive"});
    for (std::size_t i = 0; i < count; ++i) {
      Tick& tick = ticks_.emplace_back();
      tick.kind = Kind::Trade;
      tick.trade = {};
      tick.symbol = host_.symbols().Intern("SYM" + std::to_string(i * 7 % 500));
      tick.connection = 1;
      tick.sequence = i + 1;
      tick.ts_event_ns = 1'705'853'696'123'000'000 + static_cast<std::int64_t>(i) * 1'000'000;
      tick.ts_recv_ns = tick.ts_event_ns;
      tick.price = static_cast<double>(10'000 + i * 13 % 40'000) / 100;
      tick.size = static_cast<double>(1 + i * 17 % 900);
      tick.raw_data = kEvent.data();
      tick.raw_size = static_cast<std::uint32_t>(kEvent.size());
      tick.trade.exchange = 4;
      tick.trade.tape = 3;
      tick.trade.id_offset = 26;
      tick.trade.id_size = 14;
      tick.trade.condition_count = 2;
    }
  }

  testing::FakeHost& host() { return host_; }
  const std::vector<Tick>& ticks() const { return ticks_; }

 private:
  testing::FakeHost host_;
  std::vector<Tick> ticks_;
};

void Format(benchmark::State& state, OptionTexts options) {
  Feed feed{500};
  redis::CommandEncoder encoder{
      feed.host(), redis::ReadSettings(testing::MakeOptions(redis::kOptions, options))};
  redis::ByteBuffer out;
  std::size_t i = 0;
  for (auto _ : state) {
    if (i == feed.ticks().size()) {
      i = 0;
      out.Clear();
    }
    benchmark::DoNotOptimize(encoder.Append(out, feed.ticks()[i++]));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(Format, tickstock, {});
BENCHMARK_CAPTURE(Format, raw, {{"format", "raw"}});
BENCHMARK_CAPTURE(Format, full, {{"format", "full"}});
BENCHMARK_CAPTURE(Format, channel_per_symbol, {{"channels", "ticks.{symbol}"}});
BENCHMARK_CAPTURE(Format, two_channels, {{"channels", "tickstock:market:ticks,ticks.{symbol}"}});
BENCHMARK_CAPTURE(Format, last_value_hash, {{"last_value_hash", "last:{symbol}"}});

/// Lots of range(0) ticks, each delivered before the next begins. One iteration is one tick.
void Deliver(benchmark::State& state, OptionTexts options) {
  std::signal(SIGPIPE, SIG_IGN);
  testing::RedisServer server;
  const auto lot = static_cast<std::size_t>(state.range(0));
  Feed feed{lot};
  auto settings = testing::MakeOptions(redis::kOptions, options);
  settings.Set("url", server.url());
  redis::RedisSink sink{feed.host(), settings};
  sink.Start();
  while (state.KeepRunningBatch(static_cast<benchmark::IterationCount>(lot))) {
    sink.OnTicks(feed.ticks());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(Deliver, publish, {})
    ->Arg(1)
    ->Arg(5)
    ->Arg(50)
    ->Arg(500)
    ->Arg(5000)
    ->Arg(100'000)
    ->UseRealTime();
BENCHMARK_CAPTURE(Deliver, stream, {{"mode", "stream"}})->Arg(5000)->UseRealTime();
BENCHMARK_CAPTURE(Deliver, publish_and_hash, {{"last_value_hash", "last:{symbol}"}})
    ->Arg(5000)
    ->UseRealTime();

/// The comparison: the same messages, each command formatted by hiredis and an object made of each
/// answer.
void AppendCommandPerTick(benchmark::State& state) {
  testing::RedisServer server;
  const auto lot = static_cast<std::size_t>(state.range(0));
  Feed feed{lot};
  redis::MessageWriter writer{feed.host(), redis::Format::Tickstock};
  redis::ByteBuffer message;
  const std::unique_ptr<redisContext, decltype(&redisFree)> context{
      redisConnect("127.0.0.1", server.port()), &redisFree};
  while (state.KeepRunningBatch(static_cast<benchmark::IterationCount>(lot))) {
    for (const Tick& tick : feed.ticks()) {
      message.Clear();
      writer.Append(message, tick);
      redisAppendCommand(context.get(), "PUBLISH %s %b", "tickstock:market:ticks", message.data(),
                         message.size());
    }
    for (std::size_t i = 0; i < lot; ++i) {
      void* reply = nullptr;
      redisGetReply(context.get(), &reply);
      freeReplyObject(reply);
    }
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(AppendCommandPerTick)->Arg(50)->Arg(500)->Arg(5000)->UseRealTime();

}  // namespace
