#include <algorithm>  // count_if

#include "dashboard_fixture.hpp"
#include "loopback_listener.hpp"

namespace feedmux::dashboard {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LogInTest : public DashboardTest {
 protected:
  static constexpr const char* kSessionsFile = "sessions-127.0.0.1-0.json";  // of a free port

  int StatusOf(const Session& session) { return Get("/api/session", session).status; }

  /// Where a dashboard can listen again after a restart: sessions belong to its port.
  static std::string ToListenTwice() {
    const testing::LoopbackListener free;
    return "127.0.0.1:" + std::to_string(free.port());
  }
};

TEST_F(LogInTest, SetsACookieThatScriptsAndOtherSitesCannotUse) {
  Start();
  const auto answer = LogInAnswer("viewer", kPassword);
  EXPECT_THAT(answer.Header("set-cookie"),
              ::testing::MatchesRegex("feedmux_session_" + std::to_string(sink_->port()) +
                                      "=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict"));
  const Json body = Json::parse(answer.body);
  EXPECT_EQ(body.at("user"), "viewer");
  EXPECT_EQ(body.at("role"), "viewer");
}

TEST_F(LogInTest, TellsNobodyWhetherItWasTheUserOrThePassword) {
  Start();
  const auto wrong_password = LogInAnswer("viewer", "not the password");
  const auto wrong_user = LogInAnswer("nobody", "not the password");
  EXPECT_EQ(wrong_password.status, 401);
  EXPECT_EQ(wrong_user.status, 401);
  EXPECT_EQ(wrong_password.body, wrong_user.body);
}

TEST_F(LogInTest, RefusesWhatIsNoLogIn) {
  Start();
  const auto post = [&](const std::string& type, const std::string& body) {
    return testing::HttpClient{sink_->port()}
        .Ask("POST", "/api/login", {"Content-Type: " + type}, body)
        .status;
  };
  EXPECT_EQ(post("text/plain", R"({"user":"admin","password":"x"})"), 415);
  EXPECT_EQ(post("application/json", "{"), 400);
  EXPECT_EQ(post("application/json", "[]"), 400);
  EXPECT_EQ(post("application/json", R"({"user":"admin"})"), 400);
  EXPECT_EQ(post("application/json", R"({"user":1,"password":[]})"), 400);
  EXPECT_EQ(post("application/json", std::string(30'000, '[')), 400);
}

TEST_F(LogInTest, TellsWhenTheSessionEnds) {
  Start({{"idle_timeout", "10m"}, {"session_lifetime", "2h"}});
  const Json session = GetJson("/api/session", LogIn("viewer"));
  const double now = static_cast<double>(host_.clock().UtcNs()) / 1e9;
  EXPECT_NEAR(session.at("idle_expires").get<double>(), now + 600, 0.01);
  EXPECT_NEAR(session.at("expires").get<double>(), now + 7200, 0.01);
}

TEST_F(LogInTest, EndsWhenNothingIsAskedForForLong) {
  Start({{"idle_timeout", "10m"}});
  const Session session = LogIn("viewer");
  host_.manual_clock().Advance(minutes{9});
  EXPECT_EQ(StatusOf(session), 200);
  host_.manual_clock().Advance(minutes{9});
  EXPECT_EQ(StatusOf(session), 200) << "the last question began the time anew";
  host_.manual_clock().Advance(minutes{10});
  EXPECT_EQ(StatusOf(session), 401);
}

TEST_F(LogInTest, IsNotKeptAliveByWhatThePageAsksForByItself) {
  Start({{"idle_timeout", "10m"}});
  const Session session = LogIn("viewer");
  Session background = session;
  background.headers.push_back("X-Feedmux-Background: 1");
  const Json before = GetJson("/api/session", session);
  for (int i = 0; i < 9; ++i) {
    host_.manual_clock().Advance(minutes{1});
    EXPECT_EQ(GetJson("/api/session", background), before);
  }
  host_.manual_clock().Advance(minutes{1});
  EXPECT_EQ(StatusOf(background), 401);
  EXPECT_EQ(StatusOf(session), 401);
}

TEST_F(LogInTest, EndsAfterItsLifetimeHoweverBusy) {
  Start({{"idle_timeout", "30m"}, {"session_lifetime", "1h"}});
  const Session session = LogIn("viewer");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(StatusOf(session), 200);
    host_.manual_clock().Advance(minutes{12});
  }
  EXPECT_EQ(StatusOf(session), 401);
}

TEST_F(LogInTest, EndsWithTheLogOut) {
  Start();
  const Session session = LogIn("viewer");
  const auto answer = Post("/api/logout", session);
  EXPECT_EQ(answer.status, 204);
  EXPECT_THAT(answer.Header("set-cookie"), HasSubstr("=; Path=/; "));
  EXPECT_THAT(answer.Header("set-cookie"), HasSubstr("Max-Age=0"));
  EXPECT_EQ(StatusOf(session), 401);
}

TEST_F(LogInTest, CannotBeEndedWithATokenWhichIsNoSession) {
  Start();
  const Session token = WithToken(accounts::Role::Viewer);
  const auto answer = Post("/api/logout", token);
  EXPECT_EQ(answer.status, 409);
  EXPECT_THAT(answer.body, HasSubstr("an API token is no session"));
  EXPECT_EQ(StatusOf(token), 200);
}

TEST_F(LogInTest, EndsTheFormerSessionOfTheSameBrowser) {
  Start();
  const Session former = LogIn("viewer");
  EXPECT_EQ(LogInAnswer("viewer", kPassword, former.headers).status, 200);
  EXPECT_EQ(StatusOf(former), 401);
}

TEST_F(LogInTest, LeavesTheSessionWithAnotherEngineOfTheHostAlone) {
  Start();
  auto other = std::move(sink_);
  Start();
  const Session here = LogIn("viewer");
  std::swap(sink_, other);
  const Session there = LogIn("viewer");
  const auto name = [](const Session& session) {
    return session.headers[0].substr(0, session.headers[0].find('='));
  };
  EXPECT_NE(name(here), name(there)) << "or else a browser would have the second only";
  // Browsers send the cookies of one port to all of them.
  Session both{.headers = {here.headers[0], there.headers[0]}, .csrf_token = there.csrf_token};
  EXPECT_EQ(Post("/api/logout", both).status, 204);
  EXPECT_EQ(StatusOf(both), 401);
  std::swap(sink_, other);
  EXPECT_EQ(StatusOf(both), 200);
  other->Stop();
}

TEST_F(LogInTest, OutlastsARestart) {
  const std::string listen = ToListenTwice();
  Start({{"listen", listen}});
  const Session session = LogIn("viewer");
  Stop();
  Start({{"listen", listen}});
  EXPECT_EQ(StatusOf(session), 200);
  EXPECT_EQ(Post("/api/logout", session).status, 204) << "with the same CSRF token";
}

TEST_F(LogInTest, DoesNotOutlastARestartAfterItsTime) {
  const std::string listen = ToListenTwice();
  Start({{"listen", listen}, {"idle_timeout", "10m"}});
  const Session session = LogIn("viewer");
  Stop();
  host_.manual_clock().Advance(minutes{11});
  Start({{"listen", listen}, {"idle_timeout", "10m"}});
  EXPECT_EQ(StatusOf(session), 401);
}

TEST_F(LogInTest, IsKeptInAFileThatLetsNobodyIn) {
  Start();
  const Session session = LogIn("viewer");
  const std::string& header = session.headers.front();
  const std::string cookie = header.substr(header.find('=') + 1);
  EXPECT_EQ(cookie.size(), 64u);
  EXPECT_THAT(folder_.Read(kSessionsFile), HasSubstr("viewer"));
  EXPECT_THAT(folder_.Read(kSessionsFile), Not(HasSubstr(cookie)));
  EXPECT_THAT(folder_.Read(kSessionsFile), Not(HasSubstr(session.csrf_token)));
  const auto permissions = std::filesystem::status(folder_.path() / kSessionsFile).permissions();
  EXPECT_EQ(permissions, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(LogInTest, BeginsAnewWhereTheFileOfSessionsIsOfNoUse) {
  folder_.Write(kSessionsFile, "not JSON");
  Start();
  EXPECT_EQ(StatusOf(LogIn("viewer")), 200);
}

TEST_F(LogInTest, TakesNoFileOfSessionsThatOthersMayWrite) {
  const std::string listen = ToListenTwice();
  Start({{"listen", listen}});
  const Session session = LogIn("viewer");
  Stop();
  const std::string file = "sessions-127.0.0.1-" + listen.substr(listen.find(':') + 1) + ".json";
  std::filesystem::permissions(folder_.path() / file, std::filesystem::perms::all);
  host_.log().Expect("everybody has to log in anew");
  Start({{"listen", listen}});
  EXPECT_EQ(StatusOf(session), 401);
}

TEST_F(LogInTest, FollowsTheRoleFromOneRequestToTheNext) {
  Start();
  const Session session = LogIn("admin");
  EXPECT_EQ(Get("/api/admin/sinks", session).status, 200);
  users_.RemoveUser("admin");
  EXPECT_EQ(Get("/api/admin/sinks", session).status, 401);
  users_.AddUser("admin", accounts::Role::Viewer, kPassword);
  EXPECT_EQ(Get("/api/admin/sinks", session).status, 401) << "it is another user of that name";
}

TEST_F(LogInTest, EndsWhenThePasswordIsChanged) {
  Start();
  const Session session = LogIn("viewer");
  users_.SetPassword("viewer", "another password");
  EXPECT_EQ(StatusOf(session), 401);
}

TEST_F(LogInTest, LetsNobodyInWhileTheUsersFileIsUnreadable) {
  Start();
  const Session session = LogIn("admin");
  folder_.Write("users.json", "not JSON");
  host_.log().Expect("nobody is let in");
  EXPECT_EQ(StatusOf(session), 503);
  EXPECT_EQ(LogInAnswer("viewer", kPassword).status, 503);
  EXPECT_EQ(Get("/healthz").status, 200);
}

TEST_F(LogInTest, IsShownAndSaysWhyNotWhileTheUsersFileIsUnreadable) {
  Start();
  const Session session = LogIn("user");
  folder_.Write("users.json", "not JSON");
  host_.log().Expect("nobody is let in");
  const auto page = Get("/admin/websockets", session);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.Header("content-type"), HasSubstr("text/html"));
  for (const bool with_session : {true, false}) {
    const auto headers = with_session ? session.headers : std::vector<std::string>{};
    EXPECT_EQ(Json::parse(LogInAnswer("viewer", kPassword, headers).body).at("error"),
              "nobody can log in: the users file cannot be read; the log has more");
  }
}

TEST_F(LogInTest, ComplainsAboutTheUsersFileOnceAMinute) {
  Start();
  const Session session = LogIn("admin");
  folder_.Write("users.json", "not JSON");
  host_.log().Expect("nobody is let in");
  const auto ask = [&] {
    for (int i = 0; i < 3; ++i) {
      StatusOf(session);
      LogInAnswer("viewer", kPassword);
    }
  };
  const auto complaints = [&] {
    const auto lines = host_.log().Lines();
    return std::count_if(lines.begin(), lines.end(),
                         [](const auto& line) { return line.level >= LogLevel::Warning; });
  };
  ask();
  EXPECT_EQ(complaints(), 1);
  EXPECT_EQ(AuditEntries().size(), 2u) << "after the log-in of the begin";
  host_.manual_clock().Advance(minutes{1});
  ask();
  EXPECT_EQ(complaints(), 2);
}

TEST_F(LogInTest, RefusesARevokedToken) {
  Start();
  const Session token = WithToken(accounts::Role::Viewer);
  EXPECT_EQ(Get("/api/admin/sinks", token).status, 200);
  users_.RevokeToken("token-viewer");
  EXPECT_EQ(Get("/api/admin/sinks", token).status, 401);
}

TEST_F(LogInTest, DoesNotFallBackToTheCookieFromABadToken) {
  Start();
  Session session = LogIn("admin");
  session.headers.push_back("Authorization: Bearer fmx_nonsense");
  EXPECT_EQ(StatusOf(session), 401);
}

TEST_F(LogInTest, IsSlowedAfterFailures) {
  Start();
  int status = 401;
  for (int i = 0; i < 10 && status == 401; ++i) status = LogInAnswer("viewer", "wrong").status;
  const auto answer = LogInAnswer("viewer", kPassword);
  EXPECT_EQ(answer.status, 429) << "even with the right password";
  EXPECT_EQ(answer.Header("retry-after"), "1");
  host_.manual_clock().Advance(seconds{1});
  EXPECT_EQ(LogInAnswer("viewer", kPassword).status, 200);
}

TEST_F(LogInTest, IsSlowedByAddressToo) {
  Start();
  int status = 401;
  for (int i = 0; i < 10 && status == 401; ++i) {
    status = LogInAnswer("nobody" + std::to_string(i), "wrong").status;
  }
  EXPECT_EQ(status, 429);
  EXPECT_EQ(LogInAnswer("viewer", kPassword).status, 429);
}

TEST_F(LogInTest, IsNotSlowedByOthersBehindTheSameTrustedProxy) {
  Start({{"trusted_proxies", "127.0.0.1"}});
  const std::vector<std::string> attacker = {"X-Forwarded-For: 192.0.2.1, 198.51.100.6"};
  int status = 401;
  for (int i = 0; i < 10 && status == 401; ++i) {
    status = LogInAnswer("nobody" + std::to_string(i), "wrong", attacker).status;
  }
  EXPECT_EQ(status, 429);
  EXPECT_EQ(LogInAnswer("viewer", kPassword, {"X-Forwarded-For: 192.0.2.1"}).status, 200);
  EXPECT_EQ(AuditEntries().back().at("address"), "192.0.2.1");
}

TEST_F(LogInTest, TakesNoWordForTheAddressFromOthersThanTrustedProxies) {
  Start({{"trusted_proxies", "10.0.0.1"}});
  int status = 401;
  for (int i = 0; i < 10 && status == 401; ++i) {
    const std::string n = std::to_string(i);
    status = LogInAnswer("nobody" + n, "wrong", {"X-Forwarded-For: 192.0.2." + n}).status;
  }
  EXPECT_EQ(status, 429);
  EXPECT_EQ(AuditEntries().back().at("address"), "127.0.0.1");
}

TEST_F(LogInTest, IsWrittenDown) {
  Start();
  LogInAnswer("viewer", "wrong password");
  LogInAnswer("oops-a-password", "viewer");
  Post("/api/logout", LogIn("viewer"));
  const auto entries = AuditEntries();
  ASSERT_EQ(entries.size(), 4u);
  EXPECT_EQ(entries[0].at("user"), "viewer");
  EXPECT_EQ(entries[0].at("action"), "login");
  EXPECT_EQ(entries[0].at("result"), "wrong user or password");
  EXPECT_EQ(entries[0].at("address"), "127.0.0.1");
  EXPECT_EQ(entries[1].at("user"), "(unknown)") << "it may be a password in the wrong field";
  EXPECT_EQ(entries[2].at("result"), "ok");
  EXPECT_EQ(entries[3].at("action"), "logout");
}

TEST_F(LogInTest, FillsNoDiskByBeingTriedOften) {
  Start();
  for (int i = 0; i < 40; ++i) LogInAnswer("viewer", "wrong");
  const auto entries = AuditEntries();
  EXPECT_LT(entries.size(), 10u);
  EXPECT_THAT(entries.back().at("result").get<std::string>(), HasSubstr("too many attempts"));
}

TEST_F(LogInTest, ShowsNoPasswordAnywhere) {
  Start();
  LogInAnswer("viewer", "a secret of mine");
  const Session session = LogIn("admin");
  for (const char* const target : {"/api/admin/audit", "/api/admin/events", "/api/admin/health"}) {
    EXPECT_THAT(Get(target, session).body, Not(HasSubstr("a secret of mine")));
    EXPECT_THAT(Get(target, session).body, Not(HasSubstr(kPassword)));
  }
  for (const auto& line : host_.log().Lines()) {
    EXPECT_THAT(line.text, Not(HasSubstr("a secret of mine")));
  }
}

class FirstStart : public DashboardTest {};

TEST_F(FirstStart, MakesAnAdminAndPrintsThePasswordOnce) {
  for (const auto& user : users_.Users()) users_.RemoveUser(user.name);
  ::testing::internal::CaptureStderr();
  Start();
  const std::string printed = ::testing::internal::GetCapturedStderr();
  const std::string before = "log in as admin with password ";
  const auto at = printed.find(before);
  ASSERT_NE(at, std::string::npos) << printed;
  const auto begin = at + before.size();
  const std::string password = printed.substr(begin, printed.find(';', begin) - begin);
  const auto answer = LogInAnswer("admin", password);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(Json::parse(answer.body).at("role"), "admin");
  for (const auto& line : host_.log().Lines()) EXPECT_THAT(line.text, Not(HasSubstr(password)));

  Stop();
  ::testing::internal::CaptureStderr();
  Start();
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace feedmux::dashboard
