#include "net/resolver.hpp"

#include <netdb.h>

#include <boost/asio/post.hpp>
#include <cerrno>   // errno
#include <cstring>  // memcpy
#include <mutex>    // mutex
#include <system_error>
#include <thread>   // thread
#include <utility>  // move

namespace feedmux::net {
namespace {

struct Answer {
  Resolver::Endpoints endpoints;
  std::string error;
};

Answer Ask(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int status = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  Answer answer;
  if (status == EAI_SYSTEM) {
    answer.error = std::generic_category().message(errno);
  } else if (status != 0) {
    answer.error = gai_strerror(status);
  }
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    boost::asio::ip::tcp::endpoint endpoint;
    if (entry->ai_addrlen > endpoint.capacity()) continue;
    std::memcpy(endpoint.data(), entry->ai_addr, entry->ai_addrlen);
    endpoint.resize(entry->ai_addrlen);
    answer.endpoints.push_back(endpoint);
  }
  if (found != nullptr) freeaddrinfo(found);
  if (answer.endpoints.empty() && answer.error.empty()) answer.error = "no address";
  return answer;
}

}  // namespace

struct Resolver::Lookup {
  std::mutex mutex;
  boost::asio::io_context* io;  // null once cancelled
  Callback callback;
};

void Resolver::Start(const std::string& host, std::uint16_t port, Callback callback) {
  Cancel();
  lookup_ = std::make_shared<Lookup>();
  lookup_->io = &io_;
  lookup_->callback = std::move(callback);

  boost::system::error_code not_an_address;
  const auto address = boost::asio::ip::make_address(host, not_an_address);
  if (!not_an_address) {
    boost::asio::post(io_, [lookup = lookup_, endpoint = Endpoints::value_type{address, port}] {
      if (lookup->io != nullptr) lookup->callback({endpoint}, {});
    });
    return;
  }
  std::thread([lookup = lookup_, host, port] {
    Answer answer = Ask(host, port);
    const std::lock_guard<std::mutex> lock{lookup->mutex};
    if (lookup->io == nullptr) return;
    boost::asio::post(*lookup->io, [lookup, answer = std::move(answer)] {
      if (lookup->io != nullptr) lookup->callback(answer.endpoints, answer.error);
    });
  }).detach();
}

void Resolver::Cancel() {
  if (!lookup_) return;
  const std::lock_guard<std::mutex> lock{lookup_->mutex};
  lookup_->io = nullptr;
}

}  // namespace feedmux::net
