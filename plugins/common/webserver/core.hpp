#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <chrono>    // steady_clock
#include <optional>  // optional
#include <set>       // set

#include "webserver/server.hpp"

namespace feedmux::webserver {

using PlainStream = boost::asio::ip::tcp::socket;
using TlsStream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

inline PlainStream& SocketOf(PlainStream& stream) { return stream; }
inline PlainStream& SocketOf(TlsStream& stream) { return stream.next_layer(); }

class Connection;

/// What the connections of one server share.
struct Core {
  Core(ServerOptions its_options, Handler& its_handler)
      : options(std::move(its_options)), handler(its_handler) {}

  const ServerOptions options;
  Handler& handler;
  std::set<Connection*> connections;
  bool is_stopping = false;

  // After `connections`, so that it is destroyed before: handlers that never ran hold connections.
  boost::asio::io_context io{1};
};

/// One client, from accept to close.
class Connection {
 public:
  explicit Connection(Core& core, bool surplus = false) : is_surplus(surplus), core_(core) {
    core_.connections.insert(this);
  }
  virtual ~Connection() {
    core_.connections.erase(this);
    if (core_.is_stopping && core_.connections.empty()) core_.io.stop();
  }

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// The server stops, or needs the place.
  virtual void Leave() = 0;

  /// Since when it has been owing the server a request; nothing if it is being served, or leaves.
  virtual std::optional<std::chrono::steady_clock::time_point> OwesRequestSince() const {
    return std::nullopt;
  }

  const bool is_surplus;  ///< one beyond max_connections

 protected:
  Core& core_;
};

}  // namespace feedmux::webserver
