#pragma once

#include <cstdint>      // uint16_t
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::net {

/// Where a server is, and what to ask it for.
struct Url {
  std::string scheme;   ///< "https"
  bool secure = false;  ///< the scheme is the one with TLS
  std::string host;     ///< name or address, lower case, IPv6 without brackets
  std::uint16_t port = 0;
  std::string resource;  ///< path and query, starts with '/'

  /// For messages: without the query, which may hold a secret.
  std::string ForPeople() const;

  /// "host:port", an IPv6 address in brackets.
  std::string HostAndPort() const;
};

/// A protocol's two schemes, and an example for messages.
struct Schemes {
  std::string_view plain;
  std::string_view secure;
  std::string_view example;
};

/// Reads SCHEME://host[:port][/path][?query]; a fragment or a user name is refused. False, with
/// what would be valid in `expected`, if it is no such thing.
bool ParseUrl(std::string_view text, const Schemes& schemes, Url& url, std::string& expected);

}  // namespace feedmux::net
