#pragma once

#include <hiredis/hiredis.h>

#include <chrono>       // milliseconds
#include <memory>       // unique_ptr
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "redis/endpoint.hpp"

namespace feedmux::redis {

struct FreeContext {
  void operator()(redisContext* context) const { redisFree(context); }
};
using Context = std::unique_ptr<redisContext, FreeContext>;

struct Timeouts {
  std::chrono::milliseconds connect;
  std::chrono::milliseconds io;  ///< one read or write
};

/// Nobody answers there.
class Unreachable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A blocking connection, not logged in yet. It writes with write(2): the process must ignore
/// SIGPIPE. Throws Unreachable, which names the server.
Context Connect(const Endpoint& endpoint, Timeouts timeouts);

/// What to send first: AUTH if there is a password, then SELECT if the database is not 0. Each a
/// command and its arguments.
std::vector<std::vector<std::string>> LoginCommands(const Endpoint& endpoint);

/// The text with the endpoint's password replaced by ***; for what a server says.
std::string WithoutSecrets(const Endpoint& endpoint, std::string_view text);

}  // namespace feedmux::redis
