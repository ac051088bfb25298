#include "connections/ticker_changes.hpp"

#include <utility>  // exchange, move

namespace feedmux {

TickerChanges::TickerChanges(std::function<void()> on_error) : on_error_(std::move(on_error)) {
  thread_ = std::thread{[this] { Run(); }};
}

TickerChanges::~TickerChanges() {
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void TickerChanges::Add(bool subscribe, const std::vector<std::string>& tickers) {
  {
    const std::lock_guard lock{mutex_};
    waiting_.push_back({subscribe, tickers});
  }
  wake_.notify_one();
}

void TickerChanges::Clear() {
  const std::lock_guard lock{mutex_};
  waiting_.clear();
}

const char* TickerChanges::call() const {
  const std::lock_guard lock{mutex_};
  return call_;
}

void TickerChanges::Attach(Connection& connection) {
  {
    const std::lock_guard lock{mutex_};
    connection_ = &connection;
    error_.reset();
  }
  wake_.notify_one();
}

std::optional<PluginError> TickerChanges::Detach() {
  std::unique_lock lock{mutex_};
  connection_ = nullptr;
  idle_.wait(lock, [this] { return call_ == nullptr; });
  return std::exchange(error_, std::nullopt);
}

void TickerChanges::Run() {
  std::unique_lock lock{mutex_};
  for (;;) {
    wake_.wait(lock, [this] { return ending_ || (connection_ && !waiting_.empty()); });
    if (ending_) return;
    Connection& connection = *connection_;
    const Change change = std::move(waiting_.front());
    waiting_.pop_front();
    call_ = change.subscribe ? "Subscribe" : "Unsubscribe";
    const char* const method = call_;
    lock.unlock();
    auto error = CallPlugin(method, [&] {
      change.subscribe ? connection.Subscribe(change.tickers)
                       : connection.Unsubscribe(change.tickers);
    });
    if (error) on_error_();
    lock.lock();
    if (error && !error_) error_ = std::move(error);
    call_ = nullptr;
    idle_.notify_one();
  }
}

}  // namespace feedmux
