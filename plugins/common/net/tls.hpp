#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <memory>  // unique_ptr
#include <string>  // string

namespace feedmux::net {

/// The client's side of TLS 1.2 or newer over a connected socket; the certificate must come from a
/// trusted authority and name the host.
class TlsStream {
 public:
  using Stream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>;

  /// `host` is a name or an address, `ca_file` empty for the system's authorities. Throws
  /// std::runtime_error if they cannot be read. `socket` must outlive it.
  TlsStream(boost::asio::ip::tcp::socket& socket, std::string host, const std::string& ca_file);

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

}  // namespace feedmux::net
