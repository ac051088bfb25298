#pragma once

#include <condition_variable>  // condition_variable
#include <deque>               // deque
#include <functional>          // function
#include <mutex>               // mutex
#include <optional>            // optional
#include <string>              // string
#include <thread>              // thread
#include <vector>              // vector

#include "feedmux/source.hpp"
#include "plugins/guard.hpp"

namespace feedmux {

/// Passes on to a session's Connection what is subscribed and unsubscribed while it lives, in order
/// and on a thread of its own: a plugin that blocks there, against its contract, holds up its own
/// connection and nothing else.
class TickerChanges {
 public:
  /// `on_error` is called when a call throws, before Detach can return. [changes thread]
  explicit TickerChanges(std::function<void()> on_error);
  ~TickerChanges();

  // Thread: any; none of these blocks.
  void Add(bool subscribe, const std::vector<std::string>& tickers);
  /// Forgets what was added, which another session is told when it begins.
  void Clear();
  /// The call that is under way: "Subscribe"; null if none is.
  const char* call() const;

  /// [connection thread] From now on what was and will be added goes to `connection`.
  void Attach(Connection& connection);

  /// [connection thread] Returns once no call is under way. The first error since Attach, if any.
  std::optional<PluginError> Detach();

  /// Leaves a stuck thread behind; the process must end without unwinding.
  void Abandon() { thread_.detach(); }

 private:
  struct Change {
    bool subscribe = true;
    std::vector<std::string> tickers;
  };

  void Run();

  const std::function<void()> on_error_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable idle_;
  // Guarded by mutex_.
  bool ending_ = false;
  Connection* connection_ = nullptr;
  std::deque<Change> waiting_;
  const char* call_ = nullptr;
  std::optional<PluginError> error_;

  std::thread thread_;  // declared last: it uses all of the above
};

}  // namespace feedmux
