#pragma once

#include <cstdint>  // uint16_t
#include <string>   // string

namespace feedmux::dashboard {

/// The cookie that a browser keeps a session in. Browsers send a host's cookies to all of its
/// ports, so its name has the port in it: two engines on one host do not log each other's users
/// out.
class SessionCookie {
 public:
  /// Over TLS the name has the prefix __Host-: nothing that is not this host, over TLS, can set it.
  SessionCookie(std::uint16_t port, bool is_secure);

  const std::string& name() const { return name_; }

  /// The values of Set-Cookie that keep it, and that remove it.
  std::string Setting(const std::string& value) const;
  std::string Removing() const;

 private:
  const std::string name_;
  const std::string attributes_;
};

}  // namespace feedmux::dashboard
