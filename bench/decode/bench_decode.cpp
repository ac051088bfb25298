// What it costs to turn one WebSocket message into ticks: everything Decoder::Decode does.
//
// An iteration is a frame of as many events as the benchmark's argument says. Look at `per_tick`
// and `bytes_per_second`.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdint>  // int64_t
#include <string>   // string
#include <vector>   // vector

#include "feedmux/testing/fake_host.hpp"
#include "massive/decoder.hpp"

namespace feedmux::massive {
namespace {

constexpr int kSymbols = 500;
constexpr int kFrames = 16;

std::string Symbol(int i) {
  const auto letter = [](int n) { return static_cast<char>('A' + n % 26); };
  const int n = i * 7919 % kSymbols;
  return fmt::format("{}{}{}", letter(n), letter(n / 26), letter(n / 7));
}

std::string Trade(int i) {
  return fmt::format(R"({{"ev":"T","sym":"{}","x":{},"i":"{}","z":3,"p":{:.2f},"s":{},"c":[14,37],)"
                     R"("t":{},"pt":{},"q":{}}})",
                     Symbol(i), 4 + i % 16, 71675577 + i, 20 + (i * 37 % 50000) / 100.0,
                     1 + i * 13 % 900, 1705853696123 + i, 1705853696122 + i, 3681328 + i);
}

std::string Quote(int i) {
  const double bid = 20 + (i * 37 % 50000) / 100.0;
  return fmt::format(
      R"({{"ev":"Q","sym":"{}","bx":{},"bp":{:.2f},"bs":{},"ax":{},"ap":{:.2f},"as":{},"c":1,)"
      R"("i":[604],"t":{},"q":{},"z":3}})",
      Symbol(i), 4 + i % 16, bid, 1 + i % 40, 4 + i % 13, bid + 0.02, 1 + i % 30, 1705853696123 + i,
      50385480 + i);
}

std::string Bar(int i) {
  const double open = 20 + (i * 37 % 50000) / 100.0;
  const std::int64_t start = 1705853696000 + 1000 * i;
  return fmt::format(
      R"({{"ev":"A","sym":"{}","v":{},"dv":"{}.0","av":{},"op":{:.2f},"vw":{:.4f},"o":{:.2f},)"
      R"("c":{:.2f},"h":{:.2f},"l":{:.2f},"a":{:.4f},"z":50,"s":{},"e":{}}})",
      Symbol(i), 200 + i, 200 + i, 8642007 + i, open, open + 0.0081, open, open + 0.01, open + 0.02,
      open - 0.01, open + 0.1, start, start + 1000);
}

std::string Mixed(int i) {
  if (i % 10 == 9) return Bar(i);
  return i % 3 == 0 ? Trade(i) : Quote(i);
}

std::string Frame(int first, int count, std::string (*event)(int)) {
  std::string frame = "[";
  for (int i = first; i < first + count; ++i) {
    if (i > first) frame += ',';
    frame += event(i);
  }
  return frame + ']';
}

/// Takes back what Decode did, except the frame.
void Empty(Batch& batch) {
  batch.ticks.clear();
  batch.events = batch.status_events = 0;
  batch.rejected.fill(0);
}

void Decode(benchmark::State& state, std::string (*event)(int)) {
  const auto per_frame = static_cast<int>(state.range(0));
  std::vector<Batch> batches(kFrames);
  std::size_t bytes = 0;
  for (int i = 0; i < kFrames; ++i) {
    batches[i].frame = Frame(i * per_frame, per_frame, event);
    bytes += batches[i].frame.size();
  }

  testing::FakeSymbols symbols;
  Decoder decoder{symbols, Market::Stocks};
  const StatusHandler no_status = [](const StatusMessage&) {};
  std::size_t next = 0;
  std::int64_t ticks = 0;
  for (auto _ : state) {
    Batch& batch = batches[next];
    next = (next + 1) % kFrames;
    Empty(batch);
    decoder.Decode(batch, no_status);
    ticks += static_cast<std::int64_t>(batch.ticks.size());
    benchmark::DoNotOptimize(batch.ticks.data());
  }
  if (ticks != state.iterations() * per_frame) {
    state.SkipWithError("not every event became a tick");
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes) / kFrames);
  state.counters["per_tick"] = benchmark::Counter(
      static_cast<double>(ticks), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["event_bytes"] =
      static_cast<double>(bytes) / (static_cast<double>(kFrames) * per_frame);
}

void Trades(benchmark::State& state) { Decode(state, Trade); }
void Quotes(benchmark::State& state) { Decode(state, Quote); }
void MixedEvents(benchmark::State& state) { Decode(state, Mixed); }

BENCHMARK(Trades)->Arg(1)->Arg(5)->Arg(50)->Arg(500);
BENCHMARK(Quotes)->Arg(1)->Arg(5)->Arg(50)->Arg(500);
BENCHMARK(MixedEvents)->Arg(1)->Arg(5)->Arg(50)->Arg(500);

}  // namespace
}  // namespace feedmux::massive
