#pragma once

#include <chrono>       // milliseconds, nanoseconds
#include <cstdint>      // int64_t, uint64_t
#include <functional>   // function
#include <string>       // string
#include <string_view>  // string_view
#include <thread>       // thread::id
#include <vector>       // vector

#include "feedmux/host.hpp"
#include "feedmux/testing/fake_host.hpp"

namespace feedmux::contract {

class SystemClock final : public Clock {
 public:
  std::int64_t UtcNs() const override;
  std::int64_t MonotonicNs() const override;
};

/// A host with real time that fails the test when a plugin calls it where it must not.
class ContractHost final : public Host, private Timers {
 public:
  /// Connections "connection_1" to "connection_<count>" exist.
  explicit ContractHost(bool has_timers, ConnectionIndex connections = 3);

  testing::FakeLog& log() override { return log_; }
  const Clock& clock() const override { return clock_; }
  Symbols& symbols() override { return symbols_; }
  Metrics& metrics() override { return metrics_; }
  Timers& timers() override;
  void ReportFailed(std::uint64_t ticks, std::string_view why) override;
  const ConnectionNames& connection(ConnectionIndex index) const override;
  const EngineInfo& engine() const override { return engine_; }
  std::vector<LogLine> RecentLog(std::uint64_t) const override { return {}; }
  Health ReadHealth() const override;
  Control& control() override { return control_; }
  void Linger(std::chrono::nanoseconds most) override;

  /// The calling thread is the sink thread from now on.
  void BeSinkThread() { sink_thread_ = std::this_thread::get_id(); }

  /// Between these two, ticks may be reported as failed: as many as were offered.
  void BeginOnTicks(std::uint64_t offered);
  void EndOnTicks();

  void FireTimers();

 private:
  void Every(std::chrono::milliseconds interval, std::function<void()> callback) override;

  testing::FakeLog log_;
  SystemClock clock_;
  testing::FakeSymbols symbols_;
  testing::FakeMetrics metrics_;
  testing::FakeControl control_;
  const bool has_timers_;
  std::vector<ConnectionNames> connections_;
  const EngineInfo engine_{"contract", 0, {}};
  std::thread::id sink_thread_;
  std::vector<std::function<void()>> callbacks_;
  bool in_on_ticks_ = false;
  std::uint64_t may_fail_ = 0;
};

}  // namespace feedmux::contract
