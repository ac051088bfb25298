#pragma once

#include <optional>     // optional
#include <span>         // span
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::dashboard {

struct Services;
struct Call;

/// Who may use a route.
enum class Access {
  Everybody,
  LoggedIn,  ///< whatever the role
  Viewer,    ///< viewer, super and admin
  Act,       ///< super and admin; with a session also the CSRF token
};

struct Route {
  std::string_view method;   ///< GET (and HEAD with it) or POST
  std::string_view pattern;  ///< "/api/admin/symbols/{symbol}"; a last "*" is one segment or more
  Access access;
  bool needs_csrf_token;  ///< of a session
  void (*handle)(Services&, Call&);
};

/// All that the server answers, but for the WebSocket.
std::span<const Route> Routes();

/// What stood for the {…} of the pattern, and for a last *; nothing if the path is another.
std::optional<std::vector<std::string>> MatchPath(std::string_view pattern,
                                                  const std::vector<std::string>& segments);

}  // namespace feedmux::dashboard
