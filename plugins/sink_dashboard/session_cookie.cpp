#include "sink_dashboard/session_cookie.hpp"

namespace feedmux::dashboard {

SessionCookie::SessionCookie(std::uint16_t port, bool is_secure)
    : name_((is_secure ? "__Host-feedmux_session_" : "feedmux_session_") + std::to_string(port)),
      attributes_(std::string{"; Path=/; HttpOnly; SameSite=Strict"} +
                  (is_secure ? "; Secure" : "")) {}

std::string SessionCookie::Setting(const std::string& value) const {
  return name_ + '=' + value + attributes_;
}

std::string SessionCookie::Removing() const { return Setting("") + "; Max-Age=0"; }

}  // namespace feedmux::dashboard
