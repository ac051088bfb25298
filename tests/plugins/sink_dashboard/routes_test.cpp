#include <iomanip>   // setw
#include <iostream>  // cout
#include <map>       // map
#include <set>       // set
#include <sstream>   // ostringstream

#include "dashboard_fixture.hpp"
#include "sink_dashboard/routes.hpp"

namespace feedmux::dashboard {
namespace {

/// What each may expect of a route. Nobody is somebody without session or token.
struct Expected {
  std::string method;
  std::string pattern;
  std::string target;
  Json body;
  int nobody, user, viewer, super, admin;
};

std::vector<Expected> ExpectedAnswers() {
  const Json none;
  const Json tickers = {{"tickers", {"IBM"}}};
  const Json login = {{"user", "viewer"}, {"password", kPassword}};
  return {
      {"GET", "/", "/", none, 302, 302, 302, 302, 302},
      {"GET", "/admin", "/admin", none, 200, 403, 200, 200, 200},
      {"GET", "/admin/websockets", "/admin/websockets", none, 200, 403, 200, 200, 200},
      {"GET", "/login", "/login", none, 200, 403, 200, 200, 200},
      {"GET", "/favicon.ico", "/favicon.ico", none, 204, 204, 204, 204, 204},
      {"GET", "/assets/*", "/assets/none.js", none, 404, 404, 404, 404, 404},
      {"GET", "/healthz", "/healthz", none, 200, 200, 200, 200, 200},
      {"GET", "/readyz", "/readyz", none, 200, 200, 200, 200, 200},
      {"POST", "/api/login", "/api/login", login, 200, 200, 200, 200, 200},
      {"GET", "/api/session", "/api/session", none, 401, 200, 200, 200, 200},
      {"GET", "/api/openapi.json", "/api/openapi.json", none, 401, 403, 200, 200, 200},
      {"GET", "/api/admin/websocket-status", "/api/admin/websocket-status", none, 401, 403, 200,
       200, 200},
      {"GET", "/api/admin/health", "/api/admin/health", none, 401, 403, 200, 200, 200},
      {"GET", "/api/admin/ledger", "/api/admin/ledger", none, 401, 403, 200, 200, 200},
      {"GET", "/api/admin/sinks", "/api/admin/sinks", none, 401, 403, 200, 200, 200},
      {"GET", "/api/admin/universes", "/api/admin/universes", none, 401, 403, 200, 200, 200},
      {"GET", "/api/admin/gaps", "/api/admin/gaps", none, 401, 403, 200, 200, 200},
      {"GET", "/api/admin/events", "/api/admin/events?after=3", none, 401, 403, 200, 200, 200},
      {"GET", "/api/admin/plugins", "/api/admin/plugins", none, 401, 403, 200, 200, 200},
      {"GET", "/api/admin/connections/{connection_id}/tickers",
       "/api/admin/connections/connection_1/tickers", none, 401, 403, 200, 200, 200},
      {"GET", "/api/admin/symbols/{symbol}", "/api/admin/symbols/AAPL", none, 401, 403, 200, 200,
       200},
      {"GET", "/api/admin/rebalance", "/api/admin/rebalance", none, 401, 403, 200, 200, 200},
      {"GET", "/api/admin/audit", "/api/admin/audit", none, 401, 403, 403, 200, 200},
      {"POST", "/api/admin/subscribe", "/api/admin/subscribe", tickers, 401, 403, 403, 200, 200},
      {"POST", "/api/admin/unsubscribe", "/api/admin/unsubscribe", tickers, 401, 403, 403, 200,
       200},
      {"POST", "/api/admin/connections/{connection_id}/reconnect",
       "/api/admin/connections/connection_1/reconnect", none, 401, 403, 403, 200, 200},
      {"POST", "/api/admin/connections/{connection_id}/pause",
       "/api/admin/connections/connection_1/pause", none, 401, 403, 403, 200, 200},
      {"POST", "/api/admin/connections/{connection_id}/resume",
       "/api/admin/connections/connection_1/resume", none, 401, 403, 403, 200, 200},
      {"POST", "/api/admin/rebalance", "/api/admin/rebalance", none, 401, 403, 403, 200, 200},
      {"POST", "/api/admin/universes/refresh", "/api/admin/universes/refresh", none, 401, 403, 403,
       200, 200},
      {"POST", "/api/logout", "/api/logout", none, 401, 204, 204, 204, 204},
  };
}

class Routes_ : public DashboardTest {
 protected:
  int StatusOf(const Expected& expected, const Session& session) {
    return (expected.method == "GET" ? Get(expected.target, session)
                                     : Post(expected.target, session, expected.body))
        .status;
  }
};

TEST_F(Routes_, AnswerEachRoleAsTheyShould) {
  Start();
  std::ostringstream table;
  table << std::left << std::setw(58) << "route";
  for (const char* const role : {"nobody", "user", "viewer", "super", "admin"}) {
    table << std::setw(8) << role;
  }
  table << '\n';
  const std::map<std::string, Session> sessions = {{"nobody", {}},
                                                   {"user", LogIn("user")},
                                                   {"viewer", LogIn("viewer")},
                                                   {"super", LogIn("super")},
                                                   {"admin", LogIn("admin")}};
  for (const Expected& expected : ExpectedAnswers()) {
    table << std::left << std::setw(58) << expected.method + ' ' + expected.pattern;
    const auto check = [&](const std::string& role, int status) {
      // What ends a session gets one of its own.
      const bool ends_session =
          expected.pattern == "/api/logout" || expected.pattern == "/api/login";
      const bool takes_session = ends_session && role != "nobody";
      const int found = StatusOf(expected, takes_session ? LogIn(role) : sessions.at(role));
      EXPECT_EQ(found, status) << expected.method << ' ' << expected.target << " as " << role;
      table << std::setw(8) << found;
    };
    check("nobody", expected.nobody);
    check("user", expected.user);
    check("viewer", expected.viewer);
    check("super", expected.super);
    check("admin", expected.admin);
    table << '\n';
  }
  std::cout << table.str();
}

TEST_F(Routes_, AnswerTokensLikeTheRoleTheyHave) {
  Start();
  const std::map<std::string, Session> sessions = {{"user", WithToken(accounts::Role::User)},
                                                   {"viewer", WithToken(accounts::Role::Viewer)},
                                                   {"super", WithToken(accounts::Role::Super)},
                                                   {"admin", WithToken(accounts::Role::Admin)}};
  for (const Expected& expected : ExpectedAnswers()) {
    if (expected.pattern == "/api/logout") continue;  // there is no session to end
    EXPECT_EQ(StatusOf(expected, sessions.at("user")), expected.user) << expected.target;
    EXPECT_EQ(StatusOf(expected, sessions.at("viewer")), expected.viewer) << expected.target;
    EXPECT_EQ(StatusOf(expected, sessions.at("super")), expected.super) << expected.target;
    EXPECT_EQ(StatusOf(expected, sessions.at("admin")), expected.admin) << expected.target;
  }
}

TEST_F(Routes_, OpenTheLiveStreamToWhoMaySee) {
  Start();
  const auto answer_to = [this](const Session& session) {
    return testing::WebSocketPeer{sink_->port(), "/admin-ws", session.headers}.answer().status;
  };
  EXPECT_EQ(answer_to({}), 401);
  EXPECT_EQ(answer_to({.headers = {"Authorization: Bearer fmx_none"}, .csrf_token = ""}), 401);
  for (const auto& [role, status] :
       {std::pair{"user", 403}, {"viewer", 101}, {"super", 101}, {"admin", 101}}) {
    EXPECT_EQ(answer_to(LogIn(role)), status) << role;
    EXPECT_EQ(answer_to(WithToken(*accounts::RoleFromName(role))), status) << "token of " << role;
  }
}

TEST_F(Routes_, AreAllInTheTableOfThisTest) {
  std::set<std::string> expected, found;
  for (const Expected& route : ExpectedAnswers()) expected.insert(route.method + route.pattern);
  for (const Route& route : Routes()) {
    found.insert(std::string{route.method} + std::string{route.pattern});
  }
  EXPECT_EQ(found, expected);
}

TEST_F(Routes_, NeedTheCsrfTokenOfASessionForWhatChangesSomething) {
  Start();
  for (const Expected& expected : ExpectedAnswers()) {
    if (expected.method == "GET" || expected.pattern == "/api/login") continue;
    Session session = LogIn("admin");
    session.csrf_token = LogIn("super").csrf_token;  // another session's
    EXPECT_EQ(StatusOf(expected, session), 403) << expected.target;
    session.csrf_token = "";
    EXPECT_EQ(StatusOf(expected, session), 403) << expected.target;
  }
  EXPECT_THAT(host_.control().Changes(), ::testing::IsEmpty());
}

TEST_F(Routes_, AnswerAnotherMethodWith405) {
  Start();
  const auto answer = testing::HttpClient{sink_->port()}.Ask("DELETE", "/api/admin/rebalance");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.Header("allow"), "GET, HEAD, POST");
}

TEST_F(Routes_, AnswerAnUnknownPathWith404) {
  Start();
  EXPECT_EQ(Get("/api/admin/nothing", LogIn("admin")).status, 404);
  EXPECT_EQ(Get("/admin/nothing/", {}).status, 404);
}

TEST_F(Routes_, AreFoundWithASlashTooMany) {
  Start();
  const auto answer = Get("/admin/websockets/?theme=dark");
  EXPECT_EQ(answer.status, 302);
  EXPECT_EQ(answer.Header("location"), "/admin/websockets?theme=dark");
  EXPECT_EQ(Get("/admin/").Header("location"), "/admin");
  EXPECT_EQ(Get("//evil.example/").status, 404) << "nobody is sent elsewhere";
  EXPECT_EQ(Post("/api/login/", {}).status, 404);
}

TEST_F(Routes_, LeadNowhereElse) {
  Start();
  for (const char* const target :
       {"/assets/../users.json", "/assets/%2e%2e/users.json", "/assets/..%2fusers.json",
        "/assets//etc/passwd", "/assets/%2fetc%2fpasswd", "/../../../etc/passwd",
        "/admin/websockets/../../etc/passwd", "/assets/index.html%00.js", "/assets/"}) {
    const auto answer = Get(target);
    EXPECT_TRUE(answer.status == 404 || answer.status == 400) << target << ' ' << answer.status;
    EXPECT_THAT(answer.body, Not(::testing::HasSubstr("root:"))) << target;
  }
}

TEST_F(Routes_, CarryTheSecurityHeaders) {
  Start();
  for (const char* const target : {"/admin/websockets", "/api/session", "/nothing", "/healthz"}) {
    const auto answer = Get(target);
    EXPECT_EQ(answer.Header("content-security-policy"),
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
              "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
              "frame-ancestors 'none'");
    EXPECT_EQ(answer.Header("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.Header("referrer-policy"), "no-referrer");
    EXPECT_EQ(answer.Header("strict-transport-security"), "") << "only over TLS";
  }
  EXPECT_EQ(Get("/api/session").Header("cache-control"), "no-store");
}

}  // namespace
}  // namespace feedmux::dashboard
