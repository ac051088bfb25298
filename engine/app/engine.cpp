#include "app/engine.hpp"

#include <fmt/format.h>

#include <utility>  // move

namespace feedmux {
namespace {

using std::chrono::steady_clock;

// How long a plugin may take to come back from a call that it is in, once its time is up.
constexpr std::chrono::seconds kGrace{2};

TickFilter MakeFilter(const FilterConfig& config, const Assembly& assembly, Symbols& symbols) {
  TickFilter filter;
  filter.AllowKinds(config.kinds);
  for (const std::string& symbol : config.symbols) filter.AllowSymbol(symbols.Intern(symbol));
  for (const std::string& source : config.sources) {
    for (const PlannedConnection& connection : assembly.connections) {
      if (assembly.sources[connection.source].name == source) {
        filter.AllowConnection(connection.spec.index);
      }
    }
  }
  return filter;
}

}  // namespace

Engine::Engine(Assembly assembly, HostServices& services, const ReconnectPolicy& policy)
    : services_(services), assembly_(std::move(assembly)), bus_(assembly_.connections.size()) {
  services_.read_health = [this] { return ReadHealth(); };
  for (SinkInstance& sink : assembly_.sinks) {
    SinkQueue& queue = bus_.AddSink(sink.config.queue,
                                    MakeFilter(sink.config.filter, assembly_, services_.symbols));
    sink_names_.push_back(sink.config.instance.name);
    sinks_.push_back(std::make_unique<SinkRunner>(std::move(sink.host), std::move(sink.sink), queue,
                                                  sink.config.retry));
  }
  for (const PlannedConnection& planned : assembly_.connections) {
    connections_.push_back(planned.enabled
                               ? std::make_unique<ConnectionRunner>(
                                     planned.spec, *assembly_.sources[planned.source].source, bus_,
                                     services_.clock, policy)
                               : nullptr);
  }
}

Engine::~Engine() {
  // Without effect after Stop. Plugins may ask for the health until their threads have ended.
  RequestStop();
  for (const auto& connection : connections_) {
    if (connection) connection->WaitUntil(steady_clock::time_point::max());
  }
  for (const auto& sink : sinks_) sink->Drain(steady_clock::now());
  for (const auto& sink : sinks_) sink->WaitUntil(steady_clock::time_point::max());
  services_.read_health = nullptr;
}

void Engine::Start() {
  for (const auto& sink : sinks_) sink->Start();
  for (const auto& connection : connections_) {
    if (connection) connection->Start();
  }
}

void Engine::RequestStop() {
  for (const auto& connection : connections_) {
    if (connection) connection->RequestStop();
  }
  bus_.StopBlocking();
}

bool Engine::Stop(std::chrono::milliseconds timeout) {
  bool all_came_back = true;
  RequestStop();
  const auto connections_deadline = steady_clock::now() + kGrace;
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    if (!connections_[i] || connections_[i]->WaitUntil(connections_deadline)) continue;
    log_.Error(fmt::format("{} does not stop: its plugin did not return from Run",
                           assembly_.connections[i].spec.connection_id));
    connections_[i]->Abandon();
    all_came_back = false;
  }
  // From now: a connection that hangs does not take the sinks' time.
  const auto deadline = steady_clock::now() + timeout;
  for (const auto& sink : sinks_) sink->Drain(deadline);
  for (std::size_t i = 0; i < sinks_.size(); ++i) {
    if (sinks_[i]->WaitUntil(deadline + kGrace)) continue;
    log_.Error(fmt::format("sink {} does not stop: its plugin did not return from a call",
                           sink_names_[i]));
    sinks_[i]->Abandon();
    all_came_back = false;
  }
  return all_came_back;
}

Health Engine::ReadHealth() const {
  const Ledger ledger = bus_.Read();
  Health health;
  health.published = ledger.published;
  health.imbalance = ledger.Imbalance();
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    const PlannedConnection& planned = assembly_.connections[i];
    const ConnectionAccount& account = ledger.connections[i];
    const auto state = connections_[i] ? connections_[i]->Read() : ConnectionRunner::State{};
    ConnectionHealth& connection = health.connections.emplace_back();
    connection.connection_id = planned.spec.connection_id;
    connection.name = planned.spec.name;
    connection.source = assembly_.sources[planned.source].name;
    connection.enabled = planned.enabled;
    connection.status = state.status;
    connection.assigned_tickers = planned.spec.tickers.size();
    connection.message_count = account.ticks;
    connection.error_count = state.error_count;
    connection.last_message_ns = account.last_tick_ns;
    connection.connects = state.connects;
    connection.last_error = state.last_error;
    connection.last_error_ns = state.last_error_ns;
    connection.frames = account.frames;
    connection.bytes = account.bytes;
    connection.events = account.events;
    connection.status_events = account.status_events;
    connection.rejected = account.rejected;
  }
  for (std::size_t i = 0; i < sinks_.size(); ++i) {
    const SinkAccount& account = ledger.sinks[i];
    const SinkRunner::State state = sinks_[i]->Read();
    SinkHealth& sink = health.sinks.emplace_back();
    sink.name = sink_names_[i];
    sink.available = state.available;
    sink.filtered = account.filtered;
    sink.delivered = account.delivered;
    sink.dropped = account.dropped;
    sink.conflated = account.conflated;
    sink.queued = account.waiting + account.in_hand;
    sink.failed = account.failed;
    sink.error_count = state.error_count;
    sink.last_error = state.last_error;
  }
  return health;
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
