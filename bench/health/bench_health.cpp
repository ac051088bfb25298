// What reading the health costs the feed: an engine with three connections, one of which publishes
// as fast as the sink takes, in short rounds by turns: nobody reads, somebody wakes up 1,000 times
// a second, somebody reads the health each time.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include "support/engine_parts.hpp"

namespace feedmux {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kConnections = 3;
constexpr int kTickersEach = 500;
constexpr std::size_t kFrame = 50;
constexpr std::uint64_t kQueue = 10'000;
constexpr milliseconds kRound{120};
constexpr milliseconds kReadEvery{1};

/// Takes everything at once.
class Drain final : public Sink {
 public:
  explicit Drain(std::atomic<std::uint64_t>& ticks) : ticks_(ticks) {}
  void OnTicks(std::span<const Tick> ticks) override {
    ticks_.fetch_add(ticks.size(), std::memory_order_relaxed);
  }

 private:
  std::atomic<std::uint64_t>& ticks_;
};

std::int64_t ThreadCpuNs() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

/// What the reader does. Waking up takes the feed's cores away for a moment, too, and is not the
/// health's cost.
enum class Mode { Off, Wake, Read };

class Reader {
 public:
  explicit Reader(const HostServices& services) : services_(services) {}
  void Switch(Mode mode) { mode_ = mode; }
  std::uint64_t reads() const { return reads_; }
  /// Of its thread, in reading.
  double cpu_seconds() const { return cpu_ns_.load() / 1e9; }

 private:
  void Run(const std::stop_token& stop) {
    auto due = steady_clock::now();
    while (!stop.stop_requested()) {
      const Mode mode = mode_;
      std::this_thread::sleep_until(due += mode == Mode::Off ? 10 * kReadEvery : kReadEvery);
      if (mode != Mode::Read) continue;
      const std::int64_t before = ThreadCpuNs();
      connected_ += services_.read_health().connections.size();
      cpu_ns_ = cpu_ns_ + static_cast<double>(ThreadCpuNs() - before);
      ++reads_;
    }
  }

  const HostServices& services_;
  std::atomic<Mode> mode_{Mode::Off};
  std::atomic<std::uint64_t> reads_{0};
  std::atomic<double> cpu_ns_{0};
  std::size_t connected_ = 0;
  std::jthread thread_{[this](const std::stop_token& stop) { Run(stop); }};
};

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

int Main(int rounds) {
  SourceScript script;
  std::atomic<std::uint64_t> ticks{0};
  EngineParts parts;
  parts.AddSource("feed", script, kConnections);
  for (PlannedConnection& connection : parts.assembly.connections) {
    connection.spec.tickers.clear();
    for (int i = 0; i < kTickersEach; ++i) {
      connection.spec.tickers.push_back(fmt::format("{}_{}", connection.spec.name, i));
    }
  }
  script.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec& spec, int) {
    publisher.Connected();
    if (spec.index != 1) return WaitForStop(stop);
    for (SymbolId symbol = 1; !stop.stop_requested(); symbol = symbol % kTickersEach + 1) {
      PublishTrades(publisher, kFrame, symbol);
    }
  };
  SinkScript unused;
  parts.AddSink("drain", unused, WhenFull::Block, kQueue);
  parts.assembly.sinks[0].sink = std::make_unique<Drain>(ticks);
  Engine engine{std::move(parts.assembly), parts.services};
  engine.Start();
  Reader reader{parts.services};
  std::this_thread::sleep_for(4 * kRound);

  std::vector<double> rates[3];  // ticks per second
  for (int i = 0; i < 3 * rounds; ++i) {
    // Up and down again, so that drift meets all alike.
    const int mode = i / 3 % 2 == 0 ? i % 3 : 2 - i % 3;
    reader.Switch(static_cast<Mode>(mode));
    std::this_thread::sleep_for(kRound / 5);
    const std::uint64_t before = ticks;
    const auto begin = steady_clock::now();
    std::this_thread::sleep_for(kRound);
    const auto count = static_cast<double>(ticks - before);
    rates[mode].push_back(count /
                          std::chrono::duration<double>(steady_clock::now() - begin).count());
  }
  reader.Switch(Mode::Off);

  fmt::print("{} rounds of {} ms of each kind, medians\n", rounds, kRound.count());
  fmt::print("  {:<22} {:>10} {:>24}\n", "1,000 times a second", "M ticks/s",
             "against nothing (paired)");
  for (int mode = 0; mode < 3; ++mode) {
    constexpr const char* kNames[] = {"nothing", "somebody wakes up", "and reads the health"};
    std::vector<double> ratios;
    for (std::size_t i = 0; i < rates[mode].size(); ++i) {
      ratios.push_back(rates[mode][i] / rates[0][i]);
    }
    fmt::print("  {:<22} {:>10.2f} {:>22.2f} %\n", kNames[mode], Median(rates[mode]) / 1e6,
               (Median(ratios) - 1) * 100);
  }
  const double read_us = reader.cpu_seconds() / static_cast<double>(reader.reads()) * 1e6;
  fmt::print("A read takes {:.2f} us of CPU: 1,000 a second are {:.2f} % of one core\n", read_us,
             read_us / 10);
  const bool balanced = engine.ReadHealth().imbalance == 0;
  engine.Stop(std::chrono::seconds{5});
  if (!balanced) fmt::print("imbalance\n");
  return balanced ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace feedmux

/// Takes the number of rounds of each kind; 100 take 45 seconds.
int main(int argc, char** argv) { return feedmux::Main(argc > 1 ? std::atoi(argv[1]) : 100); }
