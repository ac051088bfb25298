#pragma once

#include <chrono>      // milliseconds
#include <cstddef>     // size_t
#include <functional>  // function
#include <memory>      // unique_ptr
#include <string>      // string

#include "websocket/url.hpp"

namespace feedmux::websocket {

/// Every message is handed over with at least this much capacity behind its bytes, as simdjson
/// wants it.
inline constexpr std::size_t kMessagePadding = 64;

struct ClientOptions {
  /// PEM file with the authorities to trust; empty: the system's.
  std::string ca_file = {};

  /// From the call of Run to the open WebSocket: name look-up, TCP, TLS and upgrade together.
  std::chrono::milliseconds connect_timeout{10'000};

  std::chrono::milliseconds ping_interval{20'000};

  /// The peer is dead if not a byte came from it for this long.
  std::chrono::milliseconds dead_after{35'000};

  /// How long a polite close may take before the socket is dropped.
  std::chrono::milliseconds close_timeout{500};

  std::size_t max_message_bytes = std::size_t{16} << 20;
};

/// How a session ended.
enum class End {
  Stopped,   ///< by Stop()
  Resolve,   ///< the host name is unknown
  Connect,   ///< refused or unreachable
  Timeout,   ///< not open within connect_timeout
  Tls,       ///< certificate or host name not accepted, no TLS at all, CA file unreadable
  Upgrade,   ///< the server does not answer as a WebSocket server; code: HTTP status, 0 if none
  Closed,    ///< by the peer's close frame; code: its close code, 1005 if it gave none
  Lost,      ///< reset, or the end of the stream without a close frame
  Dead,      ///< silent for dead_after, pings unanswered
  Protocol,  ///< the peer breaks RFC 6455, or sent more than max_message_bytes
};

struct Outcome {
  End end = End::Stopped;
  int code = 0;        ///< see End
  std::string reason;  ///< what the peer itself said: its close reason, its HTTP status text
  std::string text;    ///< all of it for people, host included
};

/// What a session tells its owner. Every call comes from the thread that is in Client::Run; what is
/// thrown there ends the session and leaves Run.
class Handler {
 public:
  virtual ~Handler() = default;

  /// The WebSocket is open: Send works from here on.
  virtual void OnOpen() = 0;

  /// A whole message. Its capacity exceeds its size by kMessagePadding. The payload may be swapped
  /// with another string, whose buffer then receives a later message: nothing is copied or
  /// allocated. Text is not checked to be UTF-8; whoever parses it does that.
  virtual void OnMessage(std::string& payload, bool text) = 0;

  virtual void OnPingSent() {}
  virtual void OnPong() {}
};

/// One WebSocket session, from connect to close, on the caller's thread.
class Client {
 public:
  Client();
  ~Client();

  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Connects and serves `handler` until the session ends. Called once. Throws only what the
  /// handler or a task throws.
  Outcome Run(const Url& url, const ClientOptions& options, Handler& handler);

  /// Thread: any, also before Run. Closes politely and makes Run return within close_timeout; no
  /// message is delivered once it has taken effect.
  void Stop();

  /// Thread: any. Runs `task` on Run's thread, in the order of the calls; a task posted before Run
  /// runs when Run starts, one posted after its end never.
  void Post(std::function<void()> task);

  /// Thread: Run's. Runs `task` there after `delay`, unless the session ends before.
  void After(std::chrono::milliseconds delay, std::function<void()> task);

  /// Thread: Run's. Queues a text message, which must be UTF-8. Without effect while not open.
  void SendText(const std::string& payload);

 private:
  class Session;
  std::unique_ptr<Session> session_;
};

}  // namespace feedmux::websocket
