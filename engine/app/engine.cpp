#include "app/engine.hpp"

#include <fmt/format.h>

#include <algorithm>  // find
#include <set>        // set
#include <utility>    // move

#include "plugins/guard.hpp"

namespace feedmux {
namespace {

using std::chrono::steady_clock;

// How long a plugin may take to come back from a call that it is in, once its time is up. A sink
// may be waiting for a consumer that hangs: sink_redis does for five seconds.
constexpr std::chrono::seconds kGrace{2};
constexpr std::chrono::seconds kSinkGrace{6};

constexpr std::int64_t kRecentNs = 100'000'000;
constexpr std::int64_t kStuckNs = 10'000'000'000;  // SinkHealth::stuck_since_ns

/// As the source's ticks spell it; as it stands where the plugin cannot tell.
std::string Spelled(const Source& source, const std::string& symbol) {
  std::string spelled = symbol;
  CallPlugin("TickSpelling", [&] { spelled = source.TickSpelling(symbol); });
  return spelled;
}

std::vector<ManagedSource> SourcesOf(const Assembly& assembly) {
  std::vector<ManagedSource> sources;
  for (const SourceInstance& source : assembly.sources) {
    ManagedSource& managed = sources.emplace_back(ManagedSource{
        source.name, source.routing, source.reconnect, source.failover, source.one_tape});
    if (!source.source) continue;
    managed.spelling = [made = source.source.get()](const std::string& ticker) {
      return Spelled(*made, ticker);
    };
  }
  return sources;
}

std::vector<ManagedConnection> ConnectionsOf(const Assembly& assembly) {
  std::vector<ManagedConnection> connections;
  for (const PlannedConnection& planned : assembly.connections) {
    const SourceInstance& source = assembly.sources[planned.source];
    const bool watched = !source.stale_after || source.stale_after->count() > 0;
    ManagedConnection connection;
    connection.index = planned.spec.index;
    connection.connection_id = planned.spec.connection_id;
    connection.name = planned.spec.name;
    connection.source = planned.source;
    connection.enabled = planned.enabled;
    connection.max_symbols = planned.max_symbols;
    connection.pinned = planned.pinned;
    connection.shared = planned.shared;
    connection.calendar = source.calendar;
    connection.busy = source.busy;
    if (watched) connection.stale_after = source.stale_after;
    connection.watch_silence = watched;
    const std::set<std::string> shared{planned.shared.begin(), planned.shared.end()};
    for (const std::string& ticker : planned.spec.tickers) {
      if (shared.count(ticker) == 0) connection.tickers.push_back(ticker);
    }
    // What an earlier connection has is wanted by this one too, should that one give it up.
    for (const UniverseUse& use : assembly.universe_uses) {
      if (use.connection == planned.spec.index) connection.tickers = use.symbols;
    }
    connections.push_back(std::move(connection));
  }
  return connections;
}

std::vector<ConnectionSupervisor::Session> SessionsOf(const Assembly& assembly) {
  std::vector<ConnectionSupervisor::Session> sessions;
  for (const PlannedConnection& planned : assembly.connections) {
    ConnectionSupervisor::Session session{planned.spec, nullptr};
    session.spec.tickers.clear();
    if (planned.enabled) session.source = assembly.sources[planned.source].source.get();
    sessions.push_back(std::move(session));
  }
  return sessions;
}

}  // namespace

Engine::Engine(Assembly assembly, HostServices& services)
    : services_(services),
      assembly_(std::move(assembly)),
      bus_(assembly_.connections.size()),
      supervisor_(SourcesOf(assembly_), ConnectionsOf(assembly_), SessionsOf(assembly_), bus_,
                  services.symbols, services.clock),
      universes_(assembly_.universes, assembly_.universe_uses, services.clock,
                 [this](const UniverseUse& use, const std::vector<std::string>& added,
                        const std::vector<std::string>& removed) {
                   supervisor_.Ask([&](ConnectionManager& manager) {
                     use.connection == 0 ? manager.ChangeSource(use.source, added, removed)
                                         : manager.ChangeConnection(use.connection, added, removed);
                   });
                 }),
      control_(supervisor_, universes_) {
  services_.read_health = [this] { return RecentHealth(); };
  services_.control = &control_;
  for (SinkInstance& sink : assembly_.sinks) {
    SinkQueue& queue = bus_.AddSink(sink.config.queue, MakeFilter(sink.config.filter));
    sink_names_.push_back(sink.config.instance.name);
    sinks_.push_back(std::make_unique<SinkRunner>(std::move(sink.host), std::move(sink.sink), queue,
                                                  sink.config.retry));
  }
}

Engine::~Engine() {
  // Without effect after Stop. Plugins may ask for the health until their threads have ended.
  RequestStop();
  supervisor_.WaitUntil(steady_clock::time_point::max());
  for (const auto& sink : sinks_) sink->Drain(steady_clock::now());
  for (const auto& sink : sinks_) sink->WaitUntil(steady_clock::time_point::max());
  services_.read_health = nullptr;
  services_.control = nullptr;
}

TickFilter Engine::MakeFilter(const FilterConfig& config) {
  TickFilter filter;
  filter.AllowKinds(config.kinds);
  for (const std::string& symbol : config.symbols) {
    for (const std::string& spelled : Spellings(symbol, config.sources)) {
      filter.AllowSymbol(services_.symbols.Intern(spelled));
    }
  }
  for (const std::string& source : config.sources) {
    for (const PlannedConnection& connection : assembly_.connections) {
      if (assembly_.sources[connection.source].name == source) {
        filter.AllowConnection(connection.spec.index);
      }
    }
  }
  return filter;
}

std::vector<std::string> Engine::Spellings(const std::string& symbol,
                                           const std::vector<std::string>& sources) const {
  std::vector<std::string> spellings{symbol};
  for (const SourceInstance& source : assembly_.sources) {
    const bool counts =
        sources.empty() || std::find(sources.begin(), sources.end(), source.name) != sources.end();
    if (!counts || !source.source) continue;
    std::string spelled = Spelled(*source.source, symbol);
    if (std::find(spellings.begin(), spellings.end(), spelled) == spellings.end()) {
      spellings.push_back(std::move(spelled));
    }
  }
  return spellings;
}

void Engine::Start() {
  for (const auto& sink : sinks_) sink->Start();
  supervisor_.Start();
  universes_.Start();
}

void Engine::RequestStop() {
  universes_.RequestStop();
  supervisor_.RequestStop();
  bus_.StopBlocking();
}

bool Engine::Stop(std::chrono::milliseconds timeout) {
  bool all_came_back = true;
  const auto grace_ends = steady_clock::now() + kGrace;
  RequestStop();
  for (const ConnectionIndex stuck : supervisor_.WaitUntil(grace_ends)) {
    const std::string call = supervisor_.CallOf(stuck);
    log_.Error(fmt::format("{} does not stop: its plugin did not return from {}",
                           assembly_.connections[stuck - 1u].spec.connection_id,
                           call.empty() ? "a call" : call));
    all_came_back = false;
  }
  // From now: a connection that hangs does not take the sinks' time.
  const auto deadline = steady_clock::now() + timeout;
  for (const auto& sink : sinks_) sink->Drain(deadline);
  for (std::size_t i = 0; i < sinks_.size(); ++i) {
    if (sinks_[i]->WaitUntil(deadline + kSinkGrace)) continue;
    const std::string call = sinks_[i]->Read().call;
    log_.Error(fmt::format("sink {} does not stop: its plugin did not return from {}",
                           sink_names_[i], call.empty() ? "a call" : call));
    sinks_[i]->Abandon();
    all_came_back = false;
  }
  if (!universes_.WaitUntil(grace_ends)) {
    log_.Error("universes do not stop: a resolver did not return from a call");
    all_came_back = false;
  }
  return all_came_back;
}

Health Engine::ReadHealth() const {
  const Ledger ledger = bus_.Read();
  Health health;
  health.published = ledger.published;
  health.gap_ticks = ledger.gap_ticks;
  health.imbalance = ledger.Imbalance();
  for (std::size_t i = 0; i < assembly_.connections.size(); ++i) {
    const PlannedConnection& planned = assembly_.connections[i];
    const ConnectionAccount& account = ledger.connections[i];
    ConnectionHealth& connection = health.connections.emplace_back();
    connection.connection_id = planned.spec.connection_id;
    connection.name = planned.spec.name;
    connection.source = assembly_.sources[planned.source].name;
    connection.universe = planned.universe;
    connection.enabled = planned.enabled;
    connection.message_count = account.ticks;
    connection.last_message_ns = account.last_tick_ns;
    connection.frames = account.frames;
    connection.bytes = account.bytes;
    connection.events = account.events;
    connection.status_events = account.status_events;
    connection.duplicates = account.duplicates;
    connection.withheld = account.withheld;
    connection.rejected = account.rejected;
  }
  for (std::size_t i = 0; i < sinks_.size(); ++i) {
    const SinkAccount& account = ledger.sinks[i];
    const SinkRunner::State state = sinks_[i]->Read();
    SinkHealth& sink = health.sinks.emplace_back();
    sink.name = sink_names_[i];
    sink.when_full = Name(assembly_.sinks[i].config.queue.when_full);
    sink.queue_capacity = assembly_.sinks[i].config.queue.capacity;
    sink.available = state.available;
    sink.filtered = account.filtered;
    sink.delivered = account.delivered;
    sink.dropped = account.dropped;
    sink.conflated = account.conflated;
    sink.queued = account.waiting + account.in_hand;
    sink.failed = account.failed;
    sink.error_count = state.error_count;
    sink.last_error = state.last_error;
    if (!state.call.empty() && services_.clock.UtcNs() - state.call_since_ns >= kStuckNs) {
      sink.stuck_since_ns = state.call_since_ns;
      sink.stuck_in = state.call;
    }
  }
  supervisor_.Describe(health);
  health.universes = universes_.Read();
  return health;
}

Health Engine::RecentHealth() const {
  const std::lock_guard lock{recent_mutex_};
  const std::int64_t now_ns = services_.clock.MonotonicNs();
  if (recent_.taken_ns == 0 || now_ns - recent_.taken_ns >= kRecentNs) {
    recent_ = {ReadHealth(), now_ns};
  }
  return recent_.health;
}

std::map<std::string, std::map<std::string, std::uint64_t>> Engine::ReadMetrics() const {
  std::map<std::string, std::map<std::string, std::uint64_t>> all;
  const auto add = [&all](const std::string& name, const MetricSet& metrics) {
    // A source and a sink may have one name.
    if (auto values = metrics.Read(); !values.empty()) all[name].merge(values);
  };
  for (std::size_t i = 0; i < sinks_.size(); ++i) add(sink_names_[i], sinks_[i]->metrics());
  for (const SourceInstance& source : assembly_.sources) add(source.name, source.host->metrics());
  return all;
}

}  // namespace feedmux
