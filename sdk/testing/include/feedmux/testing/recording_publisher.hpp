#pragma once

#include <array>               // array
#include <chrono>              // milliseconds, seconds
#include <condition_variable>  // condition_variable
#include <cstdint>             // uint64_t
#include <functional>          // function
#include <memory>              // unique_ptr
#include <mutex>               // recursive_mutex
#include <numeric>             // accumulate
#include <stdexcept>           // logic_error
#include <string>              // string
#include <string_view>         // string_view
#include <utility>             // move
#include <vector>              // vector

#include "feedmux/host.hpp"
#include "feedmux/publisher.hpp"

namespace feedmux::testing {

/// Keeps every batch that a connection publishes, and lets a test wait for them.
///
/// Thread: Publisher's methods from the connection's thread, all others from any.
class RecordingPublisher final : public Publisher {
 public:
  explicit RecordingPublisher(const Clock& clock, ConnectionIndex connection = 1)
      : clock_(clock), connection_(connection) {}

  void Connected() override {
    const std::lock_guard lock{mutex_};
    ++connected_;
    changed_.notify_all();
  }

  void Subscribed(const std::vector<std::string>& tickers) override {
    const std::lock_guard lock{mutex_};
    subscribed_.insert(subscribed_.end(), tickers.begin(), tickers.end());
    changed_.notify_all();
  }

  Batch& NewBatch() override {
    filling_ = std::make_unique<Batch>();
    filling_->connection = connection_;
    filling_->ts_recv_ns = clock_.UtcNs();
    return *filling_;
  }

  void Publish(Batch& batch) override {
    if (&batch != filling_.get()) {
      throw std::logic_error("Publish takes the batch that NewBatch gave, once");
    }
    const std::lock_guard lock{mutex_};
    for (Tick& tick : batch.ticks) tick.sequence = ++sequence_;
    events_ += batch.events;
    status_events_ += batch.status_events;
    for (std::size_t i = 0; i < kRejectReasonCount; ++i) rejected_[i] += batch.rejected[i];
    ticks_.insert(ticks_.end(), batch.ticks.begin(), batch.ticks.end());
    batches_.push_back(std::move(filling_));
    changed_.notify_all();
  }

  void ReportError(std::string_view what) override {
    const std::lock_guard lock{mutex_};
    errors_.emplace_back(what);
    changed_.notify_all();
  }

  /// All ticks so far. They and their bytes stay valid as long as the publisher.
  std::vector<Tick> Ticks() const {
    const std::lock_guard lock{mutex_};
    return ticks_;
  }
  std::vector<std::string> Errors() const {
    const std::lock_guard lock{mutex_};
    return errors_;
  }
  /// Tickers that Subscribed() named, in its order.
  std::vector<std::string> Subscriptions() const {
    const std::lock_guard lock{mutex_};
    return subscribed_;
  }
  /// How often Connected() was called.
  std::uint64_t connected() const {
    const std::lock_guard lock{mutex_};
    return connected_;
  }
  std::uint64_t frames() const {
    const std::lock_guard lock{mutex_};
    return batches_.size();
  }
  std::uint64_t events() const {
    const std::lock_guard lock{mutex_};
    return events_;
  }
  std::uint64_t status_events() const {
    const std::lock_guard lock{mutex_};
    return status_events_;
  }
  std::uint64_t rejected(RejectReason reason) const {
    const std::lock_guard lock{mutex_};
    return rejected_[static_cast<std::size_t>(reason)];
  }
  std::uint64_t rejected() const {
    const std::lock_guard lock{mutex_};
    return std::accumulate(rejected_.begin(), rejected_.end(), std::uint64_t{0});
  }

  /// events - ticks - status - rejected: what the connection cannot explain.
  std::int64_t Imbalance() const {
    const std::lock_guard lock{mutex_};
    return static_cast<std::int64_t>(events_) - static_cast<std::int64_t>(ticks_.size()) -
           static_cast<std::int64_t>(status_events_) - static_cast<std::int64_t>(rejected());
  }

  /// Waits until `condition` holds; checked after each change. False when the time is up.
  bool WaitFor(const std::function<bool(const RecordingPublisher&)>& condition,
               std::chrono::milliseconds at_most = std::chrono::seconds{10}) const {
    std::unique_lock lock{mutex_};
    const auto deadline = std::chrono::steady_clock::now() + at_most;
    // The condition's accessors lock again, which is why the mutex is recursive.
    return changed_.wait_until(lock, deadline, [&] { return condition(*this); });
  }
  bool WaitForTicks(std::size_t count) const {
    return WaitFor([count](const auto& self) { return self.Ticks().size() >= count; });
  }
  bool WaitForConnected() const {
    return WaitFor([](const auto& self) { return self.connected() > 0; });
  }

 private:
  const Clock& clock_;
  const ConnectionIndex connection_;
  std::unique_ptr<Batch> filling_;  // the connection thread's

  mutable std::recursive_mutex mutex_;
  mutable std::condition_variable_any changed_;
  std::vector<std::unique_ptr<Batch>> batches_;
  std::vector<Tick> ticks_;
  std::vector<std::string> errors_;
  std::vector<std::string> subscribed_;
  std::uint64_t connected_ = 0;
  std::uint64_t sequence_ = 0;
  std::uint64_t events_ = 0;
  std::uint64_t status_events_ = 0;
  std::array<std::uint64_t, kRejectReasonCount> rejected_ = {};
};

}  // namespace feedmux::testing
