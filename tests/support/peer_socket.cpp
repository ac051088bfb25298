#include "peer_socket.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>        // errno
#include <cstdint>       // uint64_t
#include <system_error>  // generic_category

namespace feedmux::testing {
namespace {

std::string ErrorText(int error) { return std::generic_category().message(error); }

void Signal(int event) {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(event, &one, sizeof one);
}

}  // namespace

struct PeerSocket::Tls {
  Tls(int socket, const TestIdentity& identity) {
    context = SSL_CTX_new(TLS_server_method());
    BIO* const certificate_text = BIO_new_mem_buf(identity.certificate.data(), -1);
    BIO* const key_text = BIO_new_mem_buf(identity.private_key.data(), -1);
    X509* const certificate = PEM_read_bio_X509(certificate_text, nullptr, nullptr, nullptr);
    EVP_PKEY* const key = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(context, certificate);
    SSL_CTX_use_PrivateKey(context, key);
    X509_free(certificate);
    EVP_PKEY_free(key);
    BIO_free_all(certificate_text);
    BIO_free_all(key_text);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    ssl = SSL_new(context);
    SSL_set_fd(ssl, socket);
  }
  ~Tls() {
    SSL_free(ssl);
    SSL_CTX_free(context);
  }

  SSL_CTX* context;
  SSL* ssl;
};

PeerSocket::PeerSocket(int accepted, const TestIdentity* identity)
    : socket_(accepted), wake_(eventfd(0, EFD_NONBLOCK)), interrupt_(eventfd(0, EFD_NONBLOCK)) {
  ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (identity != nullptr) tls_ = std::make_unique<Tls>(socket_, *identity);
}

PeerSocket::~PeerSocket() {
  tls_.reset();
  CloseNow();
  ::close(wake_);
  ::close(interrupt_);
}

void PeerSocket::WaitFor(short events) {
  if (socket_ < 0) throw PeerGone("the script itself ended the connection");
  pollfd waiting[] = {{interrupt_, POLLIN, 0}, {socket_, events, 0}};
  while (::poll(waiting, 2, -1) < 0 && errno == EINTR) {
  }
  if (waiting[0].revents != 0) throw ServerStopped();
}

void PeerSocket::TakeWake() {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto read = ::read(wake_, &count, sizeof count);
}

bool PeerSocket::WaitForBytes() {
  if (socket_ < 0) throw PeerGone("the script itself ended the connection");
  if (tls_ && SSL_pending(tls_->ssl) > 0) return true;
  pollfd waiting[] = {{interrupt_, POLLIN, 0}, {wake_, POLLIN, 0}, {socket_, POLLIN, 0}};
  while (::poll(waiting, 3, -1) < 0 && errno == EINTR) {
  }
  if (waiting[0].revents != 0) throw ServerStopped();
  if (waiting[1].revents != 0) TakeWake();
  return waiting[2].revents != 0;
}

void PeerSocket::WaitForWake() {
  pollfd waiting[] = {{interrupt_, POLLIN, 0}, {wake_, POLLIN, 0}};
  while (::poll(waiting, 2, -1) < 0 && errno == EINTR) {
  }
  if (waiting[0].revents != 0) throw ServerStopped();
  TakeWake();
}

bool PeerSocket::HasBytes() {
  if (socket_ < 0) throw PeerGone("the script itself ended the connection");
  if (tls_ && SSL_pending(tls_->ssl) > 0) return true;
  pollfd waiting{socket_, POLLIN, 0};
  return ::poll(&waiting, 1, 0) > 0;
}

void PeerSocket::Handshake() {
  if (!tls_) return;
  while (true) {
    ERR_clear_error();
    const int result = SSL_accept(tls_->ssl);
    if (result == 1) return;
    switch (SSL_get_error(tls_->ssl, result)) {
      case SSL_ERROR_WANT_READ:
        WaitFor(POLLIN);
        break;
      case SSL_ERROR_WANT_WRITE:
        WaitFor(POLLOUT);
        break;
      default:
        throw PeerGone("the client broke off the TLS handshake");
    }
  }
}

std::string PeerSocket::Read(std::size_t most) {
  std::string bytes(most, '\0');
  while (true) {
    if (socket_ < 0) throw PeerGone("the script itself ended the connection");
    if (tls_) {
      ERR_clear_error();
      const int size = SSL_read(tls_->ssl, bytes.data(), static_cast<int>(most));
      if (size > 0) {
        bytes.resize(static_cast<std::size_t>(size));
        return bytes;
      }
      const int error = SSL_get_error(tls_->ssl, size);
      if (error != SSL_ERROR_WANT_READ) throw PeerGone("the client hung up");
    } else {
      const auto size = ::recv(socket_, bytes.data(), most, 0);
      if (size > 0) {
        bytes.resize(static_cast<std::size_t>(size));
        return bytes;
      }
      if (size == 0) throw PeerGone("the client hung up");
      if (errno != EAGAIN && errno != EINTR) throw PeerGone(ErrorText(errno));
    }
    WaitFor(POLLIN);
  }
}

void PeerSocket::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (socket_ < 0) throw PeerGone("the script itself ended the connection");
    long written = 0;
    if (tls_) {
      ERR_clear_error();
      written = SSL_write(tls_->ssl, bytes.data(), static_cast<int>(bytes.size()));
      if (written <= 0 &&
          SSL_get_error(tls_->ssl, static_cast<int>(written)) != SSL_ERROR_WANT_WRITE) {
        throw PeerGone("the client hung up");
      }
    } else {
      written = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (written < 0 && errno != EAGAIN && errno != EINTR) throw PeerGone(ErrorText(errno));
    }
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else {
      WaitFor(POLLOUT);
    }
  }
}

void PeerSocket::CloseNow() {
  if (socket_ < 0) return;
  ::close(socket_);
  socket_ = -1;
}

void PeerSocket::HangUp() {
  if (socket_ < 0) return;
  ::shutdown(socket_, SHUT_WR);
}

void PeerSocket::Reset() {
  if (socket_ < 0) return;
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  CloseNow();
}

void PeerSocket::Wake() { Signal(wake_); }

void PeerSocket::Interrupt() { Signal(interrupt_); }

}  // namespace feedmux::testing
