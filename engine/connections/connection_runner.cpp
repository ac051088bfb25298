#include "connections/connection_runner.hpp"

#include <fmt/format.h>

#include <random>     // random_device
#include <stdexcept>  // logic_error
#include <utility>    // move

namespace feedmux {

using std::chrono::steady_clock;

namespace {

/// What no new attempt mends by itself.
bool NeedsSomebody(FeedErrorKind kind) {
  return kind == FeedErrorKind::Auth || kind == FeedErrorKind::Evicted;
}

}  // namespace

ConnectionRunner::ConnectionRunner(ConnectionSpec spec, Source& source, Bus& bus,
                                   const Clock& clock, const ReconnectPolicy& policy)
    : spec_(std::move(spec)),
      source_(source),
      clock_(clock),
      policy_(policy),
      log_(fmt::format("{} {}", spec_.connection_id, spec_.name)),
      error_log_(log_, clock),
      publisher_(bus, clock, spec_.index,
                 {[this] { OnConnected(); }, [](const std::vector<std::string>&) {},
                  [this](std::string_view error) {
                    Remember(error);
                    error_log_.Write(LogLevel::Warning, error);
                  }}),
      backoff_(policy.first, policy.max, std::random_device{}()) {}

ConnectionRunner::~ConnectionRunner() {
  if (!thread_.joinable()) return;
  RequestStop();
  thread_.join();
}

void ConnectionRunner::Start() {
  thread_ = std::thread{[this] {
    Run(stop_.get_token());
    ended_.Set();
  }};
}

ConnectionRunner::State ConnectionRunner::Read() const {
  const std::lock_guard lock{mutex_};
  return state_;
}

void ConnectionRunner::SetStatus(ConnectionStatus status) {
  const std::lock_guard lock{mutex_};
  state_.status = status;
}

void ConnectionRunner::OnConnected() {
  connected_at_ = steady_clock::now();
  {
    const std::lock_guard lock{mutex_};
    state_.status = ConnectionStatus::Connected;
    ++state_.connects;
  }
  log_.Info(fmt::format("connected, {} tickers", spec_.tickers.size()));
}

void ConnectionRunner::Remember(std::string_view error) {
  const std::lock_guard lock{mutex_};
  ++state_.error_count;
  state_.last_error = error;
  state_.last_error_ns = clock_.UtcNs();
}

void ConnectionRunner::Run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    SetStatus(ConnectionStatus::Connecting);
    connected_at_ = {};
    PluginError error{"the connection ended without a reason", FeedErrorKind::Network, 0, true};
    if (auto thrown = CallPlugin([&] { RunSession(stop); })) error = std::move(*thrown);
    if (stop.stop_requested()) break;

    SetStatus(ConnectionStatus::Error);
    const auto wait = WaitAfter(error);
    Remember(error.what);
    log_.Write(NeedsSomebody(error.kind) ? LogLevel::Error : LogLevel::Warning,
               fmt::format("{}; next attempt in {:.1f} s", error.what,
                           std::chrono::duration<double>{wait}.count()));
    std::unique_lock lock{mutex_};
    stop_asked_.wait_for(lock, stop, wait, [] { return false; });
  }
  SetStatus(ConnectionStatus::Disconnected);
}

void ConnectionRunner::RunSession(std::stop_token stop) {
  const std::unique_ptr<Connection> connection = source_.NewConnection(spec_);
  if (!connection) throw std::logic_error("the source made no connection");
  connection->Run(publisher_, std::move(stop));
}

std::chrono::milliseconds ConnectionRunner::WaitAfter(const PluginError& error) {
  const bool was_healthy =
      connected_at_ != TimePoint{} && steady_clock::now() - connected_at_ >= policy_.healthy_after;
  if (was_healthy) backoff_.Reset();
  const std::chrono::milliseconds wait = backoff_.Next();
  if (error.kind == FeedErrorKind::Auth) return policy_.auth_refused + wait;
  if (error.kind == FeedErrorKind::Evicted) return policy_.evicted + wait;
  return wait;
}

}  // namespace feedmux
