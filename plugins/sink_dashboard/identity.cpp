#include "sink_dashboard/identity.hpp"

#include <algorithm>  // find_if
#include <utility>    // move

#include "sink_dashboard/private_file.hpp"
#include "sink_dashboard/request_parts.hpp"

namespace feedmux::dashboard {
namespace {

template <typename Call>
auto Readable(Call call) {
  try {
    return call();
  } catch (const std::runtime_error& error) {
    throw AccountsUnreadable(error.what());
  }
}

}  // namespace

Identity::Identity(Host& host, SessionCookie cookie, std::filesystem::path users_file,
                   std::filesystem::path sessions_file, std::chrono::nanoseconds idle_timeout,
                   std::chrono::nanoseconds lifetime)
    : host_(host),
      cookie_(std::move(cookie)),
      accounts_(std::move(users_file)),
      sessions_file_(std::move(sessions_file)),
      sessions_(idle_timeout, lifetime) {
  try {
    if (const auto text = ReadPrivateFile(sessions_file_)) sessions_.Restore(*text, NowNs());
  } catch (const std::runtime_error& error) {
    host_.log().Warning(std::string{"everybody has to log in anew: "} + error.what());
  }
}

std::optional<Caller> Identity::Identify(const webserver::Request& request) {
  const bool is_background = request.Header("x-feedmux-background") == "1";
  return Find(request, is_background ? Use::Background : Use::ByTheUser);
}

std::optional<Caller> Identity::IdentifyViewer(const webserver::Request& request) {
  return Find(request, Use::Background);
}

std::optional<Caller> Identity::Find(const webserver::Request& request, Use use) {
  const auto authorization = request.Header("authorization");
  if (!authorization.empty()) return ByToken(BearerToken(authorization));
  return BySession(CookieValue(request.Header("cookie"), cookie_.name()), use);
}

std::optional<Caller> Identity::ByToken(std::string_view token) {
  if (token.empty()) return std::nullopt;
  const auto account = Readable([&] { return accounts_.CheckToken(token); });
  if (!account) return std::nullopt;
  Caller caller;
  caller.name = account->name;
  caller.role = account->role;
  for (const accounts::Token& known : Readable([&] { return accounts_.Tokens(); })) {
    if (known.name == caller.name) caller.token_created = known.created;
  }
  return caller;
}

std::optional<Caller> Identity::BySession(std::string_view cookie, Use use) {
  const auto key = sessions_.KeyOf(cookie, NowNs());
  if (!key) return std::nullopt;
  const Session* const session = sessions_.Find(*key, NowNs());
  const auto account = Readable([&] { return accounts_.Find(session->user); });
  if (!account || account->generation != session->generation) {
    EndSession(*key);
    return std::nullopt;
  }
  if (use == Use::ByTheUser) {
    sessions_.Touch(*key, NowNs());
    is_unsaved_ = true;
  }
  Caller caller;
  caller.name = account->name;
  caller.role = account->role;
  caller.session_key = *key;
  caller.csrf_token = Sessions::CsrfToken(cookie);
  return caller;
}

std::optional<Ending> Identity::WhyOver(const Caller& caller) {
  if (caller.session_key.empty()) {
    const auto tokens = Readable([&] { return accounts_.Tokens(); });
    const auto token = std::find_if(tokens.begin(), tokens.end(), [&](const auto& known) {
      return known.name == caller.name && known.created == caller.token_created;
    });
    if (token == tokens.end()) return Ending{kLoginNeeded, "the token was revoked"};
    if (token->role < accounts::Role::Viewer)
      return Ending{kForbidden, "the token's role may not see this any more"};
    return std::nullopt;
  }
  const Session* const session = sessions_.Find(caller.session_key, NowNs());
  if (session == nullptr) return Ending{kLoginNeeded, "the session has ended"};
  const auto account = Readable([&] { return accounts_.Find(session->user); });
  if (!account) return Ending{kLoginNeeded, "the user was removed"};
  if (account->generation != session->generation)
    return Ending{kLoginNeeded, "the password was changed"};
  if (account->role < accounts::Role::Viewer)
    return Ending{kForbidden, "the user's role may not see this any more"};
  return std::nullopt;
}

std::string Identity::BeginSession(const accounts::Account& account) {
  std::string cookie = sessions_.Begin(account.name, account.generation, NowNs());
  Save();
  return cookie;
}

void Identity::EndSession(const std::string& session_key) {
  sessions_.End(session_key);
  Save();
}

const Session* Identity::FindSession(const std::string& session_key) {
  return sessions_.Find(session_key, NowNs());
}

void Identity::Save() {
  is_unsaved_ = false;
  try {
    ReplacePrivateFile(sessions_file_, sessions_.Serialize());
  } catch (const std::exception& error) {
    host_.log().Warning(std::string{"sessions are not kept over a restart: "} + error.what());
  }
}

}  // namespace feedmux::dashboard
