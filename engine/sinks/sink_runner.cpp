#include "sinks/sink_runner.hpp"

#include <fmt/format.h>

#include <algorithm>  // min
#include <random>     // random_device
#include <utility>    // forward

namespace feedmux {

using std::chrono::steady_clock;

SinkRunner::SinkRunner(std::unique_ptr<PluginHost> host, std::unique_ptr<Sink> sink,
                       SinkQueue& queue, const RetryConfig& retry)
    : host_(std::move(host)),
      sink_(std::move(sink)),
      queue_(queue),
      backoff_(retry.first, retry.max, std::random_device{}()),
      timer_log_(host_->log(), host_->clock()),
      outage_log_(host_->log(), host_->clock()) {}

SinkRunner::~SinkRunner() {
  if (!thread_.joinable()) return;
  Drain(steady_clock::now());
  thread_.join();
}

void SinkRunner::Start() {
  thread_ = std::thread{[this] {
    Run();
    ended_.Set();
  }};
}

void SinkRunner::Drain(TimePoint deadline) {
  {
    const std::lock_guard lock{mutex_};
    drain_deadline_ = deadline;
  }
  drain_asked_.notify_all();
  queue_.Close();
}

SinkRunner::State SinkRunner::Read() const {
  const std::lock_guard lock{mutex_};
  State state = state_;
  if (const char* call = call_.load(std::memory_order_acquire)) {
    state.call = call;
    state.call_since_ns = call_since_ns_.load(std::memory_order_relaxed);
  }
  return state;
}

template <typename F>
std::optional<PluginError> SinkRunner::Call(const char* method, F&& call) {
  call_since_ns_.store(host_->clock().UtcNs(), std::memory_order_relaxed);
  call_.store(method, std::memory_order_release);
  auto error = CallPlugin(method, std::forward<F>(call));
  call_.store(nullptr, std::memory_order_release);
  return error;
}

bool SinkRunner::Draining() const {
  const std::lock_guard lock{mutex_};
  return drain_deadline_.has_value();
}

bool SinkRunner::TimeIsUp() const {
  const std::lock_guard lock{mutex_};
  return drain_deadline_ && steady_clock::now() >= *drain_deadline_;
}

void SinkRunner::Run() {
  if (StartSink()) {
    Lot lot;
    while (!TimeIsUp()) {
      if (queue_.Take(lot, host_->timer_queue().NextDue())) {
        const auto next_lot = steady_clock::now() + host_->linger();
        Deliver(lot);
        if (host_->linger().count() > 0) {
          queue_.Rest(std::min(next_lot, host_->timer_queue().NextDue()));
        }
      } else if (Draining()) {
        break;
      }
      RunTimers();
    }
  }
  if (const auto error = Call("Stop", [this] { sink_->Stop(); })) {
    host_->log().Warning(fmt::format("while stopping: {}", error->what));
  }
}

bool SinkRunner::StartSink() {
  while (const auto error = Call("Start", [this] { sink_->Start(); })) {
    host_->timer_queue().Clear();  // the next attempt makes its own
    if (!BackOff(*error)) return false;
    if (Draining() && queue_.Read().waiting == 0) return false;
  }
  Recovered();
  return true;
}

void SinkRunner::Deliver(Lot& lot) {
  const auto error = Call("OnTicks", [&] { sink_->OnTicks(lot.ticks); });
  const auto failed = static_cast<std::size_t>(host_->TakeFailed());
  queue_.Settle(lot, error ? error->delivered : lot.ticks.size(), failed);
  if (failed != 0) {
    const std::lock_guard lock{mutex_};
    ++state_.error_count;
    state_.last_error = host_->failure();
  }
  if (error) {
    BackOff(*error);
  } else {
    Recovered();
  }
}

void SinkRunner::RunTimers() {
  const auto now = steady_clock::now();
  if (host_->timer_queue().NextDue() > now) return;
  const auto error = Call("a timer", [&] { host_->timer_queue().RunDue(now); });
  if (!error) return;
  timer_log_.Write(LogLevel::Warning, fmt::format("in a timer: {}", error->what));
  const std::lock_guard lock{mutex_};
  ++state_.error_count;
  state_.last_error = error->what;
}

bool SinkRunner::BackOff(const PluginError& error) {
  const auto wait = backoff_.Next();
  std::unique_lock lock{mutex_};
  if (state_.available || state_.error_count == 0) {
    host_->log().Error(fmt::format("unavailable, trying again until it is back: {}", error.what));
  } else if (error.what != state_.last_error) {
    outage_log_.Write(LogLevel::Warning, fmt::format("still unavailable, now: {}", error.what));
  }
  state_.available = false;
  ++state_.error_count;
  state_.last_error = error.what;
  // Woken once when draining begins, so that a long wait does not use up the time there is.
  const bool was_draining = drain_deadline_.has_value();
  auto until = steady_clock::now() + wait;
  if (drain_deadline_) until = std::min(until, *drain_deadline_);
  drain_asked_.wait_until(lock, until, [&] { return drain_deadline_.has_value() != was_draining; });
  return !drain_deadline_ || steady_clock::now() < *drain_deadline_;
}

void SinkRunner::Recovered() {
  const std::lock_guard lock{mutex_};
  if (state_.available) return;
  if (state_.error_count != 0) host_->log().Info("available again");
  state_.available = true;
  backoff_.Reset();
}

}  // namespace feedmux
