#include "loopback_listener.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>        // errno
#include <system_error>  // system_error

namespace feedmux::testing {
namespace {

[[noreturn]] void ThrowErrno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

LoopbackListener::LoopbackListener(std::uint16_t port)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)),
      interrupt_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (listener_ < 0) ThrowErrno("socket");
  const int on = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0) ThrowErrno("bind");
  if (::listen(listener_, SOMAXCONN) != 0) ThrowErrno("listen");
  if (::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    ThrowErrno("getsockname");
  }
  port_ = ntohs(address.sin_port);
}

LoopbackListener::~LoopbackListener() {
  ::close(listener_);
  ::close(interrupt_);
}

std::optional<int> LoopbackListener::Accept() {
  while (true) {
    pollfd waiting[] = {{interrupt_, POLLIN, 0}, {listener_, POLLIN, 0}};
    if (::poll(waiting, 2, -1) < 0) continue;
    if (waiting[0].revents != 0) return std::nullopt;
    const int accepted = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (accepted >= 0) return accepted;
  }
}

void LoopbackListener::Interrupt() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(interrupt_, &one, sizeof one);
}

}  // namespace feedmux::testing
