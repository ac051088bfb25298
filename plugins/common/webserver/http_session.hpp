#pragma once

// One client of the server as long as it speaks HTTP. Compiles as C++17 only; private to this
// library.

#include <array>  // array
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <cstdint>      // uint64_t
#include <memory>       // shared_ptr, enable_shared_from_this
#include <optional>     // optional
#include <string_view>  // string_view
#include <utility>      // move

#include "webserver/core.hpp"
#include "webserver/request_of.hpp"
#include "webserver/websocket_session.hpp"

namespace feedmux::webserver {

template <typename Stream>
class HttpSession final : public Connection,
                          public std::enable_shared_from_this<HttpSession<Stream>> {
 public:
  HttpSession(Core& core, std::unique_ptr<Stream> stream, std::string peer, bool surplus)
      : Connection(core, surplus),
        stream_(std::move(stream)),
        timer_(core.io),
        peer_(std::move(peer)) {}

  void Run() {
    owes_request_since_ = std::chrono::steady_clock::now();
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      SetDeadline(core_.options.io_timeout);
      stream_->async_handshake(boost::asio::ssl::stream_base::server,
                               [self = this->shared_from_this()](const Error& error) {
                                 if (!error && !self->is_late_) self->ReadHeader();
                               });
    } else {
      ReadHeader();
    }
  }

  void Leave() override { CloseNow(); }

  std::optional<std::chrono::steady_clock::time_point> OwesRequestSince() const override {
    return owes_request_since_;
  }

 private:
  using Error = boost::system::error_code;
  using Answer = boost::beast::http::response<boost::beast::http::string_body>;

  static constexpr std::size_t kMostDiscarded = std::size_t{1} << 20;

  boost::asio::ip::tcp::socket& socket() { return SocketOf(*stream_); }

  /// What is going on is cancelled then, and finds is_late_ set.
  void SetDeadline(std::chrono::milliseconds after) {
    is_late_ = false;
    timer_.expires_after(after);
    timer_.async_wait([weak = this->weak_from_this(), deadline = ++deadline_](const Error& error) {
      const auto self = weak.lock();
      if (error || !self || self->deadline_ != deadline || !self->stream_) return;
      self->is_late_ = true;
      if (self->is_awaiting_reply_) {
        return self->Answered(self->request_number_,
                              ErrorResponse(503, "no answer was found in time; try again later"));
      }
      Error ignored;
      self->socket().cancel(ignored);
    });
  }

