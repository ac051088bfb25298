#pragma once

#include <atomic>              // atomic
#include <chrono>              // steady_clock
#include <condition_variable>  // condition_variable
#include <memory>              // unique_ptr
#include <mutex>               // mutex
#include <optional>            // optional
#include <stop_token>          // stop_source
#include <string>              // string
#include <string_view>         // string_view
#include <thread>              // thread
#include <vector>              // vector

#include "connections/bus_publisher.hpp"
#include "connections/ticker_changes.hpp"
#include "core/completion.hpp"
#include "feedmux/source.hpp"
#include "manager/connection_manager.hpp"

namespace feedmux {

/// Runs one connection's sessions, one after the other, as it is told to.
class SessionThread {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// What a session has to say. [connection thread]
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void OnConnected(ConnectionIndex connection) = 0;
    virtual void OnSubscribed(ConnectionIndex connection,
                              const std::vector<std::string>& tickers) = 0;
    virtual void OnError(ConnectionIndex connection, std::string_view what) = 0;
    virtual void OnEnded(ConnectionIndex connection, const SessionEnd& end) = 0;
  };

  /// `spec`: without tickers. All references outlive it.
  SessionThread(ConnectionSpec spec, Source& source, Bus& bus, Overlaps& overlaps,
                const Clock& clock, Listener& listener);
  ~SessionThread();

  // Thread: any; none of these blocks or calls the listener.
  void Begin(std::vector<std::string> tickers);
  void End();
  void Subscribe(const std::vector<std::string>& tickers) { changes_.Add(true, tickers); }
  void Unsubscribe(const std::vector<std::string>& tickers) { changes_.Add(false, tickers); }

  /// Ends the session and then the thread.
  void RequestShutdown();

  /// False if the thread has not come back by then: its plugin is stuck in a call.
  bool WaitUntil(TimePoint deadline) const { return ended_.WaitUntil(deadline); }

  /// The call that the plugin is in, as an author knows it; empty if it is in none.
  std::string call() const;

  /// Leaves a stuck thread behind; the process must end without unwinding.
  void Abandon();

  const ConnectionMeter& meter() const { return meter_; }

 private:
  void Run();
  SessionEnd RunSession(std::vector<std::string> tickers, std::stop_token stop);

  // Set at construction.
  const ConnectionSpec spec_;
  Source& source_;
  Listener& listener_;

  ConnectionMeter meter_;
  BusPublisher publisher_;  // the thread's

  std::mutex mutex_;
  std::condition_variable asked_;
  // Guarded by mutex_.
  std::optional<std::vector<std::string>> begin_;  // asked to begin, with these tickers
  std::stop_source stop_;                          // of the session that runs or was asked for
  bool shutdown_ = false;

  std::atomic<const char*> call_{nullptr};  // written by the thread
  TickerChanges changes_;
  Completion ended_;
  std::thread thread_;  // declared last: it uses all of the above
};

}  // namespace feedmux
