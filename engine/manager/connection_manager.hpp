#pragma once

#include <cstdint>      // int64_t, uint64_t
#include <functional>   // function
#include <map>          // map
#include <memory>       // unique_ptr
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "config/policy.hpp"
#include "feedmux/control.hpp"
#include "feedmux/errors.hpp"
#include "feedmux/health.hpp"
#include "feedmux/host.hpp"
#include "manager/gap_log.hpp"
#include "manager/link.hpp"
#include "manager/session_driver.hpp"
#include "manager/ticker_router.hpp"

namespace feedmux {

/// What the manager has to know of a source.
struct ManagedSource {
  std::string name;
  Routing routing = Routing::FirstAvailable;
  ReconnectPolicy reconnect;
  FailoverPolicy failover;
  bool one_tape = true;                                          ///< see Source::SendsOneTape
  std::function<std::string(const std::string&)> spelling = {};  ///< see Source::TickSpelling
};

/// What it has to know of a connection.
struct ManagedConnection {
  ConnectionIndex index = 0;
  std::string connection_id;
  std::string name;
  std::size_t source = 0;  ///< index into the sources
  bool enabled = true;
  std::size_t max_symbols = 0;  ///< 0: no limit
  std::vector<std::string> pinned;
  std::vector<std::string> tickers;  ///< its own, beside the pinned ones
  std::vector<std::string> shared;   ///< its part of what the source itself names
  Calendar calendar = Calendar::Always;
  bool busy = false;                                     ///< see Source::IsBusy
  std::optional<std::chrono::milliseconds> stale_after;  ///< nothing: found out by the rate
  bool watch_silence = true;
};

/// How a session ended.
struct SessionEnd {
  std::string what;
  FeedErrorKind kind = FeedErrorKind::Network;
};

/// Keeps the connections of all sources up, and every wanted ticker on one of them.
///
/// Deterministic: it acts only when called, on the clock it is given, with random waits from its
/// seed. Thread: one at a time.
class ConnectionManager {
 public:
  using MakeLog = std::function<std::unique_ptr<Log>(const std::string& name)>;

  ConnectionManager(const std::vector<ManagedSource>& sources,
                    std::vector<ManagedConnection> connections, SessionDriver& driver,
                    Symbols& symbols, const Clock& clock, const MakeLog& make_log,
                    std::uint64_t seed);
  ~ConnectionManager();

  // What happens.
  void OnConnected(ConnectionIndex connection);
  void OnSubscribed(ConnectionIndex connection, const std::vector<std::string>& tickers);
  /// An error that the session survives.
  void OnError(ConnectionIndex connection, std::string_view what);
  void OnEnded(ConnectionIndex connection, const SessionEnd& end);

  /// Does what is due. Called after everything that happens and at NextDueNs.
  void Step();
  /// Monotonic.
  std::int64_t NextDueNs() const;

  /// No session is begun any more, and those that run are asked to end.
  void Stop();

  // Requests; what they refuse they refuse with ControlError.
  std::optional<std::string> TickerAssignment(std::string_view ticker) const;
  std::vector<std::string> ConnectionTickers(std::string_view connection) const;
  SubscribeResult Subscribe(const std::vector<std::string>& tickers, std::string_view source);
  UnsubscribeResult Unsubscribe(const std::vector<std::string>& tickers, std::string_view source);
  void Reconnect(std::string_view connection);
  /// One that is up stays so until those of its tickers that can be moved have moved.
  void Pause(std::string_view connection);
  void Resume(std::string_view connection);
  std::vector<RebalancePlan> PlanRebalance() const;
  std::vector<RebalancePlan> Rebalance();

  /// A universe changed: what is new to the connection (or the source), and what is gone.
  void ChangeConnection(ConnectionIndex connection, const std::vector<std::string>& added,
                        const std::vector<std::string>& removed);
  void ChangeSource(std::size_t source, const std::vector<std::string>& added,
                    const std::vector<std::string>& removed);

  /// All that the manager knows; the ledger's part is left as it is.
  void Describe(ConnectionIndex connection, ConnectionHealth& health) const;
  std::vector<Alarm> Alarms() const;

 private:
  /// The account allows fewer connections than are enabled.
  struct Limit {
    std::size_t allowed = 0;  ///< 0: not known
    Alarm alarm;
  };

  struct Source {
    ManagedSource config;
    std::unique_ptr<TickerRouter> router;
    std::vector<ConnectionIndex> connections;
    std::optional<Limit> limit;
  };

  Link& At(ConnectionIndex connection) { return links_.at(connection); }
  TickerRouter& RouterOf(const Link& link) { return *sources_[link.config.source].router; }
  const TickerRouter& RouterOf(const Link& link) const {
    return *sources_[link.config.source].router;
  }
  const Link& Find(std::string_view connection) const;
  Link& Find(std::string_view connection);
  Source& FindSource(std::string_view name);

  void Start(Link& link);
  void StopSession(Link& link);
  void GoDown(Link& link, std::string_view reason);
  std::int64_t LastSignOfLife(const Link& link) const;
  void ScheduleRetry(Link& link, const SessionEnd& end);
  /// Returns how long to hold off.
  std::int64_t OnEvicted(Link& link);
  void LearnLimit(Source& source, const Link& evicted);
  bool HasSlot(const Link& link) const;
  void ForgiveEvictions(Link& link);
  bool WillRetry(const Link& link) const;
  void StepLink(Link& link);
  void StepRouting(Link& link);
  void StepLeaving(Link& link);
  void GoIntoPause(Link& link);
  void SampleTraffic(Link& link);
  void SampleHeldUp(Link& link);
  void CheckSilence(Link& link);
  void TakeForDead(Link& link, const std::string& reason);
  void SetStatus(Link& link, ConnectionStatus status);
  void Remember(Link& link, std::string_view error);
  void OnGap(ConnectionIndex connection, const GapRecord& gap);
  void TellSilence(Link& link);
  void ClearLimit(Source& source);
  static std::vector<std::string> Spelled(const Source& source, std::vector<std::string> tickers);
  void RefuseDisabled(const Link& link) const;
  void WarnOfNoRoom(const Source& source, const std::vector<std::string>& tickers);
  std::int64_t Now() const { return clock_.MonotonicNs(); }

  SessionDriver& driver_;
  const Clock& clock_;
  const std::unique_ptr<Log> log_;
  GapLog gaps_;
  const std::vector<ManagedConnection> connections_;
  std::vector<std::unique_ptr<Log>> logs_;  // of the links
  std::vector<Source> sources_;
  std::map<ConnectionIndex, Link> links_;
  const std::int64_t started_utc_ns_;
  std::int64_t next_sample_ns_;
  std::int64_t last_rates_ns_;
  bool rates_measured_ = false;
  bool stopping_ = false;
};

}  // namespace feedmux
