#pragma once

#include <span>         // span
#include <string_view>  // string_view

namespace feedmux::dashboard {

struct Services;
struct Call;

/// Who may use a route.
enum class Access {
  Everybody,
  LoggedIn,  ///< whatever the role
  Viewer,    ///< viewer, super and admin
  Act,       ///< super and admin
};

struct Route {
  std::string_view method;   ///< GET (and HEAD with it) or POST
  std::string_view pattern;  ///< "/api/admin/symbols/{symbol}"; a last "*" is one segment or more
  Access access;

  /// What the audit log calls it, if it is an action; a session then needs its CSRF token.
  std::string_view action;
  void (*handle)(Services&, Call&);
};

/// All that the server answers, but for the WebSocket.
std::span<const Route> Routes();

}  // namespace feedmux::dashboard
