#include "app/engine.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <ctime>
#include <random>
#include <thread>

#include "eventually.hpp"
#include "feedmux/errors.hpp"
#include "support/captured_log.hpp"
#include "support/engine_parts.hpp"
#include "support/gate.hpp"

namespace feedmux {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::Pair;

// Published and gone: what the ledger of one sink must explain.
std::uint64_t Explained(const SinkHealth& sink) {
  return sink.filtered + sink.delivered + sink.dropped + sink.conflated + sink.queued + sink.failed;
}

class EngineTest : public ::testing::Test {
 protected:
  void Start() {
    engine_.emplace(std::move(parts_.assembly), parts_.services);
    engine_->Start();
  }
  bool Published(std::uint64_t ticks) {
    return Eventually([&] { return engine_->ReadHealth().published == ticks; });
  }
  bool Delivered(std::uint64_t ticks, std::size_t sink = 0) {
    return Eventually([&] { return engine_->ReadHealth().sinks[sink].delivered == ticks; });
  }
  /// Sessions that publish so many frames of so many trades, and then wait.
  void Publish(int frames, std::size_t ticks) {
    source_.run = [=](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int) {
      publisher.Connected();
      for (int i = 0; i < frames; ++i) PublishTrades(publisher, ticks);
      WaitForStop(stop);
    };
  }

  CapturedLog log_;
  SourceScript source_;
  SinkScript sink_;
  SinkScript other_sink_;
  EngineParts parts_;
  std::optional<Engine> engine_;  // ends before what its plugins use
};

TEST_F(EngineTest, DeliversEveryTickToEverySinkInOneOrder) {
  Publish(10, 5);
  parts_.AddSource("scripted", source_, 3);
  parts_.AddSink("one", sink_);
  parts_.AddSink("other", other_sink_, WhenFull::Block, 7);
  Start();
  ASSERT_TRUE(Delivered(150, 0));
  ASSERT_TRUE(Delivered(150, 1));
  EXPECT_TRUE(engine_->Stop(seconds{10}));
  const auto all = [](const SinkScript& script) {
    Sequences sequences;
    for (const Sequences& call : script.Calls()) {
      sequences.insert(sequences.end(), call.begin(), call.end());
    }
    return sequences;
  };
  EXPECT_EQ(all(sink_), FromTo(1, 150));
  EXPECT_EQ(all(other_sink_), FromTo(1, 150));
  EXPECT_EQ(engine_->ReadHealth().imbalance, 0);
}

TEST_F(EngineTest, BalancesAtEveryMomentWhateverItsPluginsDo) {
  source_.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec& spec,
                   int session) {
    std::mt19937 random{spec.index + static_cast<unsigned>(session)};
    publisher.Connected();
    while (!stop.stop_requested()) {
      Batch& batch = publisher.NewBatch();
      const unsigned ticks = random() % 9;
      for (unsigned i = 0; i < ticks; ++i) {
        batch.Add(random() % 2 == 0 ? Kind::Trade : Kind::Quote).symbol = 1 + random() % 20;
      }
      batch.events = ticks + 2;
      batch.status_events = 1;
      batch.Reject(RejectReason::Malformed);
      publisher.Publish(batch);
      if (random() % 3000 == 0) throw FeedError(FeedErrorKind::Protocol, "odd");
    }
  };
  SinkScript scripts[4];
  PluginHost* hosts[4] = {};
  for (int i = 0; i < 4; ++i) {
    scripts[i].on_ticks = [i, &hosts](std::span<const Tick> ticks, int call) {
      if ((call + i) % 5 == 0) throw SinkUnavailable("full", ticks.size() / 2);
      if ((call + i) % 7 == 0) hosts[i]->ReportFailed(1, "too long");
    };
  }
  parts_.AddSource("scripted", source_, 2);
  const WhenFull policies[] = {WhenFull::Block, WhenFull::DropOldest, WhenFull::DropNewest,
                               WhenFull::Conflate};
  for (int i = 0; i < 4; ++i) {
    FilterConfig filter;
    if (i % 2 == 0) filter.kinds = MaskOf(Kind::Trade);
    hosts[i] = &parts_.AddSink("sink_" + std::to_string(i), scripts[i], policies[i], 500, filter);
  }
  Start();
  std::uint64_t published = 0;
  for (int i = 0; i < 300 || published < 5000; ++i) {
    const Health health = engine_->ReadHealth();
    ASSERT_EQ(health.imbalance, 0);
    for (const SinkHealth& sink : health.sinks) ASSERT_EQ(Explained(sink), health.published);
    ASSERT_GE(health.published, published);
    published = health.published;
  }
  EXPECT_TRUE(engine_->Stop(seconds{10}));
  const Health health = engine_->ReadHealth();
  EXPECT_EQ(health.imbalance, 0);
  for (const SinkHealth& sink : health.sinks) EXPECT_EQ(sink.queued, 0u) << sink.name;
}

