#pragma once

#include <atomic>      // atomic
#include <functional>  // function
#include <mutex>       // mutex
#include <span>        // span
#include <vector>      // vector

#include "feedmux/sink.hpp"
#include "support/queue_access.hpp"

namespace feedmux {

/// What a ScriptedSink does, and what was asked of it. Outlives the sink. Calls are numbered from
/// 0; without a function a call succeeds.
struct SinkScript {
  std::function<void(int call)> start;
  std::function<void(std::span<const Tick>, int call)> on_ticks;
  std::function<void()> stop;

  std::atomic<int> starts{0};
  std::atomic<int> stops{0};

  /// The sequence numbers of each call of OnTicks.
  std::vector<Sequences> Calls() const {
    const std::lock_guard lock{mutex};
    return calls;
  }
  std::size_t CallCount() const { return Calls().size(); }

  mutable std::mutex mutex;
  std::vector<Sequences> calls;  // guarded by mutex
};

class ScriptedSink final : public Sink {
 public:
  explicit ScriptedSink(SinkScript& script) : script_(script) {}

  void Start() override {
    const int call = script_.starts++;
    if (script_.start) script_.start(call);
  }

  void OnTicks(std::span<const Tick> ticks) override {
    int call = 0;
    {
      const std::lock_guard lock{script_.mutex};
      call = static_cast<int>(script_.calls.size());
      Sequences& sequences = script_.calls.emplace_back();
      for (const Tick& tick : ticks) sequences.push_back(tick.sequence);
    }
    if (script_.on_ticks) script_.on_ticks(ticks, call);
  }

  void Stop() override {
    ++script_.stops;
    if (script_.stop) script_.stop();
  }

 private:
  SinkScript& script_;
};

}  // namespace feedmux
