#pragma once

#include <chrono>              // milliseconds, seconds
#include <condition_variable>  // condition_variable
#include <cstddef>             // size_t
#include <cstdint>             // uint16_t
#include <deque>               // deque
#include <functional>          // function
#include <memory>              // unique_ptr
#include <mutex>               // mutex
#include <optional>            // optional
#include <string>              // string
#include <string_view>         // string_view
#include <thread>              // thread
#include <vector>              // vector

#include "loopback_listener.hpp"
#include "massive_session.hpp"
#include "test_certificates.hpp"

namespace feedmux::testing {

/// A server of the Massive protocol on a loopback port, over real sockets, that behaves as each
/// connection's script says: by itself like the vendor, in a test as badly as it likes.
///
///     ScriptedMassiveServer server;                       // accepts "test-key", acks, stays quiet
///     server.Next([](MassiveSession& client) {            // the first connection
///       client.Welcome();
///       client.Evict();
///     });
///     ... run the client against server.url("/stocks") ...
///     ASSERT_TRUE(server.WaitForSubscription("T.AAPL"));  // the second, unscripted
///     server.Feed(TradeFrame("AAPL", 178.23, 100));
///
/// Sessions are numbered from 0 in the order of accept. Every session has its thread; the server's
/// methods may be called from any thread. A script that fails (other than by the client's leaving)
/// fails the test when the server is destroyed.
class ScriptedMassiveServer {
 public:
  using Script = std::function<void(MassiveSession&)>;

  struct Options {
    std::string api_key = "test-key";
    std::optional<TestIdentity> tls;   ///< wss if set
    std::string host = "127.0.0.1";    ///< in url(); the certificate must be for it
    std::uint16_t port = 0;            ///< 0: any free one
    std::size_t connection_limit = 0;  ///< of authenticated sessions; beyond it the oldest is
                                       ///< evicted; 0: none
  };

  ScriptedMassiveServer();
  explicit ScriptedMassiveServer(Options options);
  ~ScriptedMassiveServer();

  ScriptedMassiveServer(const ScriptedMassiveServer&) = delete;
  ScriptedMassiveServer& operator=(const ScriptedMassiveServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url(std::string_view path = "/stocks") const;
  const std::string& api_key() const { return options_.api_key; }

  // Scripts.

  /// The script of the next connection that has none yet.
  void Next(Script script);

  /// The script of all connections for which Next gave none. At first: Welcome and Serve.
  void Always(Script script);

  /// While paused, connections are refused by the system, as if the server was not there.
  void Pause();
  void Resume();

  // Feeding (sessions that are within Serve).

  /// One text frame to every authenticated session.
  void Feed(const std::string& frame);

  /// One text frame to every session that subscribes to the topic ("T.AAPL").
  void FeedTopic(std::string_view topic, const std::string& frame);

  /// Runs `action` on the session's thread: server.Do(0, [](auto& client) { client.Reset(); }).
  void Do(std::size_t session, std::function<void(MassiveSession&)> action);

  // What happened.

  std::vector<SessionLog> Sessions() const;

  /// Waits until `condition` holds; checked after each change. False when the time is up.
  bool WaitFor(const std::function<bool(const std::vector<SessionLog>&)>& condition,
               std::chrono::milliseconds at_most = std::chrono::seconds{10}) const;

  bool WaitForSessions(std::size_t count) const;

  /// A session that has not ended subscribes to the topic itself.
  bool WaitForSubscription(std::string_view topic) const;

 private:
  friend class MassiveSession;

  struct Running;

  void Accept();
  void RunScript(Running& running, const Script& script);
  void NoteChange();
  void EnforceLimit(const MassiveSession& newest);
  std::vector<MassiveSession*> Alive() const;

  const Options options_;
  std::uint16_t port_ = 0;
  std::unique_ptr<LoopbackListener> listener_;  // null while paused

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable std::uint64_t changes_ = 0;
  std::deque<Script> next_;
  Script always_;
  std::vector<std::unique_ptr<Running>> sessions_;
  std::vector<std::string> script_errors_;
  bool stopping_ = false;

  std::thread accepting_;
};

/// Events and frames as the vendor writes them.
std::string TradeEvent(std::string_view symbol, double price, long size,
                       std::uint64_t sequence = 1);
std::string FrameOf(const std::vector<std::string>& events);
std::string TradeFrame(std::string_view symbol, double price, long size,
                       std::uint64_t sequence = 1);

}  // namespace feedmux::testing
