// From a host's name to an open WebSocket: resolve, connect, TLS, upgrade.

#include <algorithm>  // max
#include <stdexcept>  // runtime_error
#include <utility>    // move

#include "websocket/printable.hpp"
#include "websocket/session.hpp"

namespace feedmux::websocket {
namespace {

namespace asio = boost::asio;

using asio::ip::tcp;

/// An address that does not answer must leave time for the next one, but not less than this.
constexpr std::chrono::milliseconds kLeastTimePerAddress{1'000};

std::string EndpointText(const tcp::endpoint& endpoint) {
  const std::string address = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? '[' + address + ']' : address) + ':' +
         std::to_string(endpoint.port());
}

}  // namespace

void Client::Session::Resolve() {
  phase_ = Phase::Resolving;
  connect_deadline_ = Clock::now() + options_.connect_timeout;
  phase_timer_.expires_at(connect_deadline_);
  phase_timer_.async_wait([this](const Error& error) {
    if (error || phase_ >= Phase::Open) return;
    std::string text = "no connection to " + url_.HostAndPort() + " within " +
                       std::to_string(options_.connect_timeout.count()) + " ms: " + PhaseText();
    if (phase_ == Phase::Connecting && !connect_errors_.empty()) text += "; " + connect_errors_;
    Finish(End::Timeout, std::move(text));
  });
  resolver_.Start(url_.host, url_.port,
                  [this](const net::Resolver::Endpoints& endpoints, const std::string& error) {
                    if (phase_ != Phase::Resolving) return;
                    if (!error.empty()) {
                      Finish(End::Resolve, "cannot resolve " + url_.host + ": " + error);
                      return;
                    }
                    endpoints_ = endpoints;
                    Connect();
                  });
}

void Client::Session::Connect() {
  phase_ = Phase::Connecting;
  if (attempt_ == endpoints_.size()) {
    Finish(End::Connect, "cannot connect to " + url_.HostAndPort() + ": " + connect_errors_);
    return;
  }
  const auto time_left = connect_deadline_ - Clock::now();
  const auto addresses_left = static_cast<Clock::rep>(endpoints_.size() - attempt_);
  attempt_timer_.expires_after(
      std::max<Clock::duration>(time_left / addresses_left, kLeastTimePerAddress));
  attempt_timer_.async_wait([this, attempt = attempt_](const Error& error) {
    if (error || phase_ != Phase::Connecting || attempt != attempt_) return;
    Error ignored;
    socket_.close(ignored);
  });
  Error ignored;
  socket_.close(ignored);
  socket_.async_connect(endpoints_[attempt_], [this](const Error& error) { OnConnected(error); });
}

void Client::Session::OnConnected(const Error& error) {
  if (phase_ != Phase::Connecting) return;
  attempt_timer_.cancel();
  // The timer may close a socket whose success is already on its way here.
  const Error outcome = !error && !socket_.is_open() ? asio::error::operation_aborted : error;
  if (outcome) {
    if (!connect_errors_.empty()) connect_errors_ += ", ";
    connect_errors_ +=
        EndpointText(endpoints_[attempt_]) + ' ' +
        (outcome == asio::error::operation_aborted ? "does not answer" : outcome.message());
    ++attempt_;
    Connect();
    return;
  }
  Error ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  if (url_.secure) {
    Secure();
  } else {
    SendUpgrade();
  }
}

void Client::Session::Secure() {
  phase_ = Phase::Securing;
  try {
    tls_ = std::make_unique<net::TlsStream>(socket_, url_.host, options_.ca_file);
  } catch (const std::runtime_error& error) {
    Finish(End::Tls, "TLS with " + url_.HostAndPort() + ": " + error.what());
    return;
  }
  tls_->stream().async_handshake(asio::ssl::stream_base::client, [this](const Error& error) {
    if (phase_ != Phase::Securing) return;
    if (error) {
      Finish(End::Tls, "TLS with " + url_.HostAndPort() + ": " + tls_->Explain(error));
    } else {
      SendUpgrade();
    }
  });
}

void Client::Session::SendUpgrade() {
  phase_ = Phase::Upgrading;
  const bool is_ipv6 = url_.host.find(':') != std::string::npos;
  const auto uri = std::make_shared<websocketpp::uri>(
      url_.secure, is_ipv6 ? '[' + url_.host + ']' : url_.host, url_.port, url_.resource);
  protocol_.client_handshake_request(request_, uri, {});
  request_.replace_header("User-Agent", "feedmux");
  unsent_.push_back(request_.raw());
  Write();
  Read();
}

void Client::Session::OnUpgradeBytes(std::size_t size) {
  std::size_t consumed = 0;
  try {
    consumed = response_.consume(reinterpret_cast<const char*>(read_buffer_.data()), size);
  } catch (const websocketpp::http::exception& error) {
    Finish(End::Upgrade, url_.HostAndPort() + " does not answer in HTTP: " + error.what());
    return;
  }
  if (!response_.headers_ready()) {
    Read();
    return;
  }
  if (!AcceptUpgrade()) return;
  Open();
  Consume(read_buffer_.data() + consumed, size - consumed);
  Read();
}

bool Client::Session::AcceptUpgrade() {
  const int status = response_.get_status_code();
  if (status != websocketpp::http::status_code::switching_protocols) {
    const std::string reason = Printable(response_.get_status_msg());
    std::string text = url_.ForPeople() + " refused the WebSocket upgrade: HTTP " +
                       std::to_string(status) + ' ' + reason;
    const std::string& location = response_.get_header("Location");
    if (!location.empty()) text += ", redirected to " + Printable(location);
    Finish(End::Upgrade, std::move(text), status, reason);
    return false;
  }
  if (protocol_.validate_server_handshake_response(request_, response_)) {
    Finish(End::Upgrade, url_.ForPeople() + " did not confirm the WebSocket upgrade", status);
    return false;
  }
  return true;
}

}  // namespace feedmux::websocket
