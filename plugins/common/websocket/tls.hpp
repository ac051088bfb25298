#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <string>  // string

#include "websocket/url.hpp"

namespace feedmux::websocket {

/// The client's side of TLS 1.2 or newer over a connected socket; the certificate must come from a
/// trusted authority and name the host.
class TlsStream {
 public:
  using Stream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>;

  /// Throws std::runtime_error if `ca_file` cannot be read. `socket` must outlive it.
  TlsStream(boost::asio::ip::tcp::socket& socket, const Url& url, const std::string& ca_file);

  Stream& stream() { return *stream_; }

  /// Why the handshake failed, for people.
  std::string Explain(const boost::system::error_code& error) const;

 private:
  bool Verify(bool accepted, boost::asio::ssl::verify_context& verification);

  const std::string host_;
  const std::string authorities_;
  std::string refusal_;  // why the certificate was not accepted; empty: it was
  boost::asio::ssl::context context_;
  std::unique_ptr<Stream> stream_;
};

}  // namespace feedmux::websocket
