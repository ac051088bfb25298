#include "sink_dashboard/dashboard.hpp"

#include <algorithm>  // any_of, find, min
#include <optional>   // optional
#include <utility>    // move

#include "sink_dashboard/call.hpp"
#include "sink_dashboard/client_address.hpp"
#include "sink_dashboard/crypto.hpp"
#include "sink_dashboard/match_path.hpp"

namespace feedmux::dashboard {
namespace {

constexpr const char* kSocketPath = "/admin-ws";
constexpr std::chrono::seconds kSaveSessionsAfter{60};
constexpr std::chrono::seconds kWatchEvery{1};

constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
    "'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

bool IsAllowed(Access access, accounts::Role role) {
  switch (access) {
    case Access::Everybody:
    case Access::LoggedIn:
      return true;
    case Access::Viewer:
      return role >= accounts::Role::Viewer;
    case Access::Act:
      return role >= accounts::Role::Super;
  }
  return false;
}

Problem NotLoggedIn() {
  return Problem(401, "log in first, or give an API token", {{"www-authenticate", "Bearer"}});
}

Problem NotForRole(const Caller& caller, const char* what, const char* needed) {
  return Problem(403, std::string{"the role "} + std::string{accounts::Name(caller.role)} +
                          " may not " + what + "; it takes " + needed);
}

void CheckRole(Access access, const Caller& caller) {
  if (IsAllowed(access, caller.role)) return;
  if (access == Access::Act) throw NotForRole(caller, "do this", "super or admin");
  throw NotForRole(caller, "see this", "viewer, super or admin");
}

/// Where it leads if somebody has typed a / too many at the end of a path; nothing if nowhere.
std::optional<std::string> WithoutLastSlash(const webserver::Request& request,
                                            const Target& target) {
  auto segments = target.segments;
  if (request.method != "GET" || segments.empty() || !segments.back().empty()) return std::nullopt;
  segments.pop_back();
  const auto routes = Routes();
  const bool is_route = std::any_of(routes.begin(), routes.end(), [&](const Route& route) {
    return route.method == "GET" && MatchPath(route.pattern, segments);
  });
  if (!is_route) return std::nullopt;
  std::string location = request.target;
  location.erase(std::min(location.find('?'), location.size()) - 1, 1);
  return location;
}

/// Whether he may use the route, and meant to.
void CheckCaller(const Route& route, const Caller& caller, const webserver::Request& request) {
  CheckRole(route.access, caller);
  const bool has_session = !caller.session_key.empty();
  if (!route.action.empty() && has_session &&
      !IsSameSecret(request.Header("x-csrf-token"), caller.csrf_token)) {
    throw Problem(403, "the header X-CSRF-Token must be the csrf_token of /api/session");
  }
}

}  // namespace

webserver::Headers SecurityHeaders(bool is_secure) {
  webserver::Headers headers = {{"content-security-policy", kContentSecurityPolicy},
                                {"x-content-type-options", "nosniff"},
                                {"x-frame-options", "DENY"},
                                {"referrer-policy", "no-referrer"},
                                {"cross-origin-opener-policy", "same-origin"},
                                {"cross-origin-resource-policy", "same-origin"}};
  if (is_secure) headers.emplace_back("strict-transport-security", "max-age=31536000");
  return headers;
}

template <typename Work>
void Dashboard::Guarded(Work work, const webserver::Reply& reply) {
  try {
    work();
  } catch (const Problem& problem) {
    reply(ProblemResponse(problem));
  } catch (const ControlError& error) {
    reply(ProblemResponse({409, error.what()}));
  } catch (const AccountsUnreadable& error) {
    services_.users_file_trouble.Log(error.what());
    reply(ProblemResponse(UsersFileTrouble::ForClient()));
  }
}

void Dashboard::OnRequest(const webserver::Request& request, const webserver::Reply& reply) {
  Guarded([&] { Dispatch(request, reply); }, reply);
  SaveSessionsLater();
}

void Dashboard::Dispatch(const webserver::Request& request, const webserver::Reply& reply) {
  CheckHost(request);
  const auto target = ParseTarget(request.target);
  if (!target) throw Problem(400, "the request's path or query is malformed");
  std::string allowed;
  for (const Route& route : Routes()) {
    auto captured = MatchPath(route.pattern, target->segments);
    if (!captured) continue;
    if (route.method == request.method) {
      return Answer(route, std::move(*captured), *target, request, reply);
    }
    allowed += (allowed.empty() ? "" : ", ") +
               std::string{route.method == "GET" ? "GET, HEAD" : route.method};
  }
  if (const auto location = WithoutLastSlash(request, *target)) return reply(Redirect(*location));
  if (allowed.empty()) throw Problem(404, "there is nothing at this path");
  throw Problem(405, "this path answers " + allowed, {{"allow", allowed}});
}

void Dashboard::Answer(const Route& route, std::vector<std::string> captured, const Target& target,
                       const webserver::Request& request, const webserver::Reply& reply) {
  std::optional<Caller> caller;
  if (route.access != Access::Everybody) {
    caller = services_.identity.Identify(request);
    if (!caller) throw NotLoggedIn();
  }
  const std::string address = ClientAddress(request.peer, request.Header("x-forwarded-for"),
                                            services_.settings.trusted_proxies);
  const std::string subject = captured.empty() ? std::string{} : captured.front();
  try {
    Call call{.request = request,
              .target = target,
              .captured = std::move(captured),
              .caller = caller,
              .address = address,
              .action = route.action,
              .body = nlohmann::ordered_json::object(),
              .reply = reply};
    if (route.method != "GET") CheckOrigin(request);
    if (caller) CheckCaller(route, *caller, request);
    if (route.method != "GET") call.body = ReadBody(request);
    route.handle(services_, call);
  } catch (const Problem& problem) {
    // What the engine itself refuses is no Problem, and written down where it is asked.
    if (caller && !route.action.empty()) {
      services_.audit.Write({.user = caller->Subject(),
                             .address = address,
                             .action = std::string{route.action},
                             .target = subject,
                             .result = std::string{"refused: "} + problem.what()});
    }
    throw;
  }
}

std::shared_ptr<webserver::Listener> Dashboard::OnUpgrade(const webserver::Request& request,
                                                          webserver::Response& refusal) {
  std::shared_ptr<webserver::Listener> listener;
  Guarded(
      [&] {
        CheckHost(request);
        const auto path = std::string_view{request.target}.substr(0, request.target.find('?'));
        if (path != kSocketPath) throw Problem(404, "the WebSocket is at /admin-ws");
        CheckOrigin(request);
        const auto caller = services_.identity.IdentifyViewer(request);
        if (!caller) throw NotLoggedIn();
        CheckRole(Access::Viewer, *caller);
        listener = services_.live.Welcome(*caller);
      },
      [&](webserver::Response response) { refusal = std::move(response); });
  SaveSessionsLater();
  return listener;
}

void Dashboard::OnError(const std::string& what) { services_.host.log().Error(what); }

void Dashboard::CheckHost(const webserver::Request& request) const {
  const auto& allowed = services_.settings.allowed_hosts;
  const std::string host = HostName(request.Header("host"));
  if (allowed.empty() || std::find(allowed.begin(), allowed.end(), host) != allowed.end()) return;
  throw Problem(403, "this dashboard is not called '" + host +
                         "'; names it may be called by are in its option allowed_hosts");
}

void Dashboard::CheckOrigin(const webserver::Request& request) const {
  const auto origin = request.Header("origin");
  const bool is_secure = services_.settings.is_secure();
  if (origin.empty() || IsSameOrigin(origin, request.Header("host"), is_secure)) return;
  throw Problem(403, "requests from pages of another origin are refused");
}

void Dashboard::KeepWatch() {
  services_.judge.Judge(services_.host.ReadHealth(), services_.host.clock().UtcNs());
  RenewTls();
  services_.server.After(kWatchEvery, [this] { KeepWatch(); });
}

void Dashboard::RenewTls() {
  try {
    if (services_.server.RenewTls()) services_.host.log().Info("the TLS certificate was renewed");
  } catch (const std::runtime_error& error) {
    services_.host.log().Error(std::string{"the renewed TLS certificate is not taken, the old one "
                                           "stays in use: "} +
                               error.what());
  }
}

void Dashboard::SaveSessionsLater() {
  if (is_saving_later_ || !services_.identity.is_unsaved()) return;
  is_saving_later_ = true;
  services_.server.After(kSaveSessionsAfter, [this] {
    is_saving_later_ = false;
    if (services_.identity.is_unsaved()) services_.identity.Save();
  });
}

}  // namespace feedmux::dashboard