TEST_F(EngineTest, GivesASinkWhatItsFilterAsksFor) {
  SourceScript quotes;
  quotes.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int) {
    Batch& batch = publisher.NewBatch();
    for (const SymbolId symbol : {1u, 2u}) batch.Add(Kind::Quote).symbol = symbol;
    batch.events = 2;
    publisher.Publish(batch);
    WaitForStop(stop);
  };
  Publish(1, 3);
  ASSERT_EQ(parts_.symbols.Intern("AAPL"), 1u);
  parts_.AddSource("trades", source_);
  parts_.AddSource("quotes", quotes);
  SinkScript by_source;
  SinkScript by_kind;
  SinkScript by_symbol;
  parts_.AddSink("by_source", by_source, WhenFull::DropOldest, kNoLimit,
                 {kAllKinds, {}, {"quotes"}});
  parts_.AddSink("by_kind", by_kind, WhenFull::DropOldest, kNoLimit, {MaskOf(Kind::Trade), {}, {}});
  parts_.AddSink("by_symbol", by_symbol, WhenFull::DropOldest, kNoLimit, {kAllKinds, {"AAPL"}, {}});
  Start();
  EXPECT_TRUE(Delivered(2, 0));
  EXPECT_TRUE(Delivered(3, 1));
  EXPECT_TRUE(Delivered(4, 2));
  EXPECT_TRUE(engine_->Stop(seconds{10}));
  const Health health = engine_->ReadHealth();
  EXPECT_EQ(health.sinks[0].filtered, 3u);
  EXPECT_EQ(health.sinks[1].filtered, 2u);
  EXPECT_EQ(health.sinks[2].filtered, 1u);
  EXPECT_EQ(health.imbalance, 0);
}

TEST_F(EngineTest, FiltersASymbolHoweverItsTicksSpellIt) {
  source_.spelling = [](const std::string& ticker) {
    return ticker == "EUR-USD" ? std::string{"EUR/USD"} : ticker;
  };
  ASSERT_EQ(parts_.symbols.Intern("EUR/USD"), 1u);
  Publish(1, 3);
  parts_.AddSource("forex", source_);
  parts_.AddSink("one", sink_, WhenFull::DropOldest, kNoLimit, {kAllKinds, {"EUR-USD"}, {}});
  Start();
  EXPECT_TRUE(Delivered(3));
}

TEST_F(EngineTest, SpellsASymbolAsEachSourceThatIsNamedDoes) {
  source_.spelling = [](const std::string&) { return std::string{"EUR/USD"}; };
  SourceScript same;
  SourceScript faulty;
  faulty.spelling = [](const std::string&) -> std::string { throw std::runtime_error("a bug"); };
  parts_.AddSource("forex", source_);
  parts_.AddSource("same", same);
  parts_.AddSource("faulty", faulty);
  const Engine engine{std::move(parts_.assembly), parts_.services};
  EXPECT_THAT(engine.Spellings("EUR-USD"), ElementsAre("EUR-USD", "EUR/USD"));
  EXPECT_THAT(engine.Spellings("EUR-USD", {"same", "faulty"}), ElementsAre("EUR-USD"));
}

TEST_F(EngineTest, TellsTheHealthOfItsConnections) {
  Publish(2, 3);
  parts_.AddSource("scripted", source_);
  parts_.AddConnection(false);
  parts_.AddSink("sink", sink_);
  Start();
  ASSERT_TRUE(Delivered(6));
  const Health health = engine_->ReadHealth();
  ASSERT_EQ(health.connections.size(), 2u);
  const ConnectionHealth& on = health.connections[0];
  EXPECT_EQ(on.connection_id, "connection_1");
  EXPECT_EQ(on.name, "name_1");
  EXPECT_EQ(on.source, "scripted");
  EXPECT_TRUE(on.enabled);
  EXPECT_EQ(on.status, ConnectionStatus::Connected);
  EXPECT_EQ(on.assigned_tickers, 1u);
  EXPECT_EQ(on.message_count, 6u);
  EXPECT_EQ(on.frames, 2u);
  EXPECT_EQ(on.bytes, 10u);
  EXPECT_EQ(on.events, 6u);
  EXPECT_EQ(on.connects, 1u);
  EXPECT_EQ(on.last_message_ns, parts_.clock.UtcNs());
  const ConnectionHealth& off = health.connections[1];
  EXPECT_FALSE(off.enabled);
  EXPECT_EQ(off.status, ConnectionStatus::Disconnected);
  EXPECT_EQ(off.assigned_tickers, 0u);
}

