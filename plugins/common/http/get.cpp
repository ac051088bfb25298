#include "http/get.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <cstdint>     // uint32_t
#include <functional>  // function
#include <memory>      // unique_ptr
#include <optional>    // optional
#include <utility>     // move

#include "net/resolver.hpp"
#include "net/tls.hpp"

namespace feedmux::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;

using Clock = std::chrono::steady_clock;
using ErrorCode = boost::system::error_code;

constexpr std::uint32_t kMaxHeaderBytes = 64 << 10;

std::string Printable(beast::string_view text) {
  std::string printable;
  for (const char c : text.substr(0, 200)) printable += c >= ' ' && c < 0x7f ? c : '?';
  return printable;
}

/// One request and its answer. Each step waits until it is done or the deadline has come.
class Exchange {
 public:
  explicit Exchange(const Request& request)
      : request_(request),
        io_(1),
        keep_waiting_(io_.get_executor()),
        resolver_(io_),
        socket_(io_) {}

  Response Run() {
    const auto endpoints = Resolve();
    Connect(endpoints);
    if (!request_.url.secure) return Talk(socket_);
    Secure();
    return Talk(tls_->stream());
  }

 private:
  using Done = std::function<void(const ErrorCode&)>;

  [[noreturn]] void Fail(const std::string& why) const {
    throw Error(request_.url.ForPeople() + ": " + why);
  }

  /// Starts an operation and waits for its end, at most until `at_most`; nothing if it is still
  /// going on then.
  std::optional<ErrorCode> AwaitUntil(Clock::time_point at_most,
                                      const std::function<void(Done)>& start) {
    // Shared with the handler, which may be called later, when the socket is closed.
    const auto result = std::make_shared<std::optional<ErrorCode>>();
    start([result](const ErrorCode& error) { *result = error; });
    while (!*result && io_.run_one_until(at_most) != 0) {
    }
    return *result;
  }

  ErrorCode Await(const char* step, const std::function<void(Done)>& start) {
    const auto result = AwaitUntil(request_.deadline, start);
    if (!result) Fail(std::string{"no answer in time, still "} + step);
    return *result;
  }

  net::Resolver::Endpoints Resolve() {
    net::Resolver::Endpoints found;
    std::string problem;
    Await("looking up the name", [&](Done done) {
      resolver_.Start(
          request_.url.host, request_.url.port,
          [&, done](const net::Resolver::Endpoints& endpoints, const std::string& error) {
            found = endpoints;
            problem = error;
            done({});
          });
    });
    if (!problem.empty()) Fail("cannot resolve " + request_.url.host + ": " + problem);
    return found;
  }

  void Connect(const net::Resolver::Endpoints& endpoints) {
    std::string problems;
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
      ErrorCode ignored;
      socket_.close(ignored);
      // An address that does not answer must leave time for the next one.
      const auto left = request_.deadline - Clock::now();
      const auto share = left / static_cast<Clock::rep>(endpoints.size() - i);
      const auto error = AwaitUntil(Clock::now() + share, [&](Done done) {
        socket_.async_connect(endpoints[i], std::move(done));
      });
      if (error && !*error) return;
      problems += (problems.empty() ? "" : ", ") + endpoints[i].address().to_string() + ' ' +
                  (error ? error->message() : "does not answer");
    }
    const bool in_time = Clock::now() < request_.deadline;
    Fail((in_time ? "cannot connect: " : "no answer in time, still connecting: ") + problems);
  }

  void Secure() {
    try {
      tls_ = std::make_unique<net::TlsStream>(socket_, request_.url.host, request_.ca_file);
    } catch (const std::runtime_error& error) {
      Fail(error.what());
    }
    const ErrorCode error = Await("in the TLS handshake", [&](Done done) {
      tls_->stream().async_handshake(asio::ssl::stream_base::client, std::move(done));
    });
    if (error) Fail(tls_->Explain(error));
  }

  template <typename Stream>
  Response Talk(Stream& stream) {
    auto message = Message();
    const ErrorCode unsent = Await("sending the request", [&](Done done) {
      beast::http::async_write(stream, message,
                               [done](const ErrorCode& error, std::size_t) { done(error); });
    });
    if (unsent) Fail("the request could not be sent: " + unsent.message());

    beast::flat_buffer buffer;
    beast::http::response_parser<beast::http::string_body> parser;
    parser.header_limit(kMaxHeaderBytes);
    parser.body_limit(request_.max_body_bytes);
    const auto read = [&](auto&& start) {
      const ErrorCode error = Await("reading the answer", [&](Done done) {
        start([done](const ErrorCode& result, std::size_t) { done(result); });
      });
      if (error) Fail(ReadProblem(error));
    };
    // By itself: of a header that comes together with its body Beast 1.74 forgets that the body
    // will be beyond the limit.
    read([&](auto done) { beast::http::async_read_header(stream, buffer, parser, done); });
    read([&](auto done) { beast::http::async_read(stream, buffer, parser, done); });
    return ResponseOf(parser.get());
  }

  beast::http::request<beast::http::empty_body> Message() const {
    namespace http = beast::http;
    const net::Url& url = request_.url;
    http::request<http::empty_body> message{http::verb::get, url.resource, 11};
    const bool is_usual_port = url.port == (url.secure ? 443 : 80);
    const std::string host_and_port = url.HostAndPort();
    message.set(http::field::host,
                is_usual_port ? host_and_port.substr(0, host_and_port.rfind(':')) : host_and_port);
    message.set(http::field::user_agent, "feedmux");
    message.set(http::field::accept, "application/json");
    message.set(http::field::connection, "close");
    if (!request_.bearer_token.empty()) {
      message.set(http::field::authorization, "Bearer " + request_.bearer_token);
    }
    return message;
  }

  std::string ReadProblem(const ErrorCode& problem) const {
    using beast::http::error;
    if (problem == error::body_limit) {
      return "the answer is larger than " + std::to_string(request_.max_body_bytes) + " bytes";
    }
    if (problem == error::header_limit) return "the answer's header is too large";
    const bool hung_up = problem == asio::error::eof ||
                         problem == asio::ssl::error::stream_truncated ||
                         problem == error::end_of_stream;
    if (hung_up || problem == error::partial_message)
      return "the server hung up before its answer ended";
    if (problem.category() == make_error_code(error::bad_version).category()) {
      return "this is no HTTP: " + problem.message();
    }
    return "lost: " + problem.message();
  }

  static Response ResponseOf(beast::http::response<beast::http::string_body>& message) {
    using beast::http::field;
    Response response;
    response.status = static_cast<int>(message.result_int());
    response.reason = Printable(message.reason());
    response.retry_after = Printable(message[field::retry_after]);
    response.location = Printable(message[field::location]);
    response.body = std::move(message.body());
    return response;
  }

  const Request& request_;
  // Before all that lives on it, so that it is destroyed last.
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> keep_waiting_;
  net::Resolver resolver_;
  asio::ip::tcp::socket socket_;
  std::unique_ptr<net::TlsStream> tls_;
};

}  // namespace

Response Get(const Request& request) { return Exchange{request}.Run(); }

}  // namespace feedmux::http
