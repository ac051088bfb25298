#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>    // milliseconds
#include <memory>    // enable_shared_from_this
#include <optional>  // optional
#include <set>       // set
#include <string>    // string

#include "control/commands.hpp"
#include "control/control_limits.hpp"
#include "control/tap_stream.hpp"

namespace feedmux {

class ControlSession;

/// What the sessions of a server share. Thread: the control thread.
struct ControlSessions {
  const ControlServices& services;
  const ControlLimits& limits;
  boost::asio::io_context& io;       ///< the control thread's
  boost::asio::io_context& slow_io;  ///< of the thread for commands that may block
  std::set<std::shared_ptr<ControlSession>> open;
  std::size_t taps = 0;
};

/// One client: reads a request, answers it, reads the next. Thread: the control thread, but for
/// commands that may block.
///
/// Invariant: once it is closed, nothing of it is under way that the control thread would have to
/// wait for. Handlers that were on their way find closed_ set.
class ControlSession : public std::enable_shared_from_this<ControlSession> {
 public:
  using Socket = boost::asio::local::stream_protocol::socket;

  ControlSession(Socket socket, ControlSessions& sessions)
      : sessions_(sessions),
        socket_(std::move(socket)),
        deadline_(sessions.io),
        tap_timer_(sessions.io) {}

  void Start();
  void Close();

 private:
  void Refuse(const char* code, const std::string& error);
  void ReadRequest();
  void Handle(const Request& request);
  void HandleElsewhere(const Request& request);
  void Reply(std::string text);
  void StartTap(const TapRequest& request);
  void WatchForClosing();
  void PumpTap();
  void WaitForNews();
  void CloseAfter(std::chrono::milliseconds time);
  void CloseNever() { deadline_.expires_at(boost::asio::steady_timer::time_point::max()); }

  ControlSessions& sessions_;
  Socket socket_;
  std::string who_;
  std::string input_;
  std::string output_;
  boost::asio::steady_timer deadline_;
  boost::asio::steady_timer tap_timer_;
  std::optional<TapStream> tap_;
  char ignored_ = 0;
  bool closed_ = false;
  bool close_after_reply_ = false;
};

}  // namespace feedmux
