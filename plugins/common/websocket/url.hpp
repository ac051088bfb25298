#pragma once

#include <cstdint>      // uint16_t
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::websocket {

/// Where a WebSocket server is.
struct Url {
  bool secure = false;  ///< wss
  std::string host;     ///< name or address, IPv6 without brackets
  std::uint16_t port = 0;
  std::string resource;  ///< path and query, starts with '/'

  /// For messages: without the query, which may hold a secret.
  std::string ForPeople() const;

  /// "host:port", an IPv6 address in brackets.
  std::string HostAndPort() const;
};

/// Reads ws://host[:port][/path][?query] or the same with wss; a fragment or a user name is
/// refused. False, with what would be valid in `expected`, if it is no such thing.
bool ParseUrl(std::string_view text, Url& url, std::string& expected);

}  // namespace feedmux::websocket
