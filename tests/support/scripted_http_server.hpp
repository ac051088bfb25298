#pragma once

#include <cstddef>      // size_t
#include <cstdint>      // uint16_t
#include <deque>        // deque
#include <functional>   // function
#include <map>          // map
#include <memory>       // unique_ptr
#include <mutex>        // mutex
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <thread>       // thread
#include <vector>       // vector

#include "loopback_listener.hpp"
#include "peer_socket.hpp"
#include "test_certificates.hpp"

namespace feedmux::testing {

/// What a client asked for.
struct HttpRequest {
  std::string method;
  std::string target;                          ///< path and query
  std::map<std::string, std::string> headers;  ///< by their names in lower case
};

/// One request in the hands of a script, which answers it well or badly.
class HttpExchange {
 public:
  HttpExchange(PeerSocket& socket, HttpRequest request)
      : socket_(socket), request_(std::move(request)) {}

  const HttpRequest& request() const { return request_; }
  PeerSocket& socket() { return socket_; }

  /// A whole response; `headers` are lines without their ends: {"Retry-After: 1"}.
  void Answer(int status, std::string_view body, const std::vector<std::string>& headers = {});

  /// The same as bytes, so that a script can send parts of it.
  static std::string ResponseBytes(int status, std::string_view body,
                                   const std::vector<std::string>& headers = {});

  /// Blocks until the client leaves, which ends the script.
  void WaitUntilTheClientLeaves();

 private:
  PeerSocket& socket_;
  const HttpRequest request_;
};

/// An HTTP or HTTPS server on a loopback port, over real sockets, that answers each request as its
/// script says; one connection after the other, each for one request.
///
///     ScriptedHttpServer server{{.tls = authority.Issue({"127.0.0.1"})}};
///     server.Next([](HttpExchange& exchange) { exchange.Answer(503, "busy"); });
///     server.Always([](HttpExchange& exchange) { exchange.Answer(200, "{}"); });
///
/// A script that throws something else than PeerGone fails the test when the server is destroyed.
/// Thread: any.
class ScriptedHttpServer {
 public:
  using Script = std::function<void(HttpExchange&)>;

  struct Options {
    std::optional<TestIdentity> tls = {};  ///< https if set
    std::string host = "127.0.0.1";        ///< in url()
  };

  ScriptedHttpServer();
  explicit ScriptedHttpServer(Options options);
  ~ScriptedHttpServer();

  ScriptedHttpServer(const ScriptedHttpServer&) = delete;
  ScriptedHttpServer& operator=(const ScriptedHttpServer&) = delete;

  std::uint16_t port() const { return listener_.port(); }
  std::string url(std::string_view path = "") const;

  /// The script of the next request that has none yet.
  void Next(Script script);

  /// The script of all requests for which Next gave none. At first: 404.
  void Always(Script script);

  /// What has been asked for so far, in order.
  std::vector<HttpRequest> Requests() const;

  /// How many clients have connected, those included that never sent a request.
  std::size_t connections() const;

 private:
  void Run();
  void Serve(PeerSocket& socket);

  const Options options_;
  LoopbackListener listener_;

  mutable std::mutex mutex_;
  std::deque<Script> next_;
  Script always_;
  std::vector<HttpRequest> requests_;
  std::vector<std::string> script_errors_;
  PeerSocket* client_ = nullptr;  // the one being served
  std::size_t connections_ = 0;
  bool stopping_ = false;

  std::thread serving_;
};

}  // namespace feedmux::testing
