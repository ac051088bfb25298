#pragma once

#include <map>          // map
#include <optional>     // optional
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::dashboard {

/// A request's target, taken apart and with its escapes replaced.
struct Target {
  std::vector<std::string> segments;         ///< "/api/session": api, session; "/": none
  std::map<std::string, std::string> query;  ///< of a name that comes twice, the first
};

/// Nothing if it is no target: no / in front, a broken escape, an escaped control character, text
/// that is no UTF-8.
std::optional<Target> ParseTarget(std::string_view target);

/// The value of the cookie in a Cookie header, or empty.
std::string_view CookieValue(std::string_view header, std::string_view name);

/// "fmx_…" of "Bearer fmx_…"; empty if it is something else.
std::string_view BearerToken(std::string_view authorization);

/// The host of a Host header in lower case, without its port; of an IPv6 address with brackets.
std::string HostName(std::string_view host_header);

/// Whether an Origin header names the host that a Host header names. If the request `is_secure`, so
/// must be the origin; else it may be so too: a proxy does TLS then.
bool IsSameOrigin(std::string_view origin, std::string_view host_header, bool is_secure);

}  // namespace feedmux::dashboard
