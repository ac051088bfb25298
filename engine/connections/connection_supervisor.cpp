#include "connections/connection_supervisor.hpp"

#include <algorithm>  // max
#include <random>     // random_device
#include <utility>    // exchange, move

#include "connections/gap_tick.hpp"
#include "core/logging.hpp"

namespace feedmux {

ConnectionSupervisor::ConnectionSupervisor(const std::vector<ManagedSource>& sources,
                                           std::vector<ManagedConnection> connections,
                                           const std::vector<Session>& sessions, Bus& bus,
                                           Symbols& symbols, const Clock& clock)
    : bus_(bus),
      clock_(clock),
      overlaps_(bus, connections),
      manager_(
          sources, std::move(connections), *this, symbols, clock,
          [](const std::string& name) { return std::make_unique<NamedLog>(name); },
          std::random_device{}()) {
  Listener& listener = *this;
  for (const Session& session : sessions) {
    if (!session.source) continue;
    sessions_.emplace(session.spec.index, std::make_unique<SessionThread>(
                                              session.spec, *session.source, bus,
                                              overlaps_.Of(session.spec.index), clock, listener));
    latencies_.try_emplace(session.spec.index);
  }
}

ConnectionSupervisor::~ConnectionSupervisor() {
  RequestStop();
  // Before the rest: they call this object until they have ended.
  for (auto& [index, session] : sessions_) session.reset();
  if (thread_.joinable()) thread_.join();
}

void ConnectionSupervisor::Start() {
  thread_ = std::thread{[this] { Run(); }};
}

void ConnectionSupervisor::RequestStop() {
  {
    const std::lock_guard lock{mutex_};
    if (!std::exchange(stop_, true)) manager_.Stop();
    wake_.notify_one();
  }
  for (auto& [index, session] : sessions_) {
    if (session) session->RequestShutdown();
  }
}

std::vector<ConnectionIndex> ConnectionSupervisor::WaitUntil(TimePoint deadline) {
  std::vector<ConnectionIndex> stuck;
  for (auto& [index, session] : sessions_) {
    if (session->WaitUntil(deadline)) continue;
    session->Abandon();
    stuck.push_back(index);
  }
  if (thread_.joinable()) thread_.join();
  overlaps_.Finish();
  return stuck;
}

void ConnectionSupervisor::Run() {
  std::unique_lock lock{mutex_};
  while (!stop_) {
    manager_.Step();
    for (auto& [index, latency] : latencies_) {
      latency.Sample(clock_.MonotonicNs(), sessions_.at(index)->meter().latency());
    }
    overlaps_.TryApply();
    const std::int64_t wait_ns =
        std::max<std::int64_t>(manager_.NextDueNs() - clock_.MonotonicNs(), 0);
    wake_.wait_for(lock, std::chrono::nanoseconds{wait_ns}, [this] { return stop_ || woken_; });
    woken_ = false;
  }
}

/// The thread looks at what is due now.
void ConnectionSupervisor::StepAndWake() {
  woken_ = true;
  wake_.notify_one();
}

// ---- What sessions say

void ConnectionSupervisor::OnConnected(ConnectionIndex connection) {
  Ask([&](ConnectionManager& manager) { manager.OnConnected(connection); });
}

void ConnectionSupervisor::OnSubscribed(ConnectionIndex connection,
                                        const std::vector<std::string>& tickers) {
  Ask([&](ConnectionManager& manager) { manager.OnSubscribed(connection, tickers); });
}

void ConnectionSupervisor::OnError(ConnectionIndex connection, std::string_view what) {
  Ask([&](ConnectionManager& manager) { manager.OnError(connection, what); });
}

void ConnectionSupervisor::OnEnded(ConnectionIndex connection, const SessionEnd& end) {
  Ask([&](ConnectionManager& manager) { manager.OnEnded(connection, end); });
}

// ---- What the manager has done

void ConnectionSupervisor::StartSession(ConnectionIndex connection,
                                        std::vector<std::string> tickers) {
  sessions_.at(connection)->Begin(std::move(tickers));
}

void ConnectionSupervisor::StopSession(ConnectionIndex connection) {
  sessions_.at(connection)->End();
}

void ConnectionSupervisor::Subscribe(ConnectionIndex connection,
                                     const std::vector<std::string>& tickers) {
  sessions_.at(connection)->Subscribe(tickers);
}

void ConnectionSupervisor::Unsubscribe(ConnectionIndex connection,
                                       const std::vector<std::string>& tickers) {
  sessions_.at(connection)->Unsubscribe(tickers);
}

std::uint64_t ConnectionSupervisor::TickCount(ConnectionIndex connection) const {
  const auto session = sessions_.find(connection);
  return session == sessions_.end() ? 0 : session->second->meter().ticks();
}

std::int64_t ConnectionSupervisor::LastTickNs(ConnectionIndex connection) const {
  const auto session = sessions_.find(connection);
  return session == sessions_.end() ? 0 : session->second->meter().last_tick_ns();
}

std::uint64_t ConnectionSupervisor::PublishMark(ConnectionIndex connection) const {
  const auto session = sessions_.find(connection);
  return session == sessions_.end() ? 0 : session->second->meter().publish_mark();
}

std::uint64_t ConnectionSupervisor::TickCountOf(SymbolId symbol) const {
  std::uint64_t ticks = 0;
  for (const auto& [index, session] : sessions_) ticks += session->meter().TicksOf(symbol);
  return ticks;
}

void ConnectionSupervisor::PublishGap(ConnectionIndex connection, const GapRecord& gap) {
  const BatchRef batch = bus_.NewBatch();
  FillGapBatch(*batch, connection, gap, clock_.UtcNs());
  bus_.Publish(batch);
}

void ConnectionSupervisor::Describe(Health& health) const {
  const std::lock_guard lock{mutex_};
  for (std::size_t i = 0; i < health.connections.size(); ++i) {
    ConnectionHealth& connection = health.connections[i];
    const auto index = static_cast<ConnectionIndex>(i + 1);
    manager_.Describe(index, connection);
    const auto latency = latencies_.find(index);
    if (latency == latencies_.end()) continue;
    const LatencyHistogram& histogram = sessions_.at(index)->meter().latency();
    connection.latency_p50_ns = latency->second.Quantile(histogram, 0.5);
    connection.latency_p99_ns = latency->second.Quantile(histogram, 0.99);
  }
  health.alarms = manager_.Alarms();
}

}  // namespace feedmux
