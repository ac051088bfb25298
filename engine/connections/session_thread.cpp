#include "connections/session_thread.hpp"

#include <stdexcept>  // logic_error

#include "plugins/guard.hpp"
#include "plugins/plugin_text.hpp"

namespace feedmux {

SessionThread::SessionThread(ConnectionSpec spec, Source& source, Bus& bus, Overlaps& overlaps,
                             const Clock& clock, Listener& listener)
    : spec_(std::move(spec)),
      source_(source),
      listener_(listener),
      publisher_(
          bus, overlaps, meter_, clock, spec_.index,
          {[this] { listener_.OnConnected(spec_.index); },
           [this](const std::vector<std::string>& tickers) {
             listener_.OnSubscribed(spec_.index, tickers);
           },
           [this](std::string_view what) { listener_.OnError(spec_.index, PluginText(what)); }}) {
  thread_ = std::thread{[this] {
    Run();
    ended_.Set();
  }};
}

SessionThread::~SessionThread() {
  if (!thread_.joinable()) return;
  RequestShutdown();
  thread_.join();
}

void SessionThread::Begin(std::vector<std::string> tickers) {
  const std::lock_guard lock{mutex_};
  begin_ = std::move(tickers);
  stop_ = std::stop_source{};
  changes_.clear();
  if (shutdown_) stop_.request_stop();
  asked_.notify_one();
}

void SessionThread::End() {
  std::stop_source stop;
  {
    const std::lock_guard lock{mutex_};
    stop = stop_;
  }
  stop.request_stop();  // runs the plugin's callbacks, hence without the lock
}

void SessionThread::RequestShutdown() {
  {
    const std::lock_guard lock{mutex_};
    shutdown_ = true;
    asked_.notify_one();
  }
  End();
}

void SessionThread::Change(bool subscribe, const std::vector<std::string>& tickers) {
  {
    const std::lock_guard lock{mutex_};
    if (!connection_) {
      changes_.emplace_back(subscribe, tickers);
      return;
    }
    // Under the lock, so that the session does not end meanwhile; by contract it never blocks.
    auto error = CallPlugin(subscribe ? "Subscribe" : "Unsubscribe", [&] {
      subscribe ? connection_->Subscribe(tickers) : connection_->Unsubscribe(tickers);
    });
    if (!error) return;
    if (!change_error_) change_error_ = std::move(error);
  }
  // Nobody knows what this session has subscribed; the next one begins with all of it.
  End();
}

void SessionThread::Run() {
  for (;;) {
    std::vector<std::string> tickers;
    std::stop_token stop;
    {
      std::unique_lock lock{mutex_};
      asked_.wait(lock, [this] { return shutdown_ || begin_; });
      if (!begin_) return;
      tickers = std::move(*begin_);
      begin_.reset();
      stop = stop_.get_token();
    }
    listener_.OnEnded(spec_.index, RunSession(std::move(tickers), std::move(stop)));
  }
}

SessionEnd SessionThread::RunSession(std::vector<std::string> tickers, std::stop_token stop) {
  std::unique_ptr<Connection> connection;
  const auto error = CallPlugin("the session", [&] {
    if (stop.stop_requested()) return;
    ConnectionSpec spec = spec_;
    spec.tickers = std::move(tickers);
    connection = source_.NewConnection(spec);
    if (!connection) throw std::logic_error("the source made no connection");
    {
      const std::lock_guard lock{mutex_};
      for (const auto& [subscribe, names] : changes_) {
        subscribe ? connection->Subscribe(names) : connection->Unsubscribe(names);
      }
      changes_.clear();
      change_error_.reset();
      connection_ = connection.get();
    }
    connection->Run(publisher_, std::move(stop));
  });
  std::optional<PluginError> change_error;
  {
    const std::lock_guard lock{mutex_};
    connection_ = nullptr;
    change_error = std::exchange(change_error_, std::nullopt);
  }
  // The session's own object goes on this thread, before its end is told.
  CallPlugin("its end", [&] { connection.reset(); });
  if (change_error) return {change_error->what, change_error->kind};  // it caused the other, if any
  if (error) return {error->what, error->kind};
  return {"the connection ended without a reason", FeedErrorKind::Network};
}

}  // namespace feedmux
