#pragma once

#include <chrono>      // sys_seconds
#include <cstdint>     // uint64_t
#include <filesystem>  // path
#include <optional>    // optional
#include <stdexcept>   // runtime_error
#include <string>      // string

#include "feedmux/accounts/accounts.hpp"
#include "feedmux/host.hpp"
#include "sink_dashboard/session_cookie.hpp"
#include "sink_dashboard/sessions.hpp"
#include "webserver/messages.hpp"

namespace feedmux::dashboard {

/// Who asks.
struct Caller {
  std::string name;
  accounts::Role role = accounts::Role::User;

  std::string session_key;  ///< empty: not by a session, but by a token
  std::string csrf_token;   ///< of the session
  std::chrono::sys_seconds token_created{};

  /// As logs call it; a token may have the name of a user.
  std::string Subject() const { return session_key.empty() ? "token:" + name : name; }
};

/// Close codes of the live WebSocket, beside those of RFC 6455.
inline constexpr int kLoginNeeded = 4401;
inline constexpr int kForbidden = 4403;

/// How a live WebSocket ends whose owner may see no more.
struct Ending {
  int close_code = kLoginNeeded;
  std::string reason;
};

/// The users file cannot be read: nobody can be let in.
class AccountsUnreadable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Who somebody is, looked up anew each time: a user who is removed or gets another role has it
/// from the next request on. Keeps the sessions, in memory and in a file.
///
/// Calls throw AccountsUnreadable. Thread: the server's, but for what is said otherwise.
class Identity {
 public:
  Identity(Host& host, SessionCookie cookie, std::filesystem::path users_file,
           std::filesystem::path sessions_file, std::chrono::nanoseconds idle_timeout,
           std::chrono::nanoseconds lifetime);

  accounts::Accounts& accounts() { return accounts_; }
  const SessionCookie& cookie() const { return cookie_; }

  /// By a bearer token, or else by the session's cookie, whose idle time then begins anew. What the
  /// page asks for by itself has the header X-Feedmux-Background: 1 and is no use of the session.
  std::optional<Caller> Identify(const webserver::Request& request);

  /// The same for a WebSocket, which the page opens by itself whenever it has none.
  std::optional<Caller> IdentifyViewer(const webserver::Request& request);

  /// Why the caller may see no more; nothing if he may. The session's idle time goes on.
  std::optional<Ending> WhyOver(const Caller& caller);

  /// Returns the cookie's value.
  std::string BeginSession(const accounts::Account& account);
  void EndSession(const std::string& session_key);

  /// Null if it is over.
  const Session* FindSession(const std::string& session_key);
  const Sessions& sessions() const { return sessions_; }

  /// Whether something has changed that the file does not have.
  bool is_unsaved() const { return is_unsaved_; }

  /// What fails is logged: sessions then end with the process.
  void Save();

 private:
  enum class Use { ByTheUser, Background };

  std::optional<Caller> Find(const webserver::Request& request, Use use);
  std::optional<Caller> ByToken(std::string_view token);
  std::optional<Caller> BySession(std::string_view cookie, Use use);
  std::int64_t NowNs() const { return host_.clock().UtcNs(); }

  Host& host_;
  const SessionCookie cookie_;
  accounts::Accounts accounts_;
  const std::filesystem::path sessions_file_;
  Sessions sessions_;
  bool is_unsaved_ = false;
};

}  // namespace feedmux::dashboard
