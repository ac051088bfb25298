#pragma once

#include <chrono>    // milliseconds, seconds
#include <cstddef>   // size_t
#include <cstdint>   // uint16_t
#include <memory>    // unique_ptr
#include <optional>  // optional
#include <string>    // string
#include <vector>    // vector

struct redisContext;

namespace feedmux::testing {

/// A real subscriber. From the end of the constructor on it misses nothing that is published.
class RedisSubscriber {
 public:
  struct Message {
    std::string channel;
    std::string payload;
    bool operator==(const Message&) const = default;
  };

  /// Subscribes to the channels that match `pattern` as Redis matches it: "ticks.*". Throws
  /// std::runtime_error.
  explicit RedisSubscriber(std::uint16_t port, const std::string& pattern = "*");
  ~RedisSubscriber();

  RedisSubscriber(const RedisSubscriber&) = delete;
  RedisSubscriber& operator=(const RedisSubscriber&) = delete;

  /// The next message; nothing if none comes in time, or if the server is gone.
  std::optional<Message> Next(std::chrono::milliseconds at_most = std::chrono::seconds{10});

  /// The next `count` messages' payloads; fewer if they do not come.
  std::vector<std::string> Payloads(std::size_t count);

 private:
  struct Free {
    void operator()(redisContext* context) const;
  };
  std::unique_ptr<redisContext, Free> context_;
};

}  // namespace feedmux::testing
