#pragma once

#include <chrono>       // nanoseconds
#include <cstdint>      // uint64_t
#include <functional>   // function
#include <memory>       // unique_ptr
#include <string>       // string
#include <string_view>  // string_view
#include <utility>      // exchange, move
#include <vector>       // vector

#include "core/log_budget.hpp"
#include "core/logging.hpp"
#include "core/metric_set.hpp"
#include "core/timer_queue.hpp"
#include "feedmux/host.hpp"
#include "plugins/plugin_text.hpp"

namespace feedmux {

/// What all plugin instances share. Outlives them.
struct HostServices {
  const Clock& clock;
  Symbols& symbols;
  std::vector<ConnectionNames>
      connections;                      ///< by index - 1; complete before the first thread starts
  std::function<Health()> read_health;  ///< set before the first thread starts
  Control* control = nullptr;           ///< likewise
  EngineInfo engine = {};               ///< likewise
};

/// The log of one plugin instance; its lines are PluginTexts.
class PluginLog final : public Log {
 public:
  explicit PluginLog(std::string instance_name) : log_(std::move(instance_name)) {}

  bool Enabled(LogLevel level) const override { return log_.Enabled(level); }
  void Write(LogLevel level, std::string_view text) override {
    if (log_.Enabled(level) || level >= LogLevel::Info) log_.Write(level, PluginText(text));
  }

 private:
  NamedLog log_;
};

/// The host of one plugin instance.
class PluginHost final : public Host {
 public:
  enum class Role { Sink, Other };

  PluginHost(std::string instance_name, Role role, HostServices& services)
      : log_(std::move(instance_name)),
        role_(role),
        services_(services),
        failed_log_(log_, services.clock) {}

  Log& log() override { return log_; }
  const Clock& clock() const override { return services_.clock; }
  Symbols& symbols() override { return services_.symbols; }
  MetricSet& metrics() override { return metrics_; }
  Timers& timers() override;
  void ReportFailed(std::uint64_t ticks, std::string_view why) override;
  const ConnectionNames& connection(ConnectionIndex index) const override;
  const EngineInfo& engine() const override { return services_.engine; }
  std::vector<LogLine> RecentLog(std::uint64_t after) const override;
  Health ReadHealth() const override;
  Control& control() override;
  void Linger(std::chrono::nanoseconds most) override;

  /// [sink thread] The timers themselves, for whoever runs them.
  TimerQueue& timer_queue() { return timers_; }

  /// [sink thread] What the sink asked for by Linger.
  std::chrono::nanoseconds linger() const { return linger_; }

  /// [sink thread] Ticks reported as failed since the last call.
  std::uint64_t TakeFailed() { return std::exchange(failed_, 0); }

  /// [sink thread] Why, of the last ones; a PluginText.
  const std::string& failure() const { return failure_; }

 private:
  PluginLog log_;
  const Role role_;
  HostServices& services_;
  MetricSet metrics_;

  // The sink thread's.
  TimerQueue timers_;
  std::chrono::nanoseconds linger_{0};
  std::uint64_t failed_ = 0;
  std::string failure_;
  LogBudget failed_log_;
};

}  // namespace feedmux
