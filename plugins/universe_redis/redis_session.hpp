#pragma once

#include <hiredis/hiredis.h>

#include <chrono>     // steady_clock
#include <memory>     // unique_ptr
#include <stdexcept>  // runtime_error
#include <string>     // string
#include <vector>     // vector

#include "redis/connect.hpp"

namespace feedmux::universe_redis {

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;
using Command = std::vector<std::string>;

/// The server is away, silent, or refuses a command. The text names the server, and no secret.
class SessionError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A connection for one question: logged in, and all answers together bounded by `timeouts.io`.
class RedisSession {
 public:
  /// Throws redis::Unreachable or SessionError. `endpoint` outlives the session.
  RedisSession(const redis::Endpoint& endpoint, redis::Timeouts timeouts);

  /// Throws SessionError, also for an error that Redis answers with.
  Reply Ask(const Command& command);

  /// The same for many commands at once: one answer each, in order.
  std::vector<Reply> Ask(const std::vector<Command>& commands);

 private:
  void Append(const Command& command);
  void Send();
  Reply Next(const Command& command);
  void WaitForBytes();
  [[noreturn]] void FailWithoutAnswer() const;
  [[noreturn]] void Fail() const;

  const redis::Endpoint& endpoint_;
  const redis::Timeouts timeouts_;
  const redis::Context context_;
  const std::chrono::steady_clock::time_point deadline_;
};

}  // namespace feedmux::universe_redis
