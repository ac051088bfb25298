// What it costs to bring ticks from a connection to the hands of its sinks: NewBatch, Publish,
// queue, Take, Settle. Arguments: how many sinks, how many ticks in a frame. Look at `ns_per_tick`:
// time for one tick and all of its sinks.
//
// Fill is the part that is not the bus': frame and ticks are copied into the batch, where a
// connection would receive and decode them. Every other benchmark includes it.

#include <benchmark/benchmark.h>

#include <cstdint>  // int64_t
#include <string>   // string
#include <thread>   // thread
#include <vector>   // vector

#include "bus/bus.hpp"

namespace feedmux {
namespace {

constexpr SymbolId kSymbols = 500;
constexpr std::size_t kFrames = 64;           // different ones
constexpr std::size_t kFramesInATake = 16;    // as in a busy feed: several wait
constexpr std::uint64_t kCapacity = 100'000;  // ticks

/// A frame of trades and quotes, turn and turn about.
struct Prepared {
  std::string frame;
  std::vector<Tick> ticks;
};

std::vector<Prepared> PrepareFrames(std::size_t per_frame) {
  std::vector<Prepared> frames(kFrames);
  SymbolId symbol = 0;
  for (Prepared& prepared : frames) {
    constexpr std::size_t kEventBytes = 150;
    prepared.frame.assign(per_frame * kEventBytes, ' ');
    for (std::size_t i = 0; i < per_frame; ++i) {
      Tick& tick = prepared.ticks.emplace_back();
      tick.kind = i % 2 == 0 ? Kind::Trade : Kind::Quote;
      tick.symbol = 1 + (symbol += 7) % kSymbols;
      tick.connection = 1;
      tick.price = 178.23;
      tick.raw_data = prepared.frame.data() + i * kEventBytes;
      tick.raw_size = kEventBytes;
    }
  }
  return frames;
}

void Fill(Batch& batch, const Prepared& prepared) {
  batch.connection = 1;
  batch.frame.assign(prepared.frame);
  batch.ticks.assign(prepared.ticks.begin(), prepared.ticks.end());
  batch.events = prepared.ticks.size();
}

TickFilter Everything() { return {}; }

TickFilter OnlyTrades() {
  TickFilter filter;
  filter.AllowKinds(MaskOf(Kind::Trade));
  return filter;
}

TickFilter EveryTenthSymbol() {
  TickFilter filter;
  for (SymbolId symbol = 1; symbol <= kSymbols; symbol += 10) filter.AllowSymbol(symbol);
  return filter;
}

QueueConfig Queue(WhenFull when_full) {
  return {.capacity = kCapacity, .max_bytes = std::uint64_t{1} << 30, .when_full = when_full};
}

void CountTicks(benchmark::State& state) {
  state.counters["ns_per_tick"] =
      benchmark::Counter(static_cast<double>(state.iterations() * state.range(1)) / 1e9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void CheckBalance(benchmark::State& state, const Bus& bus) {
  if (bus.Read().Imbalance() != 0) state.SkipWithError("the ledger does not balance");
}

void OnlyFill(benchmark::State& state) {
  const auto frames = PrepareFrames(static_cast<std::size_t>(state.range(1)));
  BatchPool pool;
  std::size_t next = 0;
  for (auto _ : state) {
    const BatchRef batch = pool.Acquire();
    Fill(*batch, frames[next++ % kFrames]);
    benchmark::DoNotOptimize(batch->ticks.data());
  }
  CountTicks(state);
}

/// Publisher and sinks on one thread: the work alone, without a wait or a wake-up.
void OneThread(benchmark::State& state, TickFilter (*filter)(), WhenFull when_full) {
  const auto frames = PrepareFrames(static_cast<std::size_t>(state.range(1)));
  Bus bus{1};
  std::vector<SinkQueue*> queues;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    queues.push_back(&bus.AddSink(Queue(when_full), filter()));
  }
  std::vector<Lot> lots(queues.size());
  std::size_t next = 0;
  for (auto _ : state) {
    const BatchRef batch = bus.NewBatch();
    Fill(*batch, frames[next++ % kFrames]);
    bus.Publish(batch);
    if (next % kFramesInATake != 0) continue;
    for (std::size_t i = 0; i < queues.size(); ++i) {
      if (!queues[i]->Take(lots[i], SinkQueue::TimePoint::min())) continue;
      benchmark::DoNotOptimize(lots[i].ticks.data());
      queues[i]->Settle(lots[i], lots[i].ticks.size(), 0);
    }
  }
  CountTicks(state);
  CheckBalance(state, bus);
}

/// Each sink on a thread of its own, as in the engine; a full queue makes the publisher wait.
void OwnThreads(benchmark::State& state) {
  const auto frames = PrepareFrames(static_cast<std::size_t>(state.range(1)));
  Bus bus{1};
  std::vector<std::thread> sinks;
  std::vector<SinkQueue*> queues;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    queues.push_back(&bus.AddSink(Queue(WhenFull::Block), Everything()));
  }
  for (SinkQueue* queue : queues) {
    sinks.emplace_back([queue] {
      Lot lot;
      while (queue->Take(lot, SinkQueue::TimePoint::max())) {
        benchmark::DoNotOptimize(lot.ticks.data());
        queue->Settle(lot, lot.ticks.size(), 0);
      }
    });
  }
  std::size_t next = 0;
  for (auto _ : state) {
    const BatchRef batch = bus.NewBatch();
    Fill(*batch, frames[next++ % kFrames]);
    bus.Publish(batch);
  }
  for (SinkQueue* queue : queues) queue->Close();
  for (std::thread& sink : sinks) sink.join();
  CountTicks(state);
  CheckBalance(state, bus);
}

#define FEEDMUX_BENCH_SHAPES ArgNames({"sinks", "per_frame"})->ArgsProduct({{1, 3}, {5, 50}})

BENCHMARK(OnlyFill)->ArgNames({"sinks", "per_frame"})->ArgsProduct({{0}, {5, 50}});
BENCHMARK_CAPTURE(OneThread, all, Everything, WhenFull::DropOldest)->FEEDMUX_BENCH_SHAPES;
BENCHMARK_CAPTURE(OneThread, kind_filter, OnlyTrades, WhenFull::DropOldest)->FEEDMUX_BENCH_SHAPES;
BENCHMARK_CAPTURE(OneThread, symbol_filter, EveryTenthSymbol, WhenFull::DropOldest)
    ->FEEDMUX_BENCH_SHAPES;
BENCHMARK_CAPTURE(OneThread, conflate, Everything, WhenFull::Conflate)->FEEDMUX_BENCH_SHAPES;
BENCHMARK(OwnThreads)->FEEDMUX_BENCH_SHAPES->UseRealTime();

}  // namespace
}  // namespace feedmux
