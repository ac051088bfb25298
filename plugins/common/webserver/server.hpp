#pragma once

#include <chrono>      // milliseconds
#include <cstddef>     // size_t
#include <cstdint>     // uint16_t
#include <functional>  // function
#include <memory>      // shared_ptr, unique_ptr
#include <string>      // string

#include "webserver/messages.hpp"

namespace feedmux::webserver {

struct ServerOptions {
  std::string address = "127.0.0.1";  ///< of this machine: IPv4 or IPv6
  std::uint16_t port = 0;             ///< 0: any that is free
  std::string tls_certificate = {};   ///< PEM file with the chain; empty: no TLS
  std::string tls_key = {};           ///< PEM file

  /// Beyond this many clients at a time, a further one takes the place of the one that has been
  /// owing a request for the longest time; where none does, it gets 503.
  std::size_t max_connections = 100;

  std::size_t max_header_bytes = std::size_t{16} << 10;
  std::size_t max_body_bytes = std::size_t{64} << 10;
  std::size_t max_message_bytes = std::size_t{16} << 10;  ///< of a WebSocket

  /// How long a TLS handshake, a whole request, and a whole answer may take each; also how long an
  /// idle connection is kept.
  std::chrono::milliseconds io_timeout{10'000};

  /// How long Handler may take until it replies.
  std::chrono::milliseconds reply_timeout{120'000};

  std::chrono::milliseconds ping_interval{15'000};
  std::chrono::milliseconds dead_after{40'000};  ///< a WebSocket that sent nothing, not even pongs

  /// How long polite closing may take before the socket is dropped.
  std::chrono::milliseconds close_timeout{500};

  /// Sent with every answer, those to malformed requests included.
  Headers headers = {};
};

/// One open WebSocket. Thread: the server's. Lives until Listener::OnClosed has returned.
class Socket {
 public:
  virtual ~Socket() = default;

  /// Queues a text message, which must be UTF-8. Without effect while closing.
  virtual void SendText(std::string text) = 0;

  /// Bytes of messages that the system has not taken yet.
  virtual std::size_t unsent() const = 0;

  enum class Waiting { Send, Drop };

  /// Sends or drops the messages that wait, sends a close frame, and hangs up when the peer has
  /// answered or close_timeout is over. No message is delivered any more; OnClosed follows, but not
  /// from within the call.
  virtual void Close(int code, const std::string& reason, Waiting waiting = Waiting::Send) = 0;
};

/// What a WebSocket tells its owner. Thread: the server's.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void OnOpen(Socket& socket) = 0;

  /// Not checked to be UTF-8.
  virtual void OnMessage(const std::string& text) = 0;

  /// The last call, once for every OnOpen.
  virtual void OnClosed() = 0;
};

/// What a server asks of its owner. Thread: the server's.
class Handler {
 public:
  virtual ~Handler() = default;

  /// What it throws becomes a 500 that does not say why, and goes to OnError.
  virtual void OnRequest(const Request& request, const Reply& reply) = 0;

  /// A well-formed WebSocket handshake. Null: it is refused with `refusal`.
  virtual std::shared_ptr<Listener> OnUpgrade(const Request& request, Response& refusal) = 0;

  /// Something that should not happen, for the log.
  virtual void OnError(const std::string& what) = 0;
};

/// An HTTP/1.1 and WebSocket server on one port, served by the one thread that calls Run.
class Server {
 public:
  Server(ServerOptions options, Handler& handler);
  ~Server();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Reads the TLS files and opens the port. Throws std::runtime_error that says which file or
  /// address it is about.
  void Listen();

  /// After Listen.
  std::uint16_t port() const;

  /// Serves until Stop.
  void Run();

  /// Thread: any. Takes no more clients, closes WebSockets with 1001, and makes Run return within
  /// close_timeout.
  void Stop();

  /// Thread: any. Runs `task` on the server's thread; never, once it has stopped.
  void Post(std::function<void()> task);

  /// Thread: the server's. Runs `task` there after `delay`.
  void After(std::chrono::milliseconds delay, std::function<void()> task);

  /// Thread: the server's. Reads the TLS files anew if they have changed and were left alone since
  /// the last call; for clients that come from now on. Returns whether it did. Throws
  /// std::runtime_error if they are of no use: it goes on with what it has until they change again.
  bool RenewTls();

  /// Thread: the server's. Clients at the moment.
  std::size_t connections() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace feedmux::webserver
