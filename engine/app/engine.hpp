#pragma once

#include <chrono>   // milliseconds
#include <cstdint>  // uint64_t
#include <map>      // map
#include <memory>   // unique_ptr
#include <string>   // string
#include <vector>   // vector

#include "assembly/assembly.hpp"
#include "bus/bus.hpp"
#include "connections/connection_runner.hpp"
#include "feedmux/health.hpp"
#include "sinks/sink_runner.hpp"

namespace feedmux {

/// A running feedmux: connections → bus → sinks. Thread: constructed, started and stopped by one;
/// the Read methods may be called by any.
class Engine {
 public:
  /// `services` outlives the engine; its read_health is set here.
  Engine(Assembly assembly, HostServices& services, const ReconnectPolicy& policy = {});
  ~Engine();

  /// Starts sinks, then connections; returns at once.
  void Start();

  /// Stops connections, for which they have two seconds, then lets sinks deliver what is queued for
  /// at most `timeout`, and two more seconds to come back from a last call. False if a plugin did
  /// not come back: its thread is left behind, and the process must end without destroying the
  /// engine.
  bool Stop(std::chrono::milliseconds timeout);

  Health ReadHealth() const;

  /// Counters of every plugin instance that has some, by its name and theirs.
  std::map<std::string, std::map<std::string, std::uint64_t>> ReadMetrics() const;

 private:
  void RequestStop();

  // In the order in which each uses those before it.
  NamedLog log_{"engine"};
  HostServices& services_;
  Assembly assembly_;
  Bus bus_;
  std::vector<std::string> sink_names_;                         // as bus_ has them
  std::vector<std::unique_ptr<SinkRunner>> sinks_;              // as bus_ has them
  std::vector<std::unique_ptr<ConnectionRunner>> connections_;  // by index - 1; null: disabled
};

}  // namespace feedmux
