#include <chrono>   // ceil, seconds
#include <memory>   // make_shared
#include <utility>  // move

#include "feedmux/accounts/password.hpp"
#include "sink_dashboard/call.hpp"
#include "sink_dashboard/handlers.hpp"
#include "sink_dashboard/services.hpp"
#include "sink_dashboard/status_json.hpp"
#include "status_json/values.hpp"

namespace feedmux::dashboard {
namespace {

constexpr std::size_t kMostUserBytes = 64;

/// An attempt to log in, while its password is checked on another thread.
struct Attempt {
  std::string user;
  std::string password;
  std::string address;
  std::string former_session;  // key; empty: none
  webserver::Reply reply;

  std::optional<accounts::Account> account;
  std::string problem;  // why the password could not be checked
};

Problem TooManyAttempts(std::chrono::nanoseconds wait) {
  const auto seconds = std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count());
  return Problem(429, "too many failed log-ins; try again in " + seconds + " s",
                 {{"retry-after", seconds}});
}

/// What is written of a user's name that nobody has checked: it may be a password that went into
/// the wrong field.
std::string NameForAudit(Services& services, const std::string& user) {
  try {
    return services.identity.accounts().Find(user) ? user : "(unknown)";
  } catch (const std::exception&) {
    return "(unknown)";
  }
}

/// Attempts that are not even looked at cost whoever makes them nothing: they must not fill the
/// disk.
void WriteThrottled(Services& services, const Attempt& attempt, std::int64_t now_ns) {
  constexpr std::int64_t kEveryNs = 10'000'000'000;
  ThrottledLogIns& throttled = services.throttled;
  ++throttled.unwritten;
  if (throttled.written_ns != 0 && now_ns - throttled.written_ns < kEveryNs) return;
  throttled.written_ns = now_ns;
  services.audit.Write({.user = NameForAudit(services, attempt.user),
                        .address = attempt.address,
                        .action = "login",
                        .target = "",
                        .result = "too many attempts: " + std::to_string(throttled.unwritten) +
                                  " refused since the last such line"});
  throttled.unwritten = 0;
}

void Decide(Services& services, Attempt& attempt) {
  const auto audit = [&](const std::string& result) {
    services.audit.Write({.user = NameForAudit(services, attempt.user),
                          .address = attempt.address,
                          .action = "login",
                          .target = "",
                          .result = result});
  };
  if (!attempt.problem.empty()) {
    services.throttle.TakeBack(attempt.user, attempt.address);
    services.users_file_trouble.Log(attempt.problem);
    if (services.users_file_trouble.IsAuditDue()) audit("the users file cannot be read");
    return attempt.reply(ProblemResponse(UsersFileTrouble::ForClient()));
  }
  if (!attempt.account) {
    audit("wrong user or password");
    return attempt.reply(ProblemResponse({401, "the user or the password is wrong"}));
  }
  services.throttle.Succeeded(attempt.user, attempt.address);
  if (!attempt.former_session.empty()) services.identity.EndSession(attempt.former_session);
  const std::string cookie = services.identity.BeginSession(*attempt.account);
  audit("ok");
  webserver::Response response = JsonResponse({{"user", attempt.account->name},
                                               {"role", accounts::Name(attempt.account->role)},
                                               {"csrf_token", Sessions::CsrfToken(cookie)}});
  response.headers.emplace_back("set-cookie", services.identity.cookie().Setting(cookie));
  attempt.reply(std::move(response));
}

}  // namespace

void LogIn(Services& services, Call& call) {
  const auto attempt = std::make_shared<Attempt>();
  attempt->user = BodyText(call.body, "user", kMostUserBytes);
  attempt->password = BodyText(call.body, "password", accounts::kPasswordBytes);
  attempt->address = call.address;
  attempt->reply = call.reply;
  if (const auto former = services.identity.Identify(call.request)) {
    attempt->former_session = former->session_key;
  }
  const auto now_ns = services.host.clock().MonotonicNs();
  const auto wait = services.throttle.Begin(attempt->user, attempt->address, now_ns);
  if (wait.count() > 0) {
    WriteThrottled(services, *attempt, now_ns);
    throw TooManyAttempts(wait);
  }
  const bool is_queued = services.passwords.Post([&services, attempt] {
    try {
      attempt->account =
          services.identity.accounts().CheckPassword(attempt->user, attempt->password);
    } catch (const std::exception& error) {
      attempt->problem = error.what();
    }
    accounts::Wipe(attempt->password);
    services.server.Post([&services, attempt] { Decide(services, *attempt); });
  });
  if (!is_queued) {
    services.throttle.TakeBack(attempt->user, attempt->address);
    throw Problem(503, "too many people log in at once; try again in a moment",
                  {{"retry-after", "1"}});
  }
}

void LogOut(Services& services, Call& call) {
  const std::string& key = call.caller->session_key;
  if (key.empty()) {
    throw Problem(409,
                  "an API token is no session that could be ended; it is valid until it is "
                  "revoked with feedmux token revoke");
  }
  services.audit.Write({.user = call.caller->Subject(),
                        .address = call.address,
                        .action = std::string{call.action},
                        .target = "",
                        .result = "ok"});
  services.identity.EndSession(key);
  services.live.EndSession(key, "logged out");
  webserver::Response response;
  response.status = 204;
  response.headers = {{"cache-control", "no-store"},
                      {"set-cookie", services.identity.cookie().Removing()}};
  call.reply(std::move(response));
}

void ServeSession(Services& services, Call& call) {
  Json json = {{"user", call.caller->name},
               {"role", accounts::Name(call.caller->role)},
               {"csrf_token", call.caller->csrf_token},
               {"idle_expires", 0},
               {"expires", 0}};
  if (const Session* session = services.identity.FindSession(call.caller->session_key)) {
    const Sessions& sessions = services.identity.sessions();
    json["idle_expires"] = Seconds(sessions.IdleExpiry(*session));
    json["expires"] = Seconds(sessions.Expiry(*session));
  }
  call.reply(JsonResponse(json));
}

}  // namespace feedmux::dashboard
