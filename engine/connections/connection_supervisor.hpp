#pragma once

#include <condition_variable>  // condition_variable
#include <map>                 // map
#include <memory>              // unique_ptr
#include <mutex>               // mutex
#include <thread>              // thread

#include "bus/bus.hpp"
#include "connections/recent_latency.hpp"
#include "connections/session_thread.hpp"
#include "connections/source_overlaps.hpp"
#include "feedmux/health.hpp"
#include "manager/connection_manager.hpp"

namespace feedmux {

/// The connection manager at work: with a thread that steps it, a thread for every enabled
/// connection, and a lock around it. Thread: any, unless said otherwise.
class ConnectionSupervisor final : private SessionDriver, private SessionThread::Listener {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct Session {
    ConnectionSpec spec;       ///< without tickers
    Source* source = nullptr;  ///< null: it is disabled
  };

  /// `bus`, `clock`, `symbols` and sources outlive it.
  ConnectionSupervisor(const std::vector<ManagedSource>& sources,
                       std::vector<ManagedConnection> connections,
                       const std::vector<Session>& sessions, Bus& bus, Symbols& symbols,
                       const Clock& clock);
  ~ConnectionSupervisor();

  void Start();

  /// Asks all sessions to end, and no new ones to begin.
  void RequestStop();

  /// Whether the connection's thread has come back by then.
  bool HasEnded(ConnectionIndex connection, TimePoint deadline) const {
    return sessions_.at(connection)->WaitUntil(deadline);
  }

  /// Stuck connections after the deadline: their threads are left behind, and the process must end
  /// without destroying this.
  std::vector<ConnectionIndex> WaitUntil(TimePoint deadline);

  /// The call that the connection's plugin is in: "Run"; empty if it is in none.
  std::string CallOf(ConnectionIndex connection) const { return sessions_.at(connection)->call(); }

  /// Runs a request on the manager, and what follows from it. Lets its ControlErrors through.
  template <typename F>
  auto Ask(F&& request) {
    const std::lock_guard lock{mutex_};
    const Wakeup wakeup{*this};
    return request(manager_);
  }

  /// Looks at the manager.
  template <typename F>
  auto Look(F&& question) const {
    const std::lock_guard lock{mutex_};
    return question(std::as_const(manager_));
  }

  /// All but the ledger's part.
  void Describe(Health& health) const;

 private:
  /// Steps the manager when it goes, whatever happened.
  struct Wakeup {
    ConnectionSupervisor& self;
    ~Wakeup() { self.StepAndWake(); }
  };

  // SessionDriver: called by the manager, with mutex_ held.
  void StartSession(ConnectionIndex connection, std::vector<std::string> tickers) override;
  void StopSession(ConnectionIndex connection) override;
  void Subscribe(ConnectionIndex connection, const std::vector<std::string>& tickers) override;
  void Unsubscribe(ConnectionIndex connection, const std::vector<std::string>& tickers) override;
  void BeginOverlap(SymbolId symbol, ConnectionIndex from, ConnectionIndex to,
                    const std::vector<SymbolId>& named) override {
    overlaps_.Of(to).Begin(symbol, from, to, named);
  }
  void ReleaseOverlap(SymbolId symbol, ConnectionIndex one) override {
    overlaps_.Of(one).Release(symbol);
  }
  void TurnOverlap(SymbolId symbol, ConnectionIndex gone, ConnectionIndex to) override {
    overlaps_.Of(to).Turn(symbol, gone, to);
  }
  void EndOverlap(SymbolId symbol, ConnectionIndex one) override { overlaps_.Of(one).End(symbol); }
  OverlapState ReadOverlap(SymbolId symbol, ConnectionIndex one) const override {
    return overlaps_.Of(one).Read(symbol);
  }
  std::uint64_t TickCount(ConnectionIndex connection) const override;
  std::int64_t LastTickNs(ConnectionIndex connection) const override;
  std::uint64_t PublishMark(ConnectionIndex connection) const override;
  std::uint64_t TickCountOf(SymbolId symbol) const override;
  void PublishGap(ConnectionIndex connection, const GapRecord& gap) override;

  // SessionThread::Listener: called by connection threads.
  void OnConnected(ConnectionIndex connection) override;
  void OnSubscribed(ConnectionIndex connection, const std::vector<std::string>& tickers) override;
  void OnError(ConnectionIndex connection, std::string_view what) override;
  void OnEnded(ConnectionIndex connection, const SessionEnd& end) override;

  void Run();
  void StepAndWake();

  Bus& bus_;
  const Clock& clock_;
  SourceOverlaps overlaps_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_.
  bool stop_ = false;
  bool woken_ = false;
  std::map<ConnectionIndex, std::unique_ptr<SessionThread>> sessions_;  // fixed after construction
  std::map<ConnectionIndex, RecentLatency> latencies_;
  ConnectionManager manager_;

  std::thread thread_;
};

}  // namespace feedmux
