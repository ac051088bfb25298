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
           [this](std::string_view what) { listener_.OnError(spec_.index, PluginText(what)); }}),
      changes_([this] { End(); }) {
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
  changes_.Clear();
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

std::string SessionThread::call() const {
  const char* changing = changes_.call();
  const char* call = changing ? changing : call_.load(std::memory_order_relaxed);
  return call ? call : "";
}

void SessionThread::Abandon() {
  thread_.detach();
  changes_.Abandon();
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
  const auto call = [this](const char* method, auto&& what) {
    call_.store(method, std::memory_order_relaxed);
    auto error = CallPlugin(method, what);
    call_.store(nullptr, std::memory_order_relaxed);
    return error;
  };
  std::unique_ptr<Connection> connection;
  auto error = call("NewConnection", [&] {
    if (stop.stop_requested()) return;
    ConnectionSpec spec = spec_;
    spec.tickers = std::move(tickers);
    connection = source_.NewConnection(spec);
    if (!connection) throw std::logic_error("the source made no connection");
  });
  if (connection) {
    changes_.Attach(*connection);
    error = call("Run", [&] { connection->Run(publisher_, std::move(stop)); });
    // Nobody knows what the session has subscribed where that threw; the next one begins with all.
    if (auto change_error = changes_.Detach()) error = std::move(change_error);
  }
  // The session's own object goes on this thread, before its end is told.
  call("its destructor", [&] { connection.reset(); });
  if (error) return {error->what, error->kind};
  return {"the connection ended without a reason", FeedErrorKind::Network};
}

}  // namespace feedmux
