#include "manager/connection_manager.hpp"

#include <fmt/format.h>

#include <algorithm>  // max, min
#include <limits>     // numeric_limits
#include <utility>    // exchange, move

#include "core/counted.hpp"
#include "core/nanoseconds.hpp"

namespace feedmux {
namespace {

constexpr std::int64_t kBusyStepNs = kSecondNs / 10;
constexpr std::int64_t kRatesEveryNs = 10 * kSecondNs;
constexpr std::int64_t kMostEndingNs = 3 * kSecondNs;

double InSeconds(std::int64_t ns) { return static_cast<double>(ns) / 1e9; }

/// What no new attempt mends by itself.
bool NeedsSomebody(FeedErrorKind kind) {
  return kind == FeedErrorKind::Auth || kind == FeedErrorKind::Evicted;
}

}  // namespace

Link::Link(const ManagedConnection& managed, Log& to, const Clock& clock, const Backoff& waits,
           SilenceMonitor monitor)
    : config(managed), log(to), error_log(to, clock), backoff(waits), silence(std::move(monitor)) {}

ConnectionManager::ConnectionManager(const std::vector<ManagedSource>& sources,
                                     std::vector<ManagedConnection> connections,
                                     SessionDriver& driver, Symbols& symbols, const Clock& clock,
                                     const MakeLog& make_log, std::uint64_t seed)
    : driver_(driver),
      clock_(clock),
      log_(make_log("manager")),
      gaps_([this](ConnectionIndex connection, const GapRecord& gap) { OnGap(connection, gap); }),
      connections_(std::move(connections)),
      started_utc_ns_(clock.UtcNs()),
      next_sample_ns_(clock.MonotonicNs() + kSecondNs),
      last_rates_ns_(clock.MonotonicNs()) {
  for (const ManagedSource& source : sources) {
    sources_.push_back(
        {source,
         std::make_unique<TickerRouter>(source.routing, source.failover, source.one_tape, driver,
                                        symbols, gaps_, clock, *log_),
         {},
         {}});
  }
  for (const ManagedConnection& connection : connections_) {
    Source& source = sources_[connection.source];
    const ReconnectPolicy& policy = source.config.reconnect;
    Log& link_log = *logs_.emplace_back(make_log(connection.connection_id + " " + connection.name));
    auto [entry, is_new] = links_.try_emplace(
        connection.index, connection, link_log, clock,
        Backoff{policy.first, policy.max, seed + connection.index},
        connection.busy ? SilenceMonitor{connection.calendar}
                        : SilenceMonitor{connection.calendar, SilencePrior{0, 0}});
    Link& link = entry->second;
    link.status_since_utc_ns = started_utc_ns_;
    link.down_since_ns = Now();
    link.down_since_utc_ns = started_utc_ns_;
    source.connections.push_back(connection.index);
    const std::size_t capacity = connection.max_symbols == 0
                                     ? std::numeric_limits<std::size_t>::max()
                                     : connection.max_symbols;
    source.router->AddConnection(connection.index, connection.connection_id, capacity,
                                 connection.enabled);
  }
  for (const ManagedConnection& connection : connections_) {
    if (!connection.enabled) continue;
    const Source& source = sources_[connection.source];
    const auto assign = [&](const std::vector<std::string>& tickers, Reason why, bool pinned) {
      source.router->Assign(connection.index, Spelled(source, tickers), why, pinned);
    };
    assign(connection.pinned, connection.index, true);
    assign(connection.tickers, connection.index, false);
    assign(connection.shared, kWantedBySource, false);
  }
}

ConnectionManager::~ConnectionManager() = default;

// ---- What happens

void ConnectionManager::OnConnected(ConnectionIndex connection) {
  Link& link = At(connection);
  if (link.session != Link::Session::Starting) return;  // asked to end meanwhile
  link.session = Link::Session::Up;
  link.up_since_ns = Now();
  link.up_since_utc_ns = clock_.UtcNs();
  link.quiet.Begin(Now(), driver_.TickCount(connection));
  link.down_since_ns = 0;
  link.down_since_utc_ns = 0;
  link.healthy = false;
  link.asked_for = false;
  link.auth_refused = false;
  ++link.connects;
  SetStatus(link, ConnectionStatus::Connected);
  RouterOf(link).OnConnected(connection);
  TellSilence(link);
  link.log.Info("connected, " + Counted(RouterOf(link).CountOf(connection), "ticker"));
}

void ConnectionManager::OnSubscribed(ConnectionIndex connection,
                                     const std::vector<std::string>& tickers) {
  RouterOf(At(connection)).OnSubscribed(connection, tickers);
}

void ConnectionManager::OnError(ConnectionIndex connection, std::string_view what) {
  Link& link = At(connection);
  Remember(link, what);
  link.error_log.Write(LogLevel::Warning, what);
}

void ConnectionManager::OnEnded(ConnectionIndex connection, const SessionEnd& end) {
  Link& link = At(connection);
  const bool was_asked = link.session == Link::Session::Ending;
  const std::string asked_why = std::exchange(link.end_reason, {});
  const ReconnectPolicy& policy = sources_[link.config.source].config.reconnect;
  if (link.session == Link::Session::Up && Now() - link.up_since_ns >= Ns(policy.healthy_after)) {
    link.backoff.Reset();
  }
  if (!was_asked) GoDown(link, end.what);
  link.session = Link::Session::None;
  RouterOf(link).OnEnded(connection);
  if (stopping_ || link.paused) {
    SetStatus(link, ConnectionStatus::Disconnected);
    return;
  }
  if (was_asked && asked_why.empty()) {  // somebody asked for a new session
    link.retry_at_ns = Now();
    return;
  }
  ScheduleRetry(link, was_asked ? SessionEnd{asked_why, FeedErrorKind::Network} : end);
}

void ConnectionManager::ScheduleRetry(Link& link, const SessionEnd& end) {
  const ReconnectPolicy& policy = sources_[link.config.source].config.reconnect;
  std::int64_t wait = Ns(link.backoff.Next());
  link.auth_refused = end.kind == FeedErrorKind::Auth;
  if (end.kind == FeedErrorKind::Auth) wait += Ns(policy.auth_refused);
  if (end.kind == FeedErrorKind::Evicted) wait += OnEvicted(link);
  link.retry_at_ns = Now() + wait;
  Remember(link, end.what);
  SetStatus(link, ConnectionStatus::Error);
  link.log.Write(NeedsSomebody(end.kind) ? LogLevel::Error : LogLevel::Warning,
                 fmt::format("{}; next attempt in {:.1f} s{}", end.what, InSeconds(wait),
                             HasSlot(link) ? "" : ", and not before the account has room for it"));
}

// ---- Sessions

void ConnectionManager::Start(Link& link) {
  link.session = Link::Session::Starting;
  link.stale = false;
  SetStatus(link, ConnectionStatus::Connecting);
  TickerRouter& router = RouterOf(link);
  router.OnStarted(link.config.index);
  driver_.StartSession(link.config.index, router.TickersFor(link.config.index));
}

void ConnectionManager::StopSession(Link& link) {
  link.session = Link::Session::Ending;
  RouterOf(link).OnDown(link.config.index);
  driver_.StopSession(link.config.index);
}

/// One that was held up has brought late what it last brought.
std::int64_t ConnectionManager::LastSignOfLife(const Link& link) const {
  const std::int64_t last_ns = driver_.LastTickNs(link.config.index);
  return std::max(link.held_up ? std::min(last_ns, link.keeps_up_utc_ns) : last_ns,
                  link.up_since_utc_ns);
}

/// Its tickers are blind from now on.
void ConnectionManager::GoDown(Link& link, std::string_view reason) {
  const bool was_up = link.session == Link::Session::Up;
  const ConnectionIndex index = link.config.index;
  if (was_up) {
    link.down_since_ns = Now();
    link.down_since_utc_ns = clock_.UtcNs();
    link.silence.OnLost(clock_.UtcNs());
  }
  if (stopping_) return;
  if (was_up) {
    gaps_.Lose(index, RouterOf(link).TickersAt(index), LastSignOfLife(link), reason);
  } else if (link.connects == 0) {
    gaps_.Lose(index, RouterOf(link).TickersFor(index), started_utc_ns_, reason);
  }
}

void ConnectionManager::SetStatus(Link& link, ConnectionStatus status) {
  if (link.status == status) return;
  link.status = status;
  link.status_since_utc_ns = clock_.UtcNs();
}

void ConnectionManager::Remember(Link& link, std::string_view error) {
  ++link.error_count;
  link.last_error = error;
  link.last_error_utc_ns = clock_.UtcNs();
}

void ConnectionManager::OnGap(ConnectionIndex connection, const GapRecord& gap) {
  driver_.PublishGap(connection, gap);
  const Link& link = At(connection);
  if (gap.to_ns == 0) {
    link.log.Info(
        fmt::format("gap begins: {}, {}", Counted(gap.symbols->size(), "ticker"), gap.reason));
  } else {
    link.log.Info(fmt::format("gap of {:.1f} s ends: {}, {}", InSeconds(gap.to_ns - gap.from_ns),
                              Counted(gap.symbols->size(), "ticker"), gap.reason));
  }
}

// ---- Time

void ConnectionManager::Step() {
  const std::int64_t now = Now();
  for (auto& [index, link] : links_) StepLink(link);
  if (now >= next_sample_ns_) {
    for (auto& [index, link] : links_) SampleTraffic(link);
    next_sample_ns_ = std::max(next_sample_ns_ + kSecondNs, now + kSecondNs / 2);
  }
  if (now - last_rates_ns_ >= kRatesEveryNs) {
    for (Source& source : sources_) source.router->Sample(InSeconds(now - last_rates_ns_));
    last_rates_ns_ = now;
    rates_measured_ = true;
  }
  for (auto& [index, link] : links_) StepRouting(link);
  for (Source& source : sources_) {
    source.router->Step();
    for (const ConnectionIndex mute : source.router->TakeMute()) {
      if (At(mute).held_up) continue;
      TakeForDead(At(mute), "answers no subscription: taken for dead");
    }
  }
  gaps_.Step(clock_.UtcNs());
}

/// Once its wait is over.
bool ConnectionManager::WillRetry(const Link& link) const {
  return !stopping_ && link.config.enabled && !link.paused && HasSlot(link);
}

void ConnectionManager::StepLink(Link& link) {
  const std::int64_t now = Now();
  if (link.session == Link::Session::None) {
    if (WillRetry(link) && now >= link.retry_at_ns) Start(link);
    return;
  }
  const ReconnectPolicy& policy = sources_[link.config.source].config.reconnect;
  if (link.session == Link::Session::Up && link.evictions > 0) ForgiveEvictions(link);
  if (link.session == Link::Session::Up && !link.healthy &&
      now - link.up_since_ns >= Ns(policy.healthy_after)) {
    link.healthy = true;
    link.backoff.Reset();
    if (std::exchange(link.evicted, false)) ClearLimit(sources_[link.config.source]);
  }
}

void ConnectionManager::StepRouting(Link& link) {
  if (stopping_ || !link.config.enabled) return;
  if (link.paused && link.session == Link::Session::Up) return StepLeaving(link);
  TickerRouter& router = RouterOf(link);
  const FailoverPolicy& policy = sources_[link.config.source].config.failover;
  if (link.healthy && link.session == Link::Session::Up) router.BringHome(link.config.index);
  if (link.down_since_ns == 0 || !policy.after) return;
  // Until it has ended, a session may still bring ticks.
  const bool may_speak = link.session == Link::Session::Ending;
  if (may_speak && Now() - link.down_since_ns < kMostEndingNs) return;
  const bool at_once = link.paused || link.evicted;
  if (at_once || Now() - link.down_since_ns >= Ns(*policy.after)) {
    router.FailOver(link.config.index);
  }
}

void ConnectionManager::SampleTraffic(Link& link) {
  if (!link.config.enabled) return;
  const std::uint64_t ticks = driver_.TickCount(link.config.index);
  link.rate.Sample(Now(), ticks);
  SampleHeldUp(link);
  if (link.session == Link::Session::Up) CheckSilence(link);
}

/// Where the bus has the same batch as at the last sample, the connection reads nothing. Its
/// silence proves nothing then, nor for as long as it takes to read on.
void ConnectionManager::SampleHeldUp(Link& link) {
  const std::uint64_t mark = driver_.PublishMark(link.config.index);
  const bool was_blocked = link.blocked;
  link.blocked = mark % 2 == 1 && mark == link.publish_mark;
  link.publish_mark = mark;
  link.held_up = link.blocked || was_blocked;
  if (!link.held_up) link.keeps_up_utc_ns = link.sampled_utc_ns;
  link.sampled_utc_ns = clock_.UtcNs();
  RouterOf(link).SetHeldUp(link.config.index, link.held_up);
}

void ConnectionManager::TellSilence(Link& link) {
  const TickerRouter& router = RouterOf(link);
  const bool wildcard = router.ConnectionOf(kWildcard) == link.config.index;
  link.silence.OnConnected(clock_.UtcNs(), router.CountOf(link.config.index), wildcard);
}

void ConnectionManager::CheckSilence(Link& link) {
  if (!link.config.watch_silence) return;
  const std::int64_t utc = clock_.UtcNs();
  const ConnectionIndex index = link.config.index;
  const TickerRouter& router = RouterOf(link);
  link.silence.SetSymbols(router.CountOf(index), router.ConnectionOf(kWildcard) == index);
  const std::uint64_t ticks = driver_.TickCount(index);
  link.held_up ? link.silence.OnHeldUp(utc, ticks) : link.silence.OnSample(utc, ticks);
  const bool was_due = !link.held_up && router.CountOf(index) > 0 &&
                       PhaseAt(link.config.calendar, utc) != Phase::Closed;
  link.quiet.Sample(Now(), ticks, was_due);
  const bool too_long = link.config.stale_after && link.quiet.ns() >= Ns(*link.config.stale_after);
  if (!too_long && !link.silence.IsStale(utc)) return;
  TakeForDead(link, fmt::format("silent for {:.1f} s where ticks were due: taken for dead",
                                InSeconds(link.quiet.ns())));
}

void ConnectionManager::TakeForDead(Link& link, const std::string& reason) {
  if (link.session != Link::Session::Up) return;
  link.stale = true;
  link.end_reason = reason;
  GoDown(link, reason);
  StopSession(link);
  SetStatus(link, ConnectionStatus::Error);
}

std::int64_t ConnectionManager::NextDueNs() const {
  std::int64_t due = next_sample_ns_;
  for (const auto& [index, link] : links_) {
    if (link.session == Link::Session::None && WillRetry(link)) {
      due = std::min(due, link.retry_at_ns);
    }
  }
  for (const Source& source : sources_) {
    if (source.router->busy()) due = std::min(due, Now() + kBusyStepNs);
  }
  return due;
}

void ConnectionManager::Stop() {
  stopping_ = true;
  gaps_.Flush();
  for (auto& [index, link] : links_) {
    if (link.session == Link::Session::Starting || link.session == Link::Session::Up) {
      GoDown(link, "stopped");
      StopSession(link);
    } else if (link.session == Link::Session::None) {
      SetStatus(link, ConnectionStatus::Disconnected);
    }
  }
}

}  // namespace feedmux
