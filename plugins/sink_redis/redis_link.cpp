#include "sink_redis/redis_link.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <cerrno>  // errno

#include "feedmux/errors.hpp"
#include "sink_redis/byte_buffer.hpp"
#include "sink_redis/resp.hpp"

namespace feedmux::redis {
namespace {

using Reply = RedisLink::Reply;

// What the reader hands out in place of reply objects: pointers that say which type it was.
Reply type_objects[] = {Reply::Status, Reply::Error, Reply::Integer,
                        Reply::Text,   Reply::Nil,   Reply::Array};

void* TypeObject(Reply type) { return &type_objects[static_cast<std::size_t>(type)]; }

RedisLink& LinkOf(const redisReadTask* task) { return *static_cast<RedisLink*>(task->privdata); }

/// The value in a line "run_id:2f0a...\r\n" of what INFO says.
std::string InfoValue(std::string_view info, std::string_view key) {
  const auto at = info.find(key);
  if (at == std::string_view::npos) return {};
  const auto value = info.substr(at + key.size());
  return std::string{value.substr(0, value.find('\r'))};
}

}  // namespace

redisReplyObjectFunctions RedisLink::kReplyFunctions = {
    .createString = [](const redisReadTask* task, char* text, std::size_t size) -> void* {
      return LinkOf(task).OnText(*task, {text, size});
    },
    .createArray = [](const redisReadTask* task, int size) -> void* {
      if (!task->parent) LinkOf(task).element_count_ = static_cast<std::size_t>(size);
      return TypeObject(Reply::Array);
    },
    .createInteger = [](const redisReadTask* task, long long value) -> void* {
      return LinkOf(task).OnInteger(*task, value);
    },
    .createNil = [](const redisReadTask*) -> void* { return TypeObject(Reply::Nil); },
    .freeObject = [](void*) {},
};

RedisLink::RedisLink(const Endpoint& endpoint, Timeouts timeouts,
                     const std::optional<ClientIdentity>& predecessor)
    : endpoint_(endpoint), timeouts_(timeouts) {
  Connect();
  try {
    Introduce();
    if (predecessor) ClosePredecessor(*predecessor);
  } catch (const ConnectionLost& lost) {
    throw SinkUnavailable(lost.what());
  }
}

void RedisLink::Connect() {
  try {
    context_ = redis::Connect(endpoint_, timeouts_);
  } catch (const Unreachable& unreachable) {
    throw SinkUnavailable(unreachable.what());
  }
  redisReaderFree(context_->reader);
  context_->reader = redisReaderCreateWithFunctions(&kReplyFunctions);
  if (!context_->reader) throw std::bad_alloc();
  context_->reader->privdata = this;
  context_->reader->maxbuf = 0;  // the reader keeps its buffer
}

void RedisLink::Introduce() {
  ByteBuffer hello;
  const auto login = LoginCommands(endpoint_);
  for (const auto& command : login) AppendCommand(hello, command);
  AppendCommand(hello, {"MULTI"});
  AppendCommand(hello, {"EXEC"});
  AppendCommand(hello, {"CLIENT", "ID"});
  AppendCommand(hello, {"INFO", "server"});
  AppendCommand(hello, {"CLIENT", "SETNAME", "feedmux"});
  Send(hello.view());

  for (const auto& command : login) Require(command.front());
  Require("MULTI");
  Require("EXEC");
  // The rest is welcome but not needed: a user may lack the right to it.
  if (Next() == Reply::Integer) identity_.client_id = integer_;
  if (Next() == Reply::Text) identity_.server_run_id = InfoValue(text_, "run_id:");
  Next();
}

void RedisLink::ClosePredecessor(const ClientIdentity& predecessor) {
  // After a restart the same number may be somebody else's.
  if (predecessor.server_run_id != identity_.server_run_id) return;
  if (predecessor.client_id == 0 || identity_.server_run_id.empty()) return;
  ByteBuffer kill;
  AppendCommand(kill, {"CLIENT", "KILL", "ID", std::to_string(predecessor.client_id)});
  Send(kill.view());
  Next();
}

void RedisLink::Require(std::string_view step) {
  if (Next() != Reply::Error) return;
  throw SinkUnavailable(fmt::format("{} refused {}: {}", endpoint_.Display(), step, text_));
}

void RedisLink::Send(std::string_view commands) {
  int done = 0;
  if (redisAppendFormattedCommand(context_.get(), commands.data(), commands.size()) != REDIS_OK) {
    ThrowLost();
  }
  while (!done) {
    if (redisBufferWrite(context_.get(), &done) != REDIS_OK) ThrowLost();
  }
}

RedisLink::Reply RedisLink::Next() {
  element_errors_.clear();
  void* reply = nullptr;
  for (;;) {
    if (redisGetReplyFromReader(context_.get(), &reply) != REDIS_OK) ThrowLost();
    if (reply) return *static_cast<Reply*>(reply);
    if (redisBufferRead(context_.get()) != REDIS_OK) ThrowLost();
  }
}

bool RedisLink::ClosedByPeer() const {
  // Nothing is owed at this point, so whatever can be read is an end or a farewell.
  char byte;
  const auto got = recv(context_->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

void RedisLink::ThrowLost() const {
  const bool timed_out = context_->err == REDIS_ERR_IO && (errno == EAGAIN || errno == EWOULDBLOCK);
  if (timed_out) {
    throw ConnectionLost(
        fmt::format("{} did not answer for {} ms", endpoint_.Display(), timeouts_.io.count()));
  }
  throw ConnectionLost(fmt::format("lost {}: {}", endpoint_.Display(), context_->errstr));
}

void* RedisLink::OnText(const redisReadTask& task, std::string_view text) {
  if (task.type == REDIS_REPLY_STATUS) return TypeObject(Reply::Status);
  if (task.type == REDIS_REPLY_STRING) {
    if (!task.parent) text_ = text;
    return TypeObject(Reply::Text);
  }
  if (task.parent) {
    element_errors_.push_back(
        {static_cast<std::size_t>(task.idx), WithoutSecrets(endpoint_, text)});
  } else {
    text_ = WithoutSecrets(endpoint_, text);
  }
  return TypeObject(Reply::Error);
}

void* RedisLink::OnInteger(const redisReadTask& task, std::int64_t value) {
  if (!task.parent) integer_ = value;
  return TypeObject(Reply::Integer);
}

}  // namespace feedmux::redis
