#include "redis_subscriber.hpp"

#include <hiredis/hiredis.h>
#include <poll.h>  // poll

#include <algorithm>  // max
#include <stdexcept>  // runtime_error

namespace feedmux::testing {
namespace {

timeval ToTimeval(std::chrono::milliseconds time) {
  return {.tv_sec = time.count() / 1000, .tv_usec = time.count() % 1000 * 1000};
}

}  // namespace

void RedisSubscriber::Free::operator()(redisContext* context) const { redisFree(context); }

RedisSubscriber::RedisSubscriber(std::uint16_t port, const std::string& pattern)
    : context_(redisConnectWithTimeout("127.0.0.1", port, ToTimeval(std::chrono::seconds{10}))) {
  if (!context_ || context_->err) throw std::runtime_error("cannot reach the Redis server");
  redisSetTimeout(context_.get(), ToTimeval(std::chrono::seconds{10}));
  void* const reply = redisCommand(context_.get(), "PSUBSCRIBE %s", pattern.c_str());
  if (!reply) throw std::runtime_error(std::string{"PSUBSCRIBE: "} + context_->errstr);
  freeReplyObject(reply);
}

RedisSubscriber::~RedisSubscriber() = default;

std::optional<RedisSubscriber::Message> RedisSubscriber::Next(std::chrono::milliseconds at_most) {
  // By hand, because to hiredis a timeout is the end of the connection.
  const auto deadline = std::chrono::steady_clock::now() + at_most;
  void* object = nullptr;
  while (redisGetReplyFromReader(context_.get(), &object) == REDIS_OK && !object) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    pollfd socket{context_->fd, POLLIN, 0};
    const int wait = std::max(static_cast<int>(left.count()), 0);
    if (::poll(&socket, 1, wait) <= 0 || redisBufferRead(context_.get()) != REDIS_OK) break;
  }
  if (!object) return std::nullopt;
  const auto* const reply = static_cast<const redisReply*>(object);
  std::optional<Message> message;
  if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 4) {  // pmessage, pattern, ...
    const redisReply& channel = *reply->element[2];
    const redisReply& payload = *reply->element[3];
    message = Message{{channel.str, channel.len}, {payload.str, payload.len}};
  }
  freeReplyObject(object);
  return message;
}

std::vector<std::string> RedisSubscriber::Payloads(std::size_t count) {
  std::vector<std::string> payloads;
  while (payloads.size() < count) {
    auto message = Next();
    if (!message) break;
    payloads.push_back(std::move(message->payload));
  }
  return payloads;
}

}  // namespace feedmux::testing
