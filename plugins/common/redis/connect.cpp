#include "redis/connect.hpp"

#include <fmt/format.h>

#include <new>  // bad_alloc

namespace feedmux::redis {
namespace {

timeval ToTimeval(std::chrono::milliseconds time) {
  return {.tv_sec = time.count() / 1000, .tv_usec = time.count() % 1000 * 1000};
}

}  // namespace

Context Connect(const Endpoint& endpoint, Timeouts timeouts) {
  const timeval connect_timeout = ToTimeval(timeouts.connect);
  Context context{
      endpoint.unix_socket.empty()
          ? redisConnectWithTimeout(endpoint.host.c_str(), endpoint.port, connect_timeout)
          : redisConnectUnixWithTimeout(endpoint.unix_socket.c_str(), connect_timeout)};
  if (!context) throw std::bad_alloc();
  if (context->err == 0) redisSetTimeout(context.get(), ToTimeval(timeouts.io));
  if (context->err == 0 && endpoint.unix_socket.empty()) redisEnableKeepAlive(context.get());
  if (context->err != 0) {
    throw Unreachable(fmt::format("cannot reach {}: {}", endpoint.Display(), context->errstr));
  }
  return context;
}

std::vector<std::vector<std::string>> LoginCommands(const Endpoint& endpoint) {
  std::vector<std::vector<std::string>> commands;
  if (!endpoint.username.empty()) {
    commands.push_back({"AUTH", endpoint.username, endpoint.password});
  } else if (!endpoint.password.empty()) {
    commands.push_back({"AUTH", endpoint.password});
  }
  // A connection begins in database 0; a user may be allowed no SELECT.
  if (endpoint.database != 0) commands.push_back({"SELECT", std::to_string(endpoint.database)});
  return commands;
}

std::string WithoutSecrets(const Endpoint& endpoint, std::string_view text) {
  std::string clean{text};
  const std::string& secret = endpoint.password;
  if (secret.empty()) return clean;
  for (auto at = clean.find(secret); at != std::string::npos; at = clean.find(secret, at)) {
    clean.replace(at, secret.size(), "***");
    at += 3;
  }
  return clean;
}

}  // namespace feedmux::redis
