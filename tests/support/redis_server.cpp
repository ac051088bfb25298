#include "redis_server.hpp"

#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>     // errno
#include <chrono>     // steady_clock
#include <csignal>    // kill
#include <cstring>    // strerror
#include <fstream>    // ifstream
#include <memory>     // unique_ptr
#include <sstream>    // ostringstream
#include <stdexcept>  // runtime_error
#include <thread>     // sleep_for

namespace feedmux::testing {
namespace {

struct FreeRedis {
  void operator()(redisContext* context) const { redisFree(context); }
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Context = std::unique_ptr<redisContext, FreeRedis>;
using Reply = std::unique_ptr<redisReply, FreeRedis>;

constexpr timeval kCommandTimeout{.tv_sec = 10, .tv_usec = 0};
constexpr auto kStartTimeout = std::chrono::seconds{20};
constexpr int kStartAttempts = 5;

std::filesystem::path MakeFolder() {
  std::string folder = std::filesystem::temp_directory_path() / "feedmux-redis-XXXXXX";
  if (!mkdtemp(folder.data())) throw std::runtime_error("mkdtemp: " + folder);
  return folder;
}

std::uint16_t FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(fd);
  if (!bound) throw std::runtime_error("no free loopback port");
  return ntohs(address.sin_port);
}

/// By the socket in the server's own folder: its port may turn out to be somebody else's.
Context Connect(const std::string& unix_socket) {
  Context context{redisConnectUnixWithTimeout(unix_socket.c_str(), kCommandTimeout)};
  if (context && !context->err) redisSetTimeout(context.get(), kCommandTimeout);
  return context;
}

Reply Run(redisContext& context, const std::vector<std::string>& arguments) {
  std::vector<const char*> texts;
  std::vector<std::size_t> sizes;
  for (const std::string& argument : arguments) {
    texts.push_back(argument.data());
    sizes.push_back(argument.size());
  }
  return Reply{static_cast<redisReply*>(
      redisCommandArgv(&context, static_cast<int>(arguments.size()), texts.data(), sizes.data()))};
}

void Flatten(const redisReply& reply, std::vector<std::string>& out) {
  switch (reply.type) {
    case REDIS_REPLY_INTEGER:
      out.push_back(std::to_string(reply.integer));
      break;
    case REDIS_REPLY_ARRAY:
      for (std::size_t i = 0; i < reply.elements; ++i) Flatten(*reply.element[i], out);
      break;
    case REDIS_REPLY_NIL:
      out.emplace_back();
      break;
    default:
      out.emplace_back(reply.str, reply.len);
  }
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return text.str();
}

}  // namespace

RedisServer::RedisServer(std::vector<std::string> arguments)
    : arguments_(std::move(arguments)), folder_(MakeFolder()) {
  // Between looking for a free port and using it, somebody else may take it.
  for (int attempt = 1; pid_ < 0; ++attempt) {
    port_ = FreePort();
    try {
      Start({});
    } catch (const std::runtime_error&) {
      if (attempt < kStartAttempts) continue;
      std::filesystem::remove_all(folder_);
      throw;
    }
  }
}

RedisServer::~RedisServer() {
  Kill();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string RedisServer::url() const { return "redis://127.0.0.1:" + std::to_string(port_); }

std::string RedisServer::unix_socket() const { return folder_ / "redis.sock"; }

void RedisServer::Kill() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

void RedisServer::Restart(const std::vector<std::string>& more_arguments) {
  Kill();
  Start(more_arguments);
}

void RedisServer::Pause() { kill(pid_, SIGSTOP); }

void RedisServer::Resume() { kill(pid_, SIGCONT); }

void RedisServer::LogInAs(std::string user, std::string password) {
  user_ = std::move(user);
  password_ = std::move(password);
}

std::vector<std::string> RedisServer::List(const std::vector<std::string>& arguments) {
  const Context context = Connect(unix_socket());
  if (!context || context->err) throw std::runtime_error("cannot reach the Redis server");
  if (!user_.empty()) Run(*context, {"AUTH", user_, password_});
  const Reply reply = Run(*context, arguments);
  if (!reply) throw std::runtime_error(std::string{"Redis server: "} + context->errstr);
  std::vector<std::string> elements;
  Flatten(*reply, elements);
  return elements;
}

std::string RedisServer::Command(const std::vector<std::string>& arguments) {
  std::string text;
  for (const std::string& element : List(arguments)) {
    if (!text.empty()) text += '\n';
    text += element;
  }
  return text;
}

void RedisServer::Start(const std::vector<std::string>& more_arguments) {
  const std::string log = folder_ / "redis.log";
  std::vector<std::string> words = {"redis-server",
                                    "--port",
                                    std::to_string(port_),
                                    "--bind",
                                    "127.0.0.1",
                                    "--unixsocket",
                                    unix_socket(),
                                    "--dir",
                                    folder_,
                                    "--save",
                                    "",
                                    "--appendonly",
                                    "no",
                                    "--daemonize",
                                    "no",
                                    "--logfile",
                                    log};
  words.insert(words.end(), arguments_.begin(), arguments_.end());
  words.insert(words.end(), more_arguments.begin(), more_arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error(std::string{"fork: "} + std::strerror(errno));
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    execvp(argv.front(), argv.data());
    _exit(127);
  }
  pid_ = child;
  if (WaitUntilItAnswers()) return;
  Kill();
  throw std::runtime_error("redis-server does not start:\n" + ReadFile(log));
}

bool RedisServer::WaitUntilItAnswers() {
  const auto deadline = std::chrono::steady_clock::now() + kStartTimeout;
  while (std::chrono::steady_clock::now() < deadline) {
    const Context context = Connect(unix_socket());
    // An error will do: it may be loading its data, or ask for a password.
    if (context && !context->err && Run(*context, {"PING"})) return true;
    if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
      pid_ = -1;
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  return false;
}

}  // namespace feedmux::testing
