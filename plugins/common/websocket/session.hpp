#pragma once

#include <atomic>  // atomic
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>      // steady_clock
#include <cstdint>     // uint8_t
#include <deque>       // deque
#include <functional>  // function
#include <map>         // multimap
#include <memory>      // unique_ptr, shared_ptr
#include <string>      // string
#include <vector>      // vector

#include "net/resolver.hpp"
#include "net/tls.hpp"
#include "websocket/client.hpp"
#include "websocket/protocol.hpp"

namespace feedmux::websocket {

/// The state of a Client: sockets by Asio, RFC 6455 by websocketpp. Everything but Stop and Post
/// happens on the thread that is in Run.
class Client::Session {
 public:
  Session();

  Outcome Run(const Url& url, const ClientOptions& options, Handler& handler);
  void Stop();
  void Post(std::function<void()> task);
  void After(std::chrono::milliseconds delay, std::function<void()> task);
  void SendText(const std::string& payload);

 private:
  using Clock = std::chrono::steady_clock;
  using Error = boost::system::error_code;

  enum class Phase { Idle, Resolving, Connecting, Securing, Upgrading, Open, Closing, Over };

  void Resolve();
  /// Tries the next of the addresses.
  void Connect();
  void OnConnected(const Error& error);
  void Secure();
  void SendUpgrade();
  void OnUpgradeBytes(std::size_t size);
  bool AcceptUpgrade();
  void Open();

  void Read();
  void OnRead(const Error& error, std::size_t size);
  void Consume(std::uint8_t* data, std::size_t size);
  void OnMessage(Message& message);
  void OnControl(const Message& message);
  void OnCloseFrame(const std::string& payload);

  void Send(const Message& frame);
  void SendPong(const std::string& payload);
  void Write();
  void OnWritten(const Error& error);

  void StartKeepalive();
  void CheckKeepalive();
  void RunDueTasks();
  void WaitForTasks();

  /// Sends a close frame and gives the peer close_timeout to answer; then `outcome` it is.
  void BeginClose(int code, Outcome outcome);
  void Finish(End end, std::string text, int code = 0, std::string reason = {});
  void Finish(Outcome outcome);
  std::string PhaseText() const;
  Outcome LostOutcome(const Error& error) const;

  // Set when Run begins.
  Url url_;
  ClientOptions options_;
  Handler* handler_ = nullptr;

  std::atomic<bool> stop_requested_{false};

  // Declared before all that lives on it, so that it is destroyed last.
  boost::asio::io_context io_;

  Phase phase_ = Phase::Idle;
  Outcome outcome_;
  net::Resolver resolver_;
  net::Resolver::Endpoints endpoints_;
  std::size_t attempt_ = 0;     // at which of them
  std::string connect_errors_;  // what each address answered
  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<net::TlsStream> tls_;  // null for ws://

  Clock::time_point connect_deadline_;
  boost::asio::steady_timer phase_timer_;    // connecting as a whole; later the polite close
  boost::asio::steady_timer attempt_timer_;  // one address
  boost::asio::steady_timer keepalive_timer_;
  Clock::time_point last_heard_;
  Clock::time_point next_ping_;

  boost::asio::steady_timer task_timer_;
  std::multimap<Clock::time_point, std::function<void()>> tasks_;

  ProtocolConfig::rng_type random_;
  Protocol protocol_;
  ProtocolConfig::request_type request_;
  ProtocolConfig::response_type response_;
  std::vector<std::uint8_t> read_buffer_;

  std::deque<std::string> unsent_;
  std::string pong_;  // the newest that waits, as a frame; older ones need no answer any more
  std::string writing_;
  bool is_writing_ = false;
};

}  // namespace feedmux::websocket
