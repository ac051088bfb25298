#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>  // function
#include <memory>      // shared_ptr
#include <string>      // string
#include <vector>      // vector

namespace feedmux::net {

/// Looks up host names on a thread that nobody waits for: a name server that does not answer can
/// hold up getaddrinfo for half a minute, and Asio's own resolver is joined by its io_context.
class Resolver {
 public:
  using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;
  /// `error` is empty if there are endpoints.
  using Callback = std::function<void(const Endpoints& endpoints, const std::string& error)>;

  explicit Resolver(boost::asio::io_context& io) : io_(io) {}
  ~Resolver() { Cancel(); }

  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  /// `callback` runs on the io_context, unless Cancel comes first. One look-up at a time.
  void Start(const std::string& host, std::uint16_t port, Callback callback);
  void Cancel();

 private:
  struct Lookup;

  boost::asio::io_context& io_;
  std::shared_ptr<Lookup> lookup_;
};

}  // namespace feedmux::net
