#include "manager/simulation/world.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace feedmux::simulation {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// With FEEDMUX_SIMULATION_TRACE in the environment, what happens is told on standard error.
bool Traced() {
  static const bool kTraced = std::getenv("FEEDMUX_SIMULATION_TRACE") != nullptr;
  return kTraced;
}

class TraceLog final : public Log {
 public:
  TraceLog(std::string name, const Step& now) : name_(std::move(name)), now_(now) {}
  bool Enabled(LogLevel) const override { return Traced(); }
  void Write(LogLevel, std::string_view text) override {
    if (Traced())
      fmt::print(stderr, "{:7.2f} [{}] {}\n", static_cast<double>(now_) / 4, name_, text);
  }

 private:
  const std::string name_;
  const Step& now_;
};

std::int64_t Ns(milliseconds time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
}

std::vector<std::string> Names(const std::string& prefix, std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(prefix + std::to_string(i));
  return names;
}

std::vector<std::string> Both(std::vector<std::string> a, const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

World::World(std::uint64_t seed)
    : random_(seed),
      bus_(1 + seed % 4),
      stable_(Names("S", 1 + random_() % 8)),
      volatile_(Names("V", 4)),
      vendor_(random_, Both(stable_, volatile_), 1 + random_() % 5) {
  const auto connections = static_cast<ConnectionIndex>(1 + seed % 4);
  reconnect_ = {.first = milliseconds{500},
                .max = seconds{8},
                .healthy_after = seconds{3},
                .auth_refused = seconds{10},
                .evicted = seconds{15},
                .evicted_max = seconds{30}};
  FailoverPolicy failover;
  failover.after = milliseconds{Below(3) * 2000};
  failover.quiet_handover = seconds{2};
  failover.linger = seconds{3};
  failover.retry_home = seconds{20};
  ManagedSource source{"simulated", static_cast<Routing>(Below(4)), reconnect_, failover, true};
  std::vector<ManagedConnection> managed;
  for (ConnectionIndex c = 1; c <= connections; ++c) {
    ManagedConnection connection;
    connection.index = c;
    connection.connection_id = Id(c);
    connection.name = "name_" + std::to_string(c);
    connection.stale_after = seconds{4 + Below(4)};
    observed_[c];
    managed.push_back(std::move(connection));
  }
  for (const std::string& ticker : stable_) {
    ManagedConnection& home = managed[Below(managed.size())];
    home.tickers.push_back(ticker);
    universe_[home.index].insert(ticker);
    wanted_.insert(ticker);
  }
  constexpr std::uint64_t kNoLimit = std::uint64_t{1} << 40;
  sink_ = &bus_.AddSink({kNoLimit, kNoLimit, WhenFull::DropOldest}, TickFilter{});
  start_ns_ = clock_.MonotonicNs();
  SessionDriver& driver = *this;
  manager_ = std::make_unique<ConnectionManager>(
      std::vector<ManagedSource>{source}, std::move(managed), driver, symbols_, clock_,
      [this](const std::string& name) { return std::make_unique<TraceLog>(name, now_); }, seed);
  manager_->Step();
}

World::~World() = default;

template <typename... Args>
void World::Trace(fmt::format_string<Args...> format, Args&&... args) const {
  if (!Traced()) return;
  fmt::print(stderr, "{:7.2f} {}\n", static_cast<double>(now_) / 4,
             fmt::format(format, std::forward<Args>(args)...));
}

void World::Complain(const std::string& what) {
  if (complaints_.size() < 20) {
    complaints_.push_back(fmt::format("at {:.2f} s: {}", static_cast<double>(now_) / 4, what));
  }
}

// ---- What the manager asks for

void World::StartSession(ConnectionIndex connection, std::vector<std::string> tickers) {
  Observed& observed = observed_[connection];
  if (observed.runs) Complain(Id(connection) + " was started while it runs");
  if (clock_.MonotonicNs() < observed.may_start_ns) {
    Complain(fmt::format("{} was started {:.2f} s too early", Id(connection),
                         static_cast<double>(observed.may_start_ns - clock_.MonotonicNs()) / 1e9));
  }
  observed.runs = true;
  observed.stopping = false;
  Trace("start {} with {}", Id(connection), tickers);
  observed.connected = false;
  observed.asked_early = {tickers.begin(), tickers.end()};
  vendor_.Open(connection, now_);
}

void World::StopSession(ConnectionIndex connection) {
  Trace("stop {}", Id(connection));
  observed_[connection].stopping = true;
}

void World::Subscribe(ConnectionIndex connection, const std::vector<std::string>& tickers) {
  if (!observed_[connection].runs) Complain("subscribed without a session");
  Trace("subscribe {} on {}", tickers, Id(connection));
  Observed& observed = observed_[connection];
  if (observed.connected) return vendor_.Subscribe(connection, tickers, now_);
  observed.asked_early.insert(tickers.begin(), tickers.end());
}

void World::Unsubscribe(ConnectionIndex connection, const std::vector<std::string>& tickers) {
  if (!observed_[connection].runs) Complain("unsubscribed without a session");
  Trace("unsubscribe {} on {}", tickers, Id(connection));
  Observed& observed = observed_[connection];
  if (observed.connected) return vendor_.Unsubscribe(connection, tickers, now_);
  for (const std::string& ticker : tickers) observed.asked_early.erase(ticker);
}

std::uint64_t World::TickCountOf(SymbolId symbol) const {
  const auto found = symbol_ticks_.find(symbol);
  return found == symbol_ticks_.end() ? 0 : found->second;
}

void World::PublishGap(ConnectionIndex, const GapRecord& gap) {
  if (gap.symbols->empty()) Complain("a gap without symbols");
  gap.to_ns == 0 ? (void)++gaps_begun_ : gaps_.push_back(gap);
}

// ---- Time

void World::Chaos() {
  for (int i = 0; i < 240; ++i) {
    if (Below(6) == 0) Disturb();
    Advance();
  }
}

void World::Calm() {
  held_up_until_ = now_;
  vendor_.RaiseLimit();
  vendor_.RefuseKeysUntil(0);
  vendor_.BeSlowUntil(0);
  ResumeAll();
  for (int i = 0; i < 60; ++i) Advance();  // what is under way arrives
  for (const auto& [c, observed] : observed_) {
    if (!Describe(c).evicted) continue;
    manager_->Reconnect(Id(c));
    observed_[c].may_start_ns = 0;
  }
  manager_->Step();
  for (int i = 0; i < 500; ++i) Advance();
}

void World::ResumeAll() {
  for (const auto& [c, observed] : observed_) {
    try {
      manager_->Resume(Id(c));
      observed_[c].may_start_ns = 0;
    } catch (const ControlError&) {
    }
  }
  manager_->Step();
}

void World::LiveWithinTheLimit() {
  for (int i = 0; i < 480; ++i) Advance();  // finds out what it is
  const std::size_t evictions = evictions_;
  const std::size_t gaps = gaps_begun_;
  for (int i = 0; i < 2400; ++i) Advance();
  if (evictions_ != evictions) {
    Complain(fmt::format("its connections drove each other out {} times", evictions_ - evictions));
  }
  if (gaps_begun_ != gaps) Complain("a gap without a fault");
}

void World::PauseEach() {
  if (observed_.size() < 2) return;  // nowhere to go
  vendor_.EndSilence(now_);
  for (int i = 0; i < 100; ++i) Advance();
  for (const auto& [c, observed] : observed_) PauseAndResume(c);
}

/// A planned move there and back: no gap, and in bounded time.
void World::PauseAndResume(ConnectionIndex connection) {
  constexpr Step kMost = 280;
  const std::size_t gaps_before = gaps_begun_;
  manager_->Pause(Id(connection));
  const Step paused = now_;
  while (Describe(connection).status != ConnectionStatus::Disconnected && now_ < paused + kMost) {
    Advance();
  }
  const ConnectionHealth health = Describe(connection);
  if (health.status != ConnectionStatus::Disconnected) {
    Complain(Id(connection) + " does not go into its pause");
  }
  if (health.assigned_tickers != 0) Complain(Id(connection) + " keeps tickers while paused");
  for (int i = 0; i < 20; ++i) Advance();

  manager_->Resume(Id(connection));
  observed_[connection].may_start_ns = 0;
  for (Step i = 0; i < kMost; ++i) Advance();
  if (gaps_begun_ != gaps_before) Complain("pausing " + Id(connection) + " leaves a gap");
  for (const auto& [c, observed] : observed_) {
    if (Describe(c).borrowed_tickers != 0) {
      Complain(fmt::format("{} still has tickers of others after the pause of {}", Id(c),
                           Id(connection)));
    }
  }
}

ConnectionHealth World::Describe(ConnectionIndex connection) const {
  ConnectionHealth health;
  manager_->Describe(connection, health);
  return health;
}

void World::Advance() {
  ++now_;
  clock_.Advance(std::chrono::nanoseconds{kStepNs});
  if (now_ >= held_up_until_) {
    for (auto& [c, observed] : observed_) observed.publish_mark += observed.publish_mark % 2;
  }
  vendor_.Trade(now_);
  for (auto& [connection, observed] : observed_) {
    if (!observed.runs || now_ < held_up_until_) continue;
    if (observed.stopping) {
      if (Below(2) == 0) End(connection, FeedErrorKind::Network, "stopped");
      continue;
    }
    for (const Item& item : vendor_.Arrived(connection, now_)) {
      switch (item.what) {
        case Item::What::Connected:
          observed.connected = true;
          manager_->OnConnected(connection);
          vendor_.Subscribe(connection, {observed.asked_early.begin(), observed.asked_early.end()},
                            now_);
          break;
        case Item::What::Ack:
          Trace("{} confirms {}", Id(connection), item.tickers);
          manager_->OnSubscribed(connection, item.tickers);
          break;
        case Item::What::Event:
          Deliver(connection, item.event);
          break;
        case Item::What::End:
          End(connection, item.kind, item.why);
          break;
      }
      if (!observed.runs) break;
    }
  }
  overlaps_.TryApply();
  manager_->Step();
  overlaps_.TryApply();
  CheckAlways();
}

/// A full sink makes connections wait in the middle of a batch.
void World::HoldUp(Step steps) {
  if (now_ < held_up_until_) return;
  held_up_until_ = now_ + steps;
  for (auto& [c, observed] : observed_) {
    if (observed.connected) ++observed.publish_mark;
  }
}

void World::Deliver(ConnectionIndex connection, const Event& event) {
  const BatchRef batch = bus_.NewBatch();
  batch->connection = connection;
  batch->ts_recv_ns = clock_.UtcNs();
  batch->frame = "x";
  Trace("{} brings {} {}", Id(connection), event.ticker, event.sequence);
  Tick& tick = batch->Add(Kind::Trade);
  tick.symbol = symbols_.Intern(event.ticker);
  tick.vendor_sequence = event.sequence;
  tick.raw_data = batch->frame.data();
  tick.raw_size = 1;
  batch->events = 1;
  Observed& observed = observed_[connection];
  ++observed.ticks;
  observed.last_tick_ns = clock_.UtcNs();
  ++symbol_ticks_[tick.symbol];
  overlaps_.active() ? overlaps_.Publish(batch) : bus_.Publish(batch);

  while (sink_->Read().waiting > 0) {  // Take would ask the system to wait, however briefly
    sink_->Take(lot_, {});
    for (const Tick& got : lot_.ticks) {
      const std::string name{symbols_.Text(got.symbol)};
      Trace("  out {} {}", name, got.vendor_sequence);
      delivered_[name].push_back(got.vendor_sequence);
      first_delivered_.try_emplace(name, now_);
    }
    sink_->Settle(lot_, lot_.ticks.size(), 0);
  }
}

void World::End(ConnectionIndex connection, FeedErrorKind kind, const std::string& why) {
  vendor_.Close(connection);
  Observed& observed = observed_[connection];
  observed.runs = observed.connected = false;
  const bool was_asked = std::exchange(observed.stopping, false);
  std::int64_t wait = Ns(reconnect_.first) / 10;
  if (!was_asked && kind == FeedErrorKind::Auth) wait += Ns(reconnect_.auth_refused);
  if (!was_asked && kind == FeedErrorKind::Evicted) wait += Ns(reconnect_.evicted);
  if (was_asked) wait = 0;  // stale ones wait too, which the manager's own tests say
  observed.may_start_ns = clock_.MonotonicNs() + wait;
  if (!was_asked && kind == FeedErrorKind::Evicted) ++evictions_;
  manager_->OnEnded(connection, {why, kind});
}

// ---- What happens to it

void World::Disturb() {
  const ConnectionIndex c = AnyConnection();
  switch (Below(9)) {
    case 0:
    case 1:
      return vendor_.Drop(c, now_);
    case 2:
      return vendor_.Silence(c);
    case 3:
      return vendor_.RefuseKeysUntil(now_ + static_cast<Step>(Below(20)));
    case 4:
      return vendor_.BeSlowUntil(now_ + static_cast<Step>(Below(40)));
    case 5:
      return ChangeUniverse();
    case 6:
      return HoldUp(static_cast<Step>(12 + Below(48)));
    default:
      return Command();
  }
}

void World::Command() {
  const ConnectionIndex c = AnyConnection();
  const std::string ticker = volatile_[Below(volatile_.size())];
  try {
    switch (Below(6)) {
      case 0:
        manager_->Reconnect(Id(c));
        observed_[c].may_start_ns = 0;
        break;
      case 1:
        manager_->Pause(Id(c));
        break;
      case 2:
        manager_->Resume(Id(c));
        observed_[c].may_start_ns = 0;
        break;
      case 3:
        manager_->Subscribe({ticker}, "");
        wanted_.insert(ticker);
        break;
      case 4:
        manager_->Unsubscribe({ticker}, "");
        wanted_.erase(ticker);
        for (auto& [owner, tickers] : universe_) tickers.erase(ticker);
        break;
      default:
        manager_->Rebalance();
        break;
    }
  } catch (const ControlError&) {
  }
  manager_->Step();
}

/// A ticker comes to, or leaves, one connection's universe.
void World::ChangeUniverse() {
  const ConnectionIndex c = AnyConnection();
  const std::string ticker = volatile_[Below(volatile_.size())];
  std::set<std::string>& own = universe_[c];
  if (own.erase(ticker) == 0) {
    own.insert(ticker);
    wanted_.insert(ticker);
    manager_->ChangeConnection(c, {ticker}, {});
  } else {
    manager_->ChangeConnection(c, {}, {ticker});
    // By hand or by another universe it may be wanted still.
    if (!manager_->TickerAssignment(ticker)) wanted_.erase(ticker);
  }
  manager_->Step();
}

}  // namespace feedmux::simulation