TEST_F(EngineTest, TellsTheUniverseOfAConnection) {
  parts_.AddSource("scripted", source_);
  parts_.assembly.connections[0].universe = "etf:sectors";
  parts_.AddSink("sink", sink_);
  Start();
  EXPECT_EQ(engine_->ReadHealth().connections[0].universe, "etf:sectors");
}

TEST_F(EngineTest, TellsTheQueueOfASink) {
  parts_.AddSource("scripted", source_);
  parts_.AddSink("sink", sink_, WhenFull::Conflate, 1000);
  Start();
  const SinkHealth sink = engine_->ReadHealth().sinks[0];
  EXPECT_EQ(sink.when_full, "conflate");
  EXPECT_EQ(sink.queue_capacity, 1000u);
}

TEST_F(EngineTest, LetsAPluginReadItsHealthAtAnyTime) {
  PluginHost* host = nullptr;
  std::atomic<std::uint64_t> seen{0};
  Publish(50, 2);
  sink_.on_ticks = [&](std::span<const Tick>, int) { seen = host->ReadHealth().published; };
  parts_.AddSource("scripted", source_, 2);
  host = &parts_.AddSink("admin", sink_, WhenFull::Block, 3);
  Start();
  EXPECT_TRUE(Delivered(200));
  EXPECT_TRUE(engine_->Stop(seconds{10}));
  EXPECT_GT(seen, 0u);
}

TEST_F(EngineTest, DrainsItsQueuesWhenItStops) {
  Gate gate;
  sink_.on_ticks = [&](std::span<const Tick>, int) { gate.Pass(); };
  Publish(20, 5);
  parts_.AddSource("scripted", source_);
  parts_.AddSink("slow", sink_);
  Start();
  ASSERT_TRUE(Published(100));
  std::thread stopper{[&] { EXPECT_TRUE(engine_->Stop(seconds{10})); }};
  gate.Open();
  stopper.join();
  const Health health = engine_->ReadHealth();
  EXPECT_EQ(health.sinks[0].delivered, 100u);
  EXPECT_EQ(health.imbalance, 0);
  EXPECT_EQ(health.connections[0].status, ConnectionStatus::Disconnected);
}

TEST_F(EngineTest, CountsWhatItCouldNotDrainAsQueued) {
  sink_.on_ticks = [](std::span<const Tick>, int) { throw SinkUnavailable("away"); };
  Publish(2, 5);
  parts_.AddSource("scripted", source_);
  parts_.AddSink("dead", sink_);
  Start();
  ASSERT_TRUE(Published(10));
  EXPECT_TRUE(engine_->Stop(milliseconds{20}));
  const Health health = engine_->ReadHealth();
  EXPECT_EQ(health.sinks[0].queued, 10u);
  EXPECT_FALSE(health.sinks[0].available);
  EXPECT_EQ(health.imbalance, 0);
}

TEST_F(EngineTest, StopsWhileAConnectionIsBlockedByADeadSink) {
  sink_.on_ticks = [](std::span<const Tick>, int) { throw SinkUnavailable("away"); };
  Publish(3, 5);
  parts_.AddSource("scripted", source_);
  parts_.AddSink("dead", sink_, WhenFull::Block, 5);
  Start();
  ASSERT_TRUE(Published(5));
  EXPECT_TRUE(engine_->Stop(milliseconds{20}));
  const Health health = engine_->ReadHealth();
  EXPECT_EQ(health.published, 15u);
  EXPECT_EQ(health.sinks[0].queued, 15u);
  EXPECT_EQ(health.imbalance, 0);
}

TEST_F(EngineTest, StopsTwiceWithoutHarm) {
  Publish(1, 1);
  parts_.AddSource("scripted", source_);
  parts_.AddSink("sink", sink_);
  Start();
  EXPECT_TRUE(engine_->Stop(seconds{10}));
  EXPECT_TRUE(engine_->Stop(seconds{10}));
  EXPECT_EQ(sink_.stops, 1);
}

TEST_F(EngineTest, StopsWhereItNeverStarted) {
  parts_.AddSource("scripted", source_);
  parts_.AddSink("sink", sink_);
  engine_.emplace(std::move(parts_.assembly), parts_.services);
  EXPECT_TRUE(engine_->Stop(seconds{10}));
  EXPECT_EQ(sink_.starts, 0);
}

TEST_F(EngineTest, EndsWithoutStopEvenWhileAConnectionIsBlocked) {
  PluginHost* host = nullptr;
  sink_.on_ticks = [&](std::span<const Tick>, int) {
    host->ReadHealth();
    throw SinkUnavailable("away");
  };
  Publish(3, 5);
  parts_.AddSource("scripted", source_);
  host = &parts_.AddSink("dead", sink_, WhenFull::Block, 5);
  Start();
  ASSERT_TRUE(Published(5));
  engine_.reset();
  EXPECT_EQ(sink_.stops, 1);
  EXPECT_FALSE(parts_.services.read_health);
}

