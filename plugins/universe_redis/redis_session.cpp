#include "universe_redis/redis_session.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <cerrno>       // errno
#include <new>          // bad_alloc
#include <string_view>  // string_view

namespace feedmux::universe_redis {

RedisSession::RedisSession(const redis::Endpoint& endpoint, redis::Timeouts timeouts)
    : endpoint_(endpoint),
      timeouts_(timeouts),
      context_(redis::Connect(endpoint, timeouts)),
      deadline_(std::chrono::steady_clock::now() + timeouts.io) {
  Ask(redis::LoginCommands(endpoint));
}

Reply RedisSession::Ask(const Command& command) {
  Append(command);
  Send();
  return Next(command);
}

std::vector<Reply> RedisSession::Ask(const std::vector<Command>& commands) {
  for (const Command& command : commands) Append(command);
  Send();
  std::vector<Reply> replies;
  for (const Command& command : commands) replies.push_back(Next(command));
  return replies;
}

void RedisSession::Append(const Command& command) {
  std::vector<const char*> words;
  std::vector<std::size_t> sizes;
  for (const std::string& word : command) {
    words.push_back(word.data());
    sizes.push_back(word.size());
  }
  const int status = redisAppendCommandArgv(context_.get(), static_cast<int>(words.size()),
                                            words.data(), sizes.data());
  if (status != REDIS_OK) throw std::bad_alloc();
}

void RedisSession::Send() {
  int done = 0;
  while (!done) {
    if (redisBufferWrite(context_.get(), &done) != REDIS_OK) Fail();
  }
}

Reply RedisSession::Next(const Command& command) {
  void* object = nullptr;
  while (true) {
    if (redisGetReplyFromReader(context_.get(), &object) != REDIS_OK) Fail();
    if (object) break;
    WaitForBytes();
    if (redisBufferRead(context_.get()) != REDIS_OK) Fail();
  }
  Reply reply{static_cast<redisReply*>(object)};
  if (reply->type != REDIS_REPLY_ERROR) return reply;
  throw SessionError(
      fmt::format("{} refused {}: {}", endpoint_.Display(), command.front(),
                  redis::WithoutSecrets(endpoint_, std::string_view{reply->str, reply->len})));
}

void RedisSession::WaitForBytes() {
  while (true) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
    if (left.count() <= 0) FailWithoutAnswer();
    pollfd waiting{context_->fd, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(left.count()));
    if (ready > 0) return;
    if (ready < 0 && errno != EINTR) FailWithoutAnswer();
  }
}

void RedisSession::FailWithoutAnswer() const {
  throw SessionError(fmt::format("{} gave no whole answer within {} ms", endpoint_.Display(),
                                 timeouts_.io.count()));
}

void RedisSession::Fail() const {
  if (context_->err == REDIS_ERR_IO && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    FailWithoutAnswer();
  }
  throw SessionError(fmt::format("lost {}: {}", endpoint_.Display(), context_->errstr));
}

}  // namespace feedmux::universe_redis
