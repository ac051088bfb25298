#pragma once

#include <optional>     // optional
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/health.hpp"

namespace feedmux {

/// A request that cannot be carried out; the text says what was found and what would be valid.
class ControlError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct SubscribeResult {
  std::vector<std::string> added;
  std::vector<std::string> already;  ///< assigned before, by themselves or through a wildcard
  std::vector<std::string> no_room;  ///< every connection is at its max_symbols
};

struct UnsubscribeResult {
  std::vector<std::string> removed;
  std::vector<std::string> not_found;
};

struct PlannedMove {
  std::string symbol;
  std::string from;  ///< connection_id
  std::string to;
  double ticks_per_second = 0;  ///< as measured
};

struct RebalancePlan {
  struct Load {
    std::string connection_id;
    double before = 0;  ///< ticks per second, as measured
    double after = 0;
  };
  std::string source;
  std::vector<PlannedMove> moves;  ///< empty: it is balanced as it is
  std::vector<Load> loads;
  bool measured = true;  ///< false for the first ten seconds: there are no rates to go by yet
};

/// Steers a running engine. `who` is logged with every change: "uid 1000", "alice from 10.0.0.7".
/// A `connection` is a connection_id, or a name that only one connection has. A `source` may be
/// empty where only one source runs.
///
/// Thread: any. Calls return before their effect is complete; what they refuse they refuse at once
/// with ControlError.
class Control {
 public:
  virtual ~Control() = default;

  /// connection_id of the connection that carries the ticker now; nothing if none does.
  virtual std::optional<std::string> TickerAssignment(std::string_view ticker) const = 0;

  /// Sorted.
  virtual std::vector<std::string> ConnectionTickers(std::string_view connection) const = 0;

  virtual SubscribeResult Subscribe(std::string_view who, const std::vector<std::string>& tickers,
                                    std::string_view source) = 0;
  virtual UnsubscribeResult Unsubscribe(std::string_view who,
                                        const std::vector<std::string>& tickers,
                                        std::string_view source) = 0;

  /// Ends the session, if there is one, and tries at once, whatever it was waiting for.
  virtual void Reconnect(std::string_view who, std::string_view connection) = 0;

  /// Its tickers move to the other connections; it stays down until it is resumed.
  virtual void Pause(std::string_view who, std::string_view connection) = 0;
  virtual void Resume(std::string_view who, std::string_view connection) = 0;

  /// The few moves that would even out the measured rates, one plan a source with several
  /// connections up.
  virtual std::vector<RebalancePlan> PlanRebalance() const = 0;
  /// Makes them and says which.
  virtual std::vector<RebalancePlan> Rebalance(std::string_view who) = 0;

  virtual std::vector<UniverseHealth> Universes() const = 0;
  /// Resolves all of them again now. May block as long as resolvers do, or until the engine stops:
  /// it then throws ControlError.
  virtual std::vector<UniverseHealth> RefreshUniverses(std::string_view who) = 0;

  /// "debug", "info", "warning" or "error".
  virtual std::string LogLevelName() const = 0;
  virtual void SetLogLevel(std::string_view who, std::string_view level) = 0;
};

}  // namespace feedmux