TEST_F(EngineTest, GivesCountersByPluginAndName) {
  PluginHost& sink = parts_.AddSink("redis", sink_);
  sink.metrics().GetCounter("redelivered", "").Add(3);
  parts_.AddSource("massive", source_);
  parts_.assembly.sources[0].host->metrics().GetCounter("acks", "").Add(2);
  parts_.AddSink("silent", other_sink_);
  const Engine engine{std::move(parts_.assembly), parts_.services};
  EXPECT_THAT(engine.ReadMetrics(),
              ElementsAre(Pair("massive", ElementsAre(Pair("acks", 2))),
                          Pair("redis", ElementsAre(Pair("redelivered", 3)))));
}

TEST_F(EngineTest, KeepsTheCountersOfASourceAndASinkOfOneName) {
  parts_.AddSink("tape", sink_).metrics().GetCounter("written", "").Add(3);
  parts_.AddSource("tape", source_);
  parts_.assembly.sources[0].host->metrics().GetCounter("read", "").Add(2);
  const Engine engine{std::move(parts_.assembly), parts_.services};
  EXPECT_THAT(engine.ReadMetrics(),
              ElementsAre(Pair("tape", ElementsAre(Pair("read", 2), Pair("written", 3)))));
}

TEST_F(EngineTest, UsesNoProcessorTimeWhileIdle) {
  Publish(1, 1);
  parts_.AddSource("scripted", source_, 3);
  parts_.AddSink("one", sink_);
  parts_.AddSink("other", other_sink_, WhenFull::Block);
  Start();
  ASSERT_TRUE(Delivered(3, 0));
  ASSERT_TRUE(Delivered(3, 1));
  const auto used = [] {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
  };
  const auto before = used();
  const Completion never;
  EXPECT_FALSE(never.WaitUntil(std::chrono::steady_clock::now() + milliseconds{200}));
  EXPECT_LT(used() - before, milliseconds{20});
}

// Stuck plugins leave a thread behind that uses the engine, so the process must end with it.
class StuckPlugin : public EngineTest {
 protected:
  StuckPlugin() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(StuckPlugin, InAConnectionLeavesTheSinksTheirTimeToDrain) {
  log_.Text();
  EXPECT_EXIT(
      {
        Gate never;
        source_.run = [&](Publisher& publisher, std::stop_token, const ConnectionSpec&, int) {
          PublishTrades(publisher, 3);
          never.Pass();
        };
        std::atomic<bool> available{false};
        sink_.on_ticks = [&](std::span<const Tick>, int) {
          if (!available) throw SinkUnavailable("away");
        };
        parts_.AddSource("stuck", source_);
        parts_.AddSink("sink", sink_);
        Start();
        if (!Published(3)) std::_Exit(2);
        // The sink comes back only after the connection was given up.
        std::thread{[&] {
          const Completion wait;
          wait.WaitUntil(std::chrono::steady_clock::now() + milliseconds{2500});
          available = true;
        }}.detach();
        const bool came_back = engine_->Stop(seconds{8});
        const Health health = engine_->ReadHealth();
        std::_Exit(!came_back && health.sinks[0].delivered == 3 && health.imbalance == 0 ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "connection_1 does not stop");
}

TEST_F(StuckPlugin, InASinkIsGivenUp) {
  log_.Text();
  EXPECT_EXIT(
      {
        Gate never;
        Publish(1, 3);
        sink_.on_ticks = [&](std::span<const Tick>, int) { never.Pass(); };
        parts_.AddSource("scripted", source_);
        parts_.AddSink("stuck", sink_);
        parts_.AddSink("other", other_sink_);
        Start();
        if (!Delivered(3, 1)) std::_Exit(2);
        const bool came_back = engine_->Stop(milliseconds{10});
        const Health health = engine_->ReadHealth();
        std::_Exit(!came_back && health.sinks[0].queued == 3 && health.imbalance == 0 ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "sink stuck does not stop");
}

TEST_F(StuckPlugin, InAResolverIsGivenUp) {
  log_.Text();
  EXPECT_EXIT(
      {
        Gate is_asked;
        Gate never;
        UniverseScript script;
        script.on_resolve = [&] {
          is_asked.Open();
          never.Pass();
        };
        Publish(1, 3);
        parts_.AddSource("scripted", source_);
        parts_.AddSink("sink", sink_);
        parts_.AddUniverse("lists", script);
        Start();
        is_asked.Pass();
        if (!Delivered(3)) std::_Exit(2);
        const bool came_back = engine_->Stop(milliseconds{10});
        std::_Exit(!came_back && engine_->ReadHealth().imbalance == 0 ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "universes do not stop");
}

}  // namespace
}  // namespace feedmux
