#include "peer.hpp"

#include <arpa/inet.h>   // htonl, htons, ntohs
#include <netinet/in.h>  // sockaddr_in
#include <poll.h>        // poll
#include <sys/socket.h>  // socket, bind, listen, accept4
#include <unistd.h>      // close

#include <fstream>    // ifstream
#include <sstream>    // istringstream
#include <stdexcept>  // runtime_error
#include <string>     // getline, stoi

namespace feedmux::contract {

namespace {

using std::chrono::milliseconds;

sockaddr_in Loopback(std::uint16_t port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

bool IsReadable(int socket, milliseconds at_most) {
  pollfd event = {.fd = socket, .events = POLLIN, .revents = 0};
  return ::poll(&event, 1, static_cast<int>(at_most.count())) == 1;
}

// Whether a connection attempt to the port waits for an answer: state SYN_SENT in the kernel's
// table, whose columns are number, local and remote address, state.
bool IsCalled(std::uint16_t port) {
  constexpr int kSynSent = 2;
  std::ifstream table{"/proc/self/net/tcp"};
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    std::istringstream columns{line};
    std::string number, local, remote;
    int state = 0;
    columns >> number >> local >> remote >> std::hex >> state;
    const auto colon = remote.find(':');
    if (state != kSynSent || colon == std::string::npos) continue;
    if (std::stoi(remote.substr(colon + 1), nullptr, 16) == port) return true;
  }
  return false;
}

}  // namespace

Peer::Peer(Manner manner) : manner_(manner) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, generic, size) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no port for a peer");
  }
  port_ = ntohs(address.sin_port);
  if (manner_ == Manner::Absent) return;  // bound, so that nobody else listens there
  ::listen(listener_, manner_ == Manner::Unreachable ? 0 : 16);
  if (manner_ == Manner::Unreachable) Occupy();
  if (manner_ == Manner::HangsUp || manner_ == Manner::Nonsense) {
    answering_ = std::jthread{[this](std::stop_token stop) { Answer(stop); }};
  }
}

Peer::~Peer() {
  if (answering_.joinable()) {
    answering_.request_stop();
    answering_.join();
  }
  ::close(listener_);
  if (occupant_ >= 0) ::close(occupant_);
}

void Peer::Occupy() {
  occupant_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(port_);
  if (::connect(occupant_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("a peer cannot fill its own queue");
  }
}

void Peer::Answer(std::stop_token stop) const {
  static constexpr char kNonsense[] = "\x01\xffNO PROTOCOL\r\nSPEAKS: \x80like this\r\n\r\n\r\n";
  while (!stop.stop_requested()) {
    if (!IsReadable(listener_, milliseconds{20})) continue;
    const int caller = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (manner_ == Manner::Nonsense) {
      ::send(caller, kNonsense, sizeof kNonsense - 1, MSG_NOSIGNAL);
      ::shutdown(caller, SHUT_WR);
      char ignored[4096];
      while (IsReadable(caller, milliseconds{200}) && ::read(caller, ignored, sizeof ignored) > 0) {
      }
    }
    ::close(caller);
  }
}

bool Peer::WaitForCaller(milliseconds at_most) const {
  if (manner_ == Manner::Silent) return IsReadable(listener_, at_most);
  const auto deadline = std::chrono::steady_clock::now() + at_most;
  while (!IsCalled(port_)) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(milliseconds{1});
  }
  return true;
}

}  // namespace feedmux::contract