  void ReadHeader() {
    namespace http = boost::beast::http;
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(core_.options.max_header_bytes));
    parser_->body_limit(core_.options.max_body_bytes);
    if (!owes_request_since_) owes_request_since_ = std::chrono::steady_clock::now();
    SetDeadline(core_.options.io_timeout);
    http::async_read_header(*stream_, buffer_, *parser_,
                            [self = this->shared_from_this()](const Error& error, std::size_t) {
                              self->OnHeader(error);
                            });
  }

  void OnHeader(const Error& error) {
    namespace http = boost::beast::http;
    owes_request_since_.reset();
    if (error) return OnReadError(error);
    if (is_surplus) {
      return Refuse(503, "too many connections; try again later", {{"retry-after", "1"}});
    }
    if (!CanMeetExpectation()) {
      return Refuse(417, "the one expectation that is met is 100-continue");
    }
    if (IsUpgrade(parser_->get())) return Upgrade();
    if (IsBodyAwaited()) return InviteBody();
    ReadBody();
  }

  /// Also if there is none.
  bool CanMeetExpectation() const {
    namespace http = boost::beast::http;
    const auto expected = parser_->get()[http::field::expect];
    return expected.empty() || boost::beast::iequals(expected, "100-continue");
  }

  /// Whether the client sends its body only when it is told to.
  bool IsBodyAwaited() const {
    namespace http = boost::beast::http;
    const auto& head = parser_->get();
    return head.version() == 11 && !head[http::field::expect].empty() && !parser_->is_done() &&
           buffer_.size() == 0;
  }

  void InviteBody() {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    boost::asio::async_write(*stream_, boost::asio::buffer(kContinue),
                             [self = this->shared_from_this()](const Error& error, std::size_t) {
                               if (error) return self->CloseNow();
                               self->ReadBody();
                             });
  }

  void ReadBody() {
    namespace http = boost::beast::http;
    http::async_read(*stream_, buffer_, *parser_,
                     [self = this->shared_from_this()](const Error& read_error, std::size_t) {
                       if (read_error) return self->OnReadError(read_error);
                       self->OnRequest();
                     });
  }

  void OnReadError(const Error& error) {
    namespace http = boost::beast::http;
    if (is_late_) {
      if (!parser_->got_some() && buffer_.size() == 0) return CloseNow();
      return Refuse(408, "the request did not come to its end in time");
    }
    if (error == http::error::header_limit) {
      return Refuse(431, "the header is larger than " +
                             std::to_string(core_.options.max_header_bytes) + " bytes");
    }
    if (error == http::error::body_limit) {
      return Refuse(413, "the body is larger than " + std::to_string(core_.options.max_body_bytes) +
                             " bytes");
    }
    const bool is_malformed =
        error.category() == http::make_error_code(http::error::bad_version).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message;
    if (is_malformed) return Refuse(400, "this is no HTTP/1.1 request: " + error.message());
    CloseNow();
  }

  void OnRequest() {
    Request request;
    if (const auto problem = ReadRequest(parser_->get(), request); !problem.empty()) {
      return Refuse(400, problem);
    }
    request.peer = peer_;
    request.body = std::move(parser_->get().body());
    is_head_ = parser_->get().method() == boost::beast::http::verb::head;
    keep_alive_ = parser_->get().keep_alive();
    SetDeadline(core_.options.reply_timeout);
    is_awaiting_reply_ = true;
    const Reply reply = [this, held = Hold(), number = ++request_number_](Response response) {
      Answered(number, std::move(response));
    };
    try {
      core_.handler.OnRequest(request, reply);
    } catch (const std::exception& failure) {
      core_.handler.OnError(request.method + ' ' + request.target + ": " + failure.what());
      Answered(request_number_, ErrorResponse(500, "the request failed; the log has more"));
    }
  }

  /// Keeps the session. Whatever thread lets go of it last, the session ends on the server's.
  std::shared_ptr<void> Hold() {
    return {nullptr, [&io = core_.io, self = this->shared_from_this()](void*) mutable {
              boost::asio::dispatch(io, [last = std::move(self)] {});
            }};
  }

  void Answered(std::uint64_t request_number, Response response) {
    if (request_number != request_number_ || !is_awaiting_reply_ || !socket().is_open()) return;
    is_awaiting_reply_ = false;
    Respond(std::move(response));
  }

  void Upgrade() {
    Request request;
    if (const auto problem = ReadRequest(parser_->get(), request); !problem.empty()) {
      return Refuse(400, problem);
    }
    request.peer = peer_;
    const auto handshake = CheckHandshake(parser_->get());
    if (!handshake.problem.empty()) {
      return Refuse(handshake.status, handshake.problem, handshake.headers);
    }
    Response refusal;
    std::shared_ptr<Listener> listener;
    try {
      listener = core_.handler.OnUpgrade(request, refusal);
    } catch (const std::exception& failure) {
      core_.handler.OnError(request.target + ": " + failure.what());
      refusal = ErrorResponse(500, "the request failed; the log has more");
    }
    if (!listener) {
      keep_alive_ = false;
      return Respond(std::move(refusal));
    }
    Response accepted;
    accepted.status = 101;
    accepted.headers = {{"upgrade", "websocket"},
                        {"connection", "Upgrade"},
                        {"sec-websocket-accept", handshake.accept}};
    Write(std::move(accepted), [self = this->shared_from_this(), listener](const Error& error) {
      if (error) return self->CloseNow();
      self->timer_.cancel();
      ++self->deadline_;
      const auto bytes = self->buffer_.data();
      const auto session = std::make_shared<WebSocketSession<Stream>>(
          self->core_, std::move(self->stream_), listener,
          std::string(static_cast<const char*>(bytes.data()), bytes.size()));
      session->Run();
    });
  }

  void Refuse(int status, const std::string& why, Headers headers = {}) {
    keep_alive_ = false;
    Response response = ErrorResponse(status, why);
    for (auto& header : headers) response.headers.push_back(std::move(header));
    Respond(std::move(response));
  }

  void Respond(Response response) {
    response.headers.emplace_back("connection", keep_alive_ ? "keep-alive" : "close");
    Write(std::move(response), [self = this->shared_from_this()](const Error& error) {
      if (error) return self->CloseNow();
      if (self->keep_alive_) return self->ReadHeader();
      self->Linger();
    });
  }

  template <typename Done>
  void Write(Response response, Done done) {
    namespace http = boost::beast::http;
    auto& answer = answer_.emplace();
    answer.version(11);
    answer.result(static_cast<unsigned>(response.status));
    answer.reason(ReasonPhrase(response.status));
    for (const auto& [name, value] : core_.options.headers) answer.set(name, value);
    for (const auto& [name, value] : response.headers) {
      if (name == "set-cookie") {
        answer.insert(name, value);
      } else {
        answer.set(name, value);
      }
    }
    answer.set(http::field::date, DateText());
    const bool has_body =
        response.status >= 200 && response.status != 204 && response.status != 304;
    if (has_body) answer.content_length(response.body.size());
    if (has_body && !is_head_) answer.body() = std::move(response.body);
    is_head_ = false;
    SetDeadline(core_.options.io_timeout);
    http::async_write(*stream_, answer,
                      [done = std::move(done)](const Error& error, std::size_t) { done(error); });
  }

  /// Ends the stream and reads on for a while: a socket that is closed with bytes unread resets the
  /// connection, and the client would lose the answer that it has not read yet.
  void Linger() {
    SetDeadline(core_.options.close_timeout);
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      // Its close_notify goes out at once; the peer's is not waited for.
      stream_->async_shutdown([self = this->shared_from_this()](const Error&) {});
    }
    Error ignored;
    socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    Discard(0);
  }

  void Discard(std::size_t discarded) {
    socket().async_read_some(
        boost::asio::buffer(discard_),
        [self = this->shared_from_this(), discarded](const Error& error, std::size_t size) {
          if (error || discarded + size > kMostDiscarded) return self->CloseNow();
          self->Discard(discarded + size);
        });
  }

  void CloseNow() {
    owes_request_since_.reset();
    if (!stream_) return;
    timer_.cancel();
    Error ignored;
    socket().close(ignored);
  }

  std::unique_ptr<Stream> stream_;  // null once it is a WebSocket
  boost::asio::steady_timer timer_;
  std::uint64_t deadline_ = 0;  // number of the one that is valid
  bool is_late_ = false;
  const std::string peer_;
  std::optional<std::chrono::steady_clock::time_point> owes_request_since_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  std::optional<Answer> answer_;
  std::array<char, 4096> discard_;
  std::uint64_t request_number_ = 0;
  bool is_awaiting_reply_ = false;
  bool is_head_ = false;
  bool keep_alive_ = false;
};

}  // namespace feedmux::webserver
