#pragma once

#include <sys/types.h>  // pid_t

#include <cstdint>      // uint16_t
#include <filesystem>   // path
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::testing {

/// A real redis-server in a child process of its own: on a free loopback port and a Unix socket,
/// with a folder for its files that goes with it. Throws std::runtime_error if it cannot be had.
///
/// It dies with the thread that started it, so that an aborted test leaves none behind: start it
/// (and Restart it) in a thread that outlives its use.
class RedisServer {
 public:
  /// Starts it and waits until it answers. `arguments` as on its command line:
  /// {"--maxmemory", "10mb"}. It saves nothing unless they say so.
  explicit RedisServer(std::vector<std::string> arguments = {});
  ~RedisServer();

  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url() const;          ///< redis://127.0.0.1:PORT
  std::string unix_socket() const;  ///< path
  pid_t pid() const { return pid_; }

  /// SIGKILL, as a crash. Does nothing if it is not running.
  void Kill();

  /// Kills it if it runs, and starts it on the same port with the same files and arguments, and
  /// these beside them.
  void Restart(const std::vector<std::string>& more_arguments = {});

  /// SIGSTOP: its sockets stay open, and it does not answer.
  void Pause();
  void Resume();

  /// Runs a command on a connection of its own. A string's text, a number in decimal, an error's
  /// text, the elements of an array (nested ones flat) one a line; empty for nil. Throws
  /// std::runtime_error if it cannot be reached.
  std::string Command(const std::vector<std::string>& arguments);

  /// The elements of an array reply, nested ones flat.
  std::vector<std::string> List(const std::vector<std::string>& arguments);

  /// User and password of Command and List; for a server that asks for them.
  void LogInAs(std::string user, std::string password);

 private:
  void Start(const std::vector<std::string>& more_arguments);
  bool WaitUntilItAnswers();

  const std::vector<std::string> arguments_;
  const std::filesystem::path folder_;
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
  std::string user_;
  std::string password_;
};

}  // namespace feedmux::testing
