#pragma once

#include <cstddef>      // size_t
#include <cstdint>      // int64_t
#include <optional>     // optional
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "redis/connect.hpp"

namespace feedmux::redis {

/// The connection broke or fell silent: what it was asked for last may have happened or not.
class ConnectionLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A connection as the server knows it; enough to have it closed from another connection.
struct ClientIdentity {
  std::string server_run_id;
  std::int64_t client_id = 0;
};

/// One connection to Redis, blocking, each wait bounded by io_timeout. Answers are read without
/// making an object for each.
///
/// It writes with hiredis, that is with write(2): the process must ignore SIGPIPE.
class RedisLink {
 public:
  enum class Reply { Status, Error, Integer, Text, Nil, Array };

  /// An error among the elements of an array reply.
  struct ElementError {
    std::size_t index = 0;
    std::string text;
  };

  using Timeouts = redis::Timeouts;

  /// Connects, authenticates, chooses the database and makes sure that transactions are allowed. If
  /// `predecessor` is a connection to the same server that may still be open there, it is closed
  /// before anything is sent, so that nothing from it can be executed any more.
  /// Throws SinkUnavailable. `endpoint` outlives the link.
  RedisLink(const Endpoint& endpoint, Timeouts timeouts,
            const std::optional<ClientIdentity>& predecessor);
  RedisLink(const RedisLink&) = delete;
  RedisLink& operator=(const RedisLink&) = delete;

  /// Writes whole commands; returns when the kernel has them all. Throws ConnectionLost.
  void Send(std::string_view commands);

  /// Waits for the next reply. Throws ConnectionLost.
  Reply Next();

  /// Of the last Reply::Error or Reply::Text. Errors are without secrets. Valid until Next().
  const std::string& text() const { return text_; }

  /// Of the last Reply::Array, valid until Next().
  std::size_t element_count() const { return element_count_; }
  const std::vector<ElementError>& element_errors() const { return element_errors_; }

  /// True if the server has hung up. Never blocks.
  bool ClosedByPeer() const;

  /// Unknown (client_id 0) if the server did not tell.
  const ClientIdentity& identity() const { return identity_; }

 private:
  void Connect();
  void Introduce();
  void ClosePredecessor(const ClientIdentity& predecessor);
  void Require(std::string_view step);
  [[noreturn]] void ThrowLost() const;

  void* OnText(const redisReadTask& task, std::string_view text);
  void* OnInteger(const redisReadTask& task, std::int64_t value);
  static redisReplyObjectFunctions kReplyFunctions;

  const Endpoint& endpoint_;
  const Timeouts timeouts_;
  Context context_;
  ClientIdentity identity_;

  // The reply being read, see Next().
  std::string text_;
  std::int64_t integer_ = 0;
  std::size_t element_count_ = 0;
  std::vector<ElementError> element_errors_;
};

}  // namespace feedmux::redis
