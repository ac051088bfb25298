#pragma once

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <filesystem>  // path
#include <nlohmann/json.hpp>
#include <string>       // string
#include <string_view>  // string_view

#include "control/file_descriptor.hpp"
#include "control/socket_address.hpp"

namespace feedmux {

/// A client of a Unix domain socket that says whatever a test wants.
class RawClient {
 public:
  explicit RawClient(const std::filesystem::path& path)
      : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    EXPECT_EQ(TryConnect(socket_.get(), path), 0) << path;
  }

  /// False if the other side has hung up.
  bool Send(std::string_view text) {
    while (!text.empty()) {
      const ssize_t size = ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL);
      if (size < 0) return false;
      text.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
  }

  /// The next line; empty at the end, or after ten seconds.
  std::string ReadLine() {
    std::size_t end = 0;
    while ((end = input_.find('\n')) == std::string::npos) {
      if (!Receive()) return {};
    }
    std::string line = input_.substr(0, end);
    input_.erase(0, end + 1);
    return line;
  }
  nlohmann::json ReadJson() { return nlohmann::json::parse(ReadLine(), nullptr, false); }

  nlohmann::json Ask(std::string_view request) {
    Send(std::string{request} + "\n");
    return ReadJson();
  }

  /// Waits for the other side to hang up.
  bool IsHungUp() {
    while (Receive()) {
    }
    return hung_up_;
  }

  void HalfClose() { ::shutdown(socket_.get(), SHUT_WR); }

 private:
  bool Receive() {
    pollfd waiting{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, 10'000) != 1) return false;
    char buffer[4096];
    const ssize_t size = ::recv(socket_.get(), buffer, sizeof(buffer), 0);
    hung_up_ = size <= 0;
    if (size > 0) input_.append(buffer, static_cast<std::size_t>(size));
    return size > 0;
  }

  FileDescriptor socket_;
  std::string input_;
  bool hung_up_ = false;
};

}  // namespace feedmux
