#pragma once

#include <chrono>   // milliseconds
#include <cstdint>  // uint64_t
#include <map>      // map
#include <memory>   // unique_ptr
#include <mutex>    // mutex
#include <string>   // string
#include <vector>   // vector

#include "app/engine_control.hpp"
#include "assembly/assembly.hpp"
#include "bus/bus.hpp"
#include "connections/connection_supervisor.hpp"
#include "feedmux/health.hpp"
#include "sinks/sink_runner.hpp"
#include "universes/universe_watcher.hpp"

namespace feedmux {

/// A running feedmux: connections → bus → sinks. Thread: constructed, started and stopped by one;
/// the Read methods may be called by any.
class Engine {
 public:
  /// `services` outlives the engine; its read_health and control are set here.
  Engine(Assembly assembly, HostServices& services);
  ~Engine();

  /// Starts sinks, then connections; returns at once.
  void Start();

  /// Asks connections to stop, and whoever waits for a refresh of universes to wait no more.
  /// Returns at once; Stop does the same first.
  void RequestStop();

  /// Stops connections and universes, for which they have two seconds, then lets sinks deliver what
  /// is queued for at most `timeout`, and six more seconds to come back from a last call. False if
  /// a plugin did not come back: its thread is left behind, and the process must end without
  /// destroying the engine.
  bool Stop(std::chrono::milliseconds timeout);

  /// Exact; holds up publishers for some microseconds.
  Health ReadHealth() const;

  /// At most a tenth of a second old. Asked often, it takes no lock that a connection takes for its
  /// ticks.
  Health RecentHealth() const;

  Control& control() { return control_; }
  Bus& bus() { return bus_; }

  /// The symbol as it stands and as the ticks of each source spell it; of those named, or of all.
  std::vector<std::string> Spellings(const std::string& symbol,
                                     const std::vector<std::string>& sources = {}) const;

  /// Counters of every plugin instance that has some, by its name and theirs.
  std::map<std::string, std::map<std::string, std::uint64_t>> ReadMetrics() const;

 private:
  struct Recent {
    Health health;
    std::int64_t taken_ns = 0;  ///< monotonic; 0: never
  };

  TickFilter MakeFilter(const FilterConfig& config);

  // In the order in which each uses those before it.
  NamedLog log_{"engine"};
  HostServices& services_;
  Assembly assembly_;
  Bus bus_;
  std::vector<std::string> sink_names_;             // as bus_ has them
  std::vector<std::unique_ptr<SinkRunner>> sinks_;  // as bus_ has them
  ConnectionSupervisor supervisor_;
  UniverseWatcher universes_;
  EngineControl control_;

  mutable std::mutex recent_mutex_;
  mutable Recent recent_;  // guarded by recent_mutex_
};

}  // namespace feedmux
