#include "control/control_client.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>   // errno
#include <cstring>  // strerror
#include <nlohmann/json.hpp>

#include "control/protocol.hpp"
#include "control/socket_address.hpp"

namespace feedmux {
namespace {

constexpr std::size_t kReadAtOnce = std::size_t{64} << 10;

}  // namespace

ControlClient::ControlClient(const std::vector<std::filesystem::path>& paths) {
  std::string tried;
  for (const std::filesystem::path& path : paths) {
    FileDescriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const int error = socket ? TryConnect(socket.get(), path) : errno;
    if (error == 0) {
      path_ = path;
      socket_ = std::move(socket);
      return;
    }
    tried +=
        fmt::format("{}{} ({})", tried.empty() ? "" : " and ", path.string(), std::strerror(error));
  }
  throw NoEngine(
      fmt::format("no engine is running: tried {}; --control PATH says where else", tried));
}

nlohmann::ordered_json ControlClient::Call(std::string_view command,
                                           const nlohmann::json& arguments,
                                           std::chrono::milliseconds patience) {
  Send(RequestLine(command, arguments));
  const auto line = ReadLine(patience);
  if (!line) throw NoEngine(fmt::format("{}: the engine went away", path_.string()));
  auto reply = nlohmann::ordered_json::parse(*line, nullptr, false);
  if (!reply.is_object() || !reply.contains("ok")) {
    throw std::runtime_error(fmt::format("{}: this is no feedmux", path_.string()));
  }
  if (reply["ok"] == true) return std::move(reply["result"]);
  const std::string code = reply.value("code", "");
  const std::string error = reply.value("error", "it gave no reason");
  if (code == reply_code::kRefused || code == reply_code::kBadRequest) throw Refused(error);
  throw std::runtime_error(error);
}

std::optional<std::string> ControlClient::ReadLine(std::chrono::milliseconds patience) {
  for (;;) {
    if (const std::size_t end = input_.find('\n', scanned_); end != std::string::npos) {
      std::string line = input_.substr(begin_, end - begin_);
      begin_ = scanned_ = end + 1;
      return line;
    }
    input_.erase(0, begin_);
    begin_ = 0;
    scanned_ = input_.size();
    pollfd waiting{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    const int timeout = patience.count() == 0 ? -1 : static_cast<int>(patience.count());
    if (::poll(&waiting, 1, timeout) == 0) {
      throw NoEngine(fmt::format("{}: no answer in {} s", path_.string(), patience.count() / 1000));
    }
    input_.resize(scanned_ + kReadAtOnce);
    const ssize_t size = ::recv(socket_.get(), input_.data() + scanned_, kReadAtOnce, 0);
    input_.resize(scanned_ + (size > 0 ? static_cast<std::size_t>(size) : 0));
    if (size == 0 || (size < 0 && errno != EINTR)) return std::nullopt;
  }
}

void ControlClient::Send(std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL);
    if (size >= 0) {
      text.remove_prefix(static_cast<std::size_t>(size));
    } else if (errno != EINTR) {
      return;  // what it said before it hung up can still be read
    }
  }
}

}  // namespace feedmux
