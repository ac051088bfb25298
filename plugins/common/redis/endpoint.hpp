#pragma once

#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::redis {

/// Where a Redis server is, and as whom to talk to it.
struct Endpoint {
  std::string host;  ///< unused with unix_socket
  int port = 6379;
  std::string unix_socket;  ///< path; empty: host and port
  std::string username;     ///< empty: the default user
  std::string password;     ///< empty: no authentication
  int database = 0;

  /// For messages, without user and password: "redis://127.0.0.1:6379/2".
  std::string Display() const;
};

/// Reads redis://[user:password@]host[:port][/database] and unix://[user:password@]/path[?db=N].
/// User and password may be percent-encoded. Throws OptionError for the option "url"; its text
/// never repeats the url, which may hold a password.
Endpoint ParseUrl(std::string_view url);

}  // namespace feedmux::redis
