#include "http_client.hpp"

#include <arpa/inet.h>   // htons
#include <netinet/in.h>  // sockaddr_in
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>  // socket, connect
#include <sys/time.h>    // timeval
#include <unistd.h>      // close

#include <algorithm>  // transform
#include <cctype>     // tolower
#include <utility>    // move, exchange

namespace feedmux::testing {

struct HttpClient::Tls {
  explicit Tls(const std::string& ca_file) : context(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    if (SSL_CTX_load_verify_locations(context, ca_file.c_str(), nullptr) != 1) {
      throw std::runtime_error("cannot read " + ca_file);
    }
    session = SSL_new(context);
  }
  ~Tls() {
    SSL_free(session);
    SSL_CTX_free(context);
  }
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;

  SSL_CTX* context;
  SSL* session = nullptr;
};

HttpClient::HttpClient(std::uint16_t port, const std::string& ca_file)
    : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), port_(port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{.tv_sec = kPatience.count(), .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close(socket_);
    throw NoAnswer("nobody listens on port " + std::to_string(port));
  }
  if (ca_file.empty()) return;
  tls_ = std::make_unique<Tls>(ca_file);
  SSL_set_fd(tls_->session, socket_);
  if (SSL_connect(tls_->session) != 1) {
    ERR_clear_error();
    close(socket_);
    throw NoAnswer("no TLS handshake");
  }
}

HttpClient::~HttpClient() {
  if (socket_ >= 0) close(socket_);
}

HttpClient::HttpClient(HttpClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      port_(other.port_),
      tls_(std::move(other.tls_)),
      received_(std::move(other.received_)) {}

void HttpClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent =
        tls_ ? SSL_write(tls_->session, bytes.data(), static_cast<int>(bytes.size()))
             : send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw NoAnswer("the server takes nothing");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool HttpClient::Receive() {
  char buffer[16384];
  const ssize_t size = tls_ ? SSL_read(tls_->session, buffer, sizeof buffer)
                            : recv(socket_, buffer, sizeof buffer, 0);
  if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    throw NoAnswer("the server says nothing");
  }
  if (tls_) ERR_clear_error();
  if (size <= 0) return false;
  received_.append(buffer, static_cast<std::size_t>(size));
  return true;
}

std::string HttpClient::ReadBytes(std::size_t count) {
  while (received_.size() < count) {
    if (!Receive()) throw NoAnswer("the server has hung up");
  }
  std::string bytes = received_.substr(0, count);
  received_.erase(0, count);
  return bytes;
}

std::string HttpClient::ReadToEnd() {
  while (Receive()) {
  }
  return std::exchange(received_, {});
}

HttpAnswer HttpClient::Read(bool is_to_head) {
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!Receive()) throw NoAnswer("the server has hung up");
  }
  std::string head = ReadBytes(end + 4);
  HttpAnswer answer;
  answer.status = std::stoi(head.substr(head.find(' ') + 1));
  std::size_t at = head.find("\r\n") + 2;
  while (head.compare(at, 2, "\r\n") != 0) {
    const std::size_t line_end = head.find("\r\n", at);
    const std::size_t colon = head.find(':', at);
    std::string name = head.substr(at, colon - at);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    answer.headers.emplace(name, head.substr(colon + 2, line_end - colon - 2));
    at = line_end + 2;
  }
  const std::string length = answer.Header("content-length");
  if (!is_to_head && !length.empty()) answer.body = ReadBytes(std::stoul(length));
  return answer;
}

HttpAnswer HttpClient::Ask(const std::string& method, const std::string& target,
                           const std::vector<std::string>& headers, const std::string& body) {
  std::string request = method + ' ' + target + " HTTP/1.1\r\n";
  bool has_host = false;
  for (const std::string& header : headers) {
    has_host = has_host || header.starts_with("Host:");
    request += header + "\r\n";
  }
  if (!has_host) request += "Host: 127.0.0.1:" + std::to_string(port_) + "\r\n";
  if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  Send(request + "\r\n" + body);
  return Read(method == "HEAD");
}

}  // namespace feedmux::testing
