#pragma once

#include <atomic>       // atomic
#include <chrono>       // milliseconds
#include <cstdint>      // int64_t, uint64_t
#include <functional>   // function
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/control.hpp"
#include "feedmux/health.hpp"
#include "feedmux/tick.hpp"

namespace feedmux {

enum class LogLevel { Debug, Info, Warning, Error };

/// Thread: any. Lines carry the plugin instance's name by themselves.
class Log {
 public:
  virtual ~Log() = default;
  virtual bool Enabled(LogLevel level) const = 0;
  virtual void Write(LogLevel level, std::string_view text) = 0;

  void Debug(std::string_view text) { Write(LogLevel::Debug, text); }
  void Info(std::string_view text) { Write(LogLevel::Info, text); }
  void Warning(std::string_view text) { Write(LogLevel::Warning, text); }
  void Error(std::string_view text) { Write(LogLevel::Error, text); }
};

/// Thread: any.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t UtcNs() const = 0;        ///< nanoseconds since the Unix epoch
  virtual std::int64_t MonotonicNs() const = 0;  ///< for intervals; never set back
};

/// A line of the engine's log, as an admin plugin shows it.
struct LogLine {
  std::uint64_t number = 0;  ///< 1 for the process' first, then upwards
  std::int64_t ts_ns = 0;    ///< UTC
  LogLevel level = LogLevel::Info;
  std::string component;  ///< "engine", or the plugin instance's name
  std::string text;
};

/// Symbol text ↔ number, one table for the process. Thread: any.
class Symbols {
 public:
  virtual ~Symbols() = default;

  /// The symbol's number, a new one if it is new; kNoSymbol for an empty text and if the table is
  /// full. Takes a lock: a source that interns per tick keeps the answers at hand.
  virtual SymbolId Intern(std::string_view text) = 0;

  /// Never locks. The text lives as long as the process; empty for kNoSymbol.
  virtual std::string_view Text(SymbolId id) const = 0;
};

/// A number that only grows, shown in reports. Thread: any; one writer at a time is fastest.
class Counter {
 public:
  void Add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// Thread: any.
class Metrics {
 public:
  virtual ~Metrics() = default;

  /// The counter of that name of this plugin instance, made at the first call. Lives as long as the
  /// process: ask once, keep the reference.
  virtual Counter& GetCounter(std::string_view name, std::string_view description) = 0;
};

/// Timers of a sink: callbacks run on the sink thread, between two calls of OnTicks.
class Timers {
 public:
  virtual ~Timers() = default;

  /// Thread: sink thread (Start, OnTicks, a timer). Calls missed while the sink was busy are not
  /// made up for.
  virtual void Every(std::chrono::milliseconds interval, std::function<void()> callback) = 0;
};

/// Names of a connection, fixed when the engine starts.
struct ConnectionNames {
  std::string connection_id;
  std::string name;
  std::string source;  ///< name of its source in the YAML
};

/// A plugin that is loaded.
struct PluginSummary {
  std::string kind;  ///< "source", "sink" or "universe"
  std::string name;
  std::string version;
  std::string summary;
  std::string file;
};

/// The process, fixed when it starts.
struct EngineInfo {
  std::string version;
  std::int64_t started_ns = 0;  ///< UTC
  std::vector<PluginSummary> plugins;
};

/// What the engine does for one plugin instance. Outlives it.
class Host {
 public:
  virtual ~Host() = default;

  virtual Log& log() = 0;
  virtual const Clock& clock() const = 0;
  virtual Symbols& symbols() = 0;
  virtual Metrics& metrics() = 0;

  /// Sinks only: throws std::logic_error elsewhere.
  virtual Timers& timers() = 0;

  /// [sink thread, within OnTicks] `ticks` of the current span can never be delivered: they are
  /// counted as failed, not as delivered.
  virtual void ReportFailed(std::uint64_t ticks, std::string_view why) = 0;

  /// Thread: any. Empty names for an index that no connection has.
  virtual const ConnectionNames& connection(ConnectionIndex index) const = 0;

  /// Thread: any.
  virtual const EngineInfo& engine() const = 0;

  /// Thread: any. Lines of the log with a greater number than `after`, oldest first: information
  /// and above whatever the log level is, the last thousand.
  virtual std::vector<LogLine> RecentLog(std::uint64_t after) const = 0;

  /// Thread: any. At most a tenth of a second old; asking often costs the connections nothing.
  virtual Health ReadHealth() const = 0;

  /// Thread: any. For plugins that people steer the engine with.
  virtual Control& control() = 0;

  /// [sink thread, within Start] From now on, ticks may wait so long after a call of OnTicks for
  /// others that the next one takes as well: a sink that need not have each tick at once is then
  /// not woken for every frame of a busy feed. A queue with plenty in it does not wait.
  virtual void Linger(std::chrono::nanoseconds most) = 0;
};

}  // namespace feedmux
