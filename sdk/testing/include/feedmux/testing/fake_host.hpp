#pragma once

#include <algorithm>      // remove_if, find_if
#include <atomic>         // atomic
#include <chrono>         // milliseconds
#include <cstdint>        // int64_t
#include <deque>          // deque
#include <functional>     // function
#include <map>            // map
#include <mutex>          // mutex
#include <string>         // string
#include <string_view>    // string_view
#include <unordered_map>  // unordered_map
#include <utility>        // move, pair
#include <vector>         // vector

#include "feedmux/host.hpp"
#include "feedmux/testing/fake_control.hpp"

namespace feedmux::testing {

/// Keeps every line. A warning or an error that the test did not expect is a failure: see
/// UnexpectedLines(). Thread: any.
class FakeLog final : public Log {
 public:
  struct Line {
    LogLevel level;
    std::string text;
  };

  bool Enabled(LogLevel) const override { return true; }
  void Write(LogLevel level, std::string_view text) override {
    const std::lock_guard lock{mutex_};
    lines_.push_back({level, std::string{text}});
  }

  /// A warning or error that contains `part` is expected from now on, any number of times.
  void Expect(std::string part) {
    const std::lock_guard lock{mutex_};
    expected_.push_back(std::move(part));
  }

  std::vector<Line> Lines() const {
    const std::lock_guard lock{mutex_};
    return lines_;
  }

  bool Contains(std::string_view part) const {
    const std::lock_guard lock{mutex_};
    return std::any_of(lines_.begin(), lines_.end(), [part](const Line& line) {
      return line.text.find(part) != std::string::npos;
    });
  }

  /// Warnings and errors that no Expect() covers.
  std::vector<std::string> UnexpectedLines() const {
    const std::lock_guard lock{mutex_};
    std::vector<std::string> unexpected;
    for (const Line& line : lines_) {
      if (line.level < LogLevel::Warning) continue;
      const bool known = std::any_of(
          expected_.begin(), expected_.end(),
          [&](const std::string& part) { return line.text.find(part) != std::string::npos; });
      if (!known) unexpected.push_back(line.text);
    }
    return unexpected;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Line> lines_;
  std::vector<std::string> expected_;
};

/// Stands still until the test moves it. Thread: any.
class ManualClock final : public Clock {
 public:
  std::int64_t UtcNs() const override { return utc_ns_; }
  std::int64_t MonotonicNs() const override { return monotonic_ns_; }

  void Advance(std::chrono::nanoseconds by) {
    utc_ns_ += by.count();
    monotonic_ns_ += by.count();
  }

  /// As if somebody set the system's clock.
  void SetUtc(std::int64_t utc_ns) { utc_ns_ = utc_ns; }

 private:
  std::atomic<std::int64_t> utc_ns_{1'705'853'696'123'000'000};  // 2024-01-21T16:14:56.123Z
  std::atomic<std::int64_t> monotonic_ns_{1'000'000'000};
};

/// Thread: any.
class FakeSymbols final : public Symbols {
 public:
  SymbolId Intern(std::string_view text) override {
    if (text.empty()) return kNoSymbol;
    const std::lock_guard lock{mutex_};
    const auto [entry, is_new] =
        ids_.try_emplace(std::string{text}, static_cast<SymbolId>(texts_.size()));
    if (is_new) texts_.emplace_back(text);
    return entry->second;
  }
  std::string_view Text(SymbolId id) const override {
    const std::lock_guard lock{mutex_};
    return id < texts_.size() ? std::string_view{texts_[id]} : std::string_view{};
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, SymbolId> ids_;
  std::deque<std::string> texts_{std::string{}};  // a deque, so that a text never moves
};

/// Thread: any.
class FakeMetrics final : public Metrics {
 public:
  Counter& GetCounter(std::string_view name, std::string_view) override {
    const std::lock_guard lock{mutex_};
    return counters_[std::string{name}];
  }

  /// 0 for a counter that was never asked for.
  std::uint64_t Value(std::string_view name) const {
    const std::lock_guard lock{mutex_};
    const auto found = counters_.find(name);
    return found == counters_.end() ? 0 : found->second.value();
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Counter, std::less<>> counters_;
};

/// Timers that fire when the test says so.
class FakeTimers final : public Timers {
 public:
  void Every(std::chrono::milliseconds interval, std::function<void()> callback) override {
    timers_.emplace_back(interval, std::move(callback));
  }
  void FireAll() {
    for (const auto& [interval, callback] : timers_) callback();
  }
  std::size_t size() const { return timers_.size(); }

 private:
  std::vector<std::pair<std::chrono::milliseconds, std::function<void()>>> timers_;
};

/// A host for tests: everything a plugin asks of it can be set up and looked at.
class FakeHost final : public Host {
 public:
  FakeLog& log() override { return log_; }
  const ManualClock& clock() const override { return clock_; }
  FakeSymbols& symbols() override { return symbols_; }
  FakeMetrics& metrics() override { return metrics_; }
  FakeTimers& timers() override { return timers_; }

  void ReportFailed(std::uint64_t ticks, std::string_view why) override {
    failed_ += ticks;
    failed_why_ = why;
  }
  std::uint64_t failed() const { return failed_; }
  const std::string& failed_why() const { return failed_why_; }

  const ConnectionNames& connection(ConnectionIndex index) const override {
    static const ConnectionNames kNone;
    const auto found = connections_.find(index);
    return found == connections_.end() ? kNone : found->second;
  }
  void AddConnection(ConnectionIndex index, ConnectionNames names) {
    connections_[index] = std::move(names);
  }

  void Linger(std::chrono::nanoseconds most) override { linger_ = most; }
  std::chrono::nanoseconds linger() const { return linger_; }

  const EngineInfo& engine() const override { return engine_; }
  void SetEngine(EngineInfo engine) { engine_ = std::move(engine); }

  std::vector<LogLine> RecentLog(std::uint64_t after) const override {
    const std::lock_guard lock{mutex_};
    std::vector<LogLine> lines;
    for (const LogLine& line : recent_log_) {
      if (line.number > after) lines.push_back(line);
    }
    return lines;
  }
  void AddToRecentLog(LogLine line) {
    const std::lock_guard lock{mutex_};
    recent_log_.push_back(std::move(line));
  }

  /// Thread: any, this and SetHealth.
  Health ReadHealth() const override {
    const std::lock_guard lock{mutex_};
    ++health_reads_;
    return health_;
  }
  /// How often somebody looked.
  std::uint64_t health_reads() const {
    const std::lock_guard lock{mutex_};
    return health_reads_;
  }
  void SetHealth(Health health) {
    const std::lock_guard lock{mutex_};
    health_ = std::move(health);
  }
  FakeControl& control() override { return control_; }

  ManualClock& manual_clock() { return clock_; }

 private:
  FakeLog log_;
  ManualClock clock_;
  FakeSymbols symbols_;
  FakeMetrics metrics_;
  FakeTimers timers_;
  std::map<ConnectionIndex, ConnectionNames> connections_;
  mutable std::mutex mutex_;
  mutable std::uint64_t health_reads_ = 0;
  Health health_;                    // guarded by mutex_
  std::vector<LogLine> recent_log_;  // guarded by mutex_
  EngineInfo engine_;
  FakeControl control_;
  std::uint64_t failed_ = 0;
  std::chrono::nanoseconds linger_{0};
  std::string failed_why_;
};

}  // namespace feedmux::testing
