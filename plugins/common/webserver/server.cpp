#include "webserver/server.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>   // optional
#include <stdexcept>  // runtime_error
#include <utility>    // move

#include "webserver/core.hpp"
#include "webserver/http_session.hpp"
#include "webserver/tls_context.hpp"
#include "webserver/tls_renewal.hpp"

namespace feedmux::webserver {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

// Clients beyond max_connections that are told so; further ones are hung up on.
constexpr std::size_t kMostSurplus = 32;

constexpr std::chrono::milliseconds kRetryAccept{100};

// websocketpp finds the byte order out when it is first asked, and remembers it in a variable that
// no lock protects: asked here, before there are threads, it only reads it later.
[[maybe_unused]] const std::uint64_t kByteOrderIsKnown = websocketpp::lib::net::_htonll(1);

}  // namespace

class Server::Impl {
 public:
  Impl(ServerOptions options, Handler& handler)
      : core_(std::move(options), handler), acceptor_(core_.io), stop_timer_(core_.io) {}

  void Listen() {
    if (!core_.options.tls_certificate.empty()) {
      tls_renewal_.emplace(core_.options.tls_certificate, core_.options.tls_key);
      tls_ = MakeTlsContext(core_.options.tls_certificate, core_.options.tls_key);
    }
    Error error;
    const auto address = asio::ip::make_address(core_.options.address, error);
    const tcp::endpoint endpoint{address, core_.options.port};
    if (!error) acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(tcp::acceptor::max_listen_connections, error);
    if (error) {
      throw std::runtime_error("cannot listen on " + core_.options.address + " port " +
                               std::to_string(core_.options.port) + ": " + error.message());
    }
    port_ = acceptor_.local_endpoint().port();
    Accept();
  }

  std::uint16_t port() const { return port_; }

  void Run() {
    const auto keep_running = asio::make_work_guard(core_.io);
    while (true) {
      try {
        core_.io.run();
        return;
      } catch (const std::exception& failure) {
        core_.handler.OnError(failure.what());
      }
    }
  }

  void Stop() {
    asio::post(core_.io, [this] {
      core_.is_stopping = true;
      Error ignored;
      acceptor_.close(ignored);
      if (core_.connections.empty()) return core_.io.stop();
      for (Connection* connection : std::set<Connection*>{core_.connections}) connection->Leave();
      stop_timer_.expires_after(core_.options.close_timeout);
      stop_timer_.async_wait([this](const Error&) { core_.io.stop(); });
    });
  }

  void Post(std::function<void()> task) { asio::post(core_.io, std::move(task)); }

  void After(std::chrono::milliseconds delay, std::function<void()> task) {
    const auto timer = std::make_shared<asio::steady_timer>(core_.io, delay);
    timer->async_wait([timer, task = std::move(task)](const Error& error) {
      if (!error) task();
    });
  }

  bool RenewTls() {
    if (!tls_renewal_ || !tls_renewal_->IsDue()) return false;
    // Those who are connected hold on to what they need of the old one.
    tls_ = MakeTlsContext(core_.options.tls_certificate, core_.options.tls_key);
    return true;
  }

  std::size_t connections() const { return core_.connections.size(); }

 private:
  void Accept() {
    acceptor_.async_accept([this](const Error& error, tcp::socket socket) {
      if (core_.is_stopping || error == asio::error::operation_aborted) return;
      if (error) {  // too many open files: nothing to do but to wait for some to be closed
        return After(kRetryAccept, [this] {
          if (!core_.is_stopping) Accept();
        });
      }
      Welcome(std::move(socket));
      Accept();
    });
  }

  /// Whether there are fewer than `most` of that kind, if need be after sending the one away that
  /// has been owing a request for the longest time: clients that say nothing must not keep others
  /// out.
  bool HasRoom(bool is_surplus, std::size_t most) {
    std::size_t count = 0;
    Connection* longest = nullptr;
    for (Connection* const connection : core_.connections) {
      if (connection->is_surplus != is_surplus) continue;
      ++count;
      const auto since = connection->OwesRequestSince();
      if (since && (!longest || *since < *longest->OwesRequestSince())) longest = connection;
    }
    if (count < most) return true;
    if (!longest) return false;
    longest->Leave();
    return true;
  }

  void Welcome(tcp::socket socket) {
    Error error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;
    const bool is_surplus = !HasRoom(false, core_.options.max_connections);
    if (is_surplus && !HasRoom(true, kMostSurplus)) return;
    std::string address = peer.address().to_string();
    socket.set_option(tcp::no_delay(true), error);
    if (tls_) {
      std::make_shared<HttpSession<TlsStream>>(
          core_, std::make_unique<TlsStream>(std::move(socket), *tls_), std::move(address),
          is_surplus)
          ->Run();
    } else {
      std::make_shared<HttpSession<PlainStream>>(
          core_, std::make_unique<PlainStream>(std::move(socket)), std::move(address), is_surplus)
          ->Run();
    }
  }

  Core core_;
  std::optional<TlsRenewal> tls_renewal_;
  std::unique_ptr<asio::ssl::context> tls_;
  tcp::acceptor acceptor_;
  asio::steady_timer stop_timer_;
  std::uint16_t port_ = 0;
};

Server::Server(ServerOptions options, Handler& handler)
    : impl_(std::make_unique<Impl>(std::move(options), handler)) {}
Server::~Server() = default;

void Server::Listen() { impl_->Listen(); }
std::uint16_t Server::port() const { return impl_->port(); }
void Server::Run() { impl_->Run(); }
void Server::Stop() { impl_->Stop(); }
void Server::Post(std::function<void()> task) { impl_->Post(std::move(task)); }
void Server::After(std::chrono::milliseconds delay, std::function<void()> task) {
  impl_->After(delay, std::move(task));
}
bool Server::RenewTls() { return impl_->RenewTls(); }
std::size_t Server::connections() const { return impl_->connections(); }

}  // namespace feedmux::webserver
