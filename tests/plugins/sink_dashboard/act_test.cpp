#include "dashboard_fixture.hpp"

#include <future>  // promise

namespace feedmux::dashboard {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ActTest : public DashboardTest {};

TEST_F(ActTest, ReachesTheEngineWithTheNameOfWhoDoesIt) {
  Start();
  const Session admin = LogIn("admin");
  Post("/api/admin/connections/connection_1/pause", admin);
  Post("/api/admin/connections/connection_1/resume", admin);
  Post("/api/admin/connections/connection_2/reconnect", admin);
  Post("/api/admin/subscribe", admin, {{"tickers", {"IBM", "ORCL"}}, {"source", "massive"}});
  Post("/api/admin/unsubscribe", LogIn("super"), {{"tickers", {"AAPL"}}});
  Post("/api/admin/rebalance", admin);
  Post("/api/admin/universes/refresh", WithToken(accounts::Role::Admin));
  EXPECT_THAT(
      host_.control().Changes(),
      ElementsAre("admin from 127.0.0.1: pause connection_1",
                  "admin from 127.0.0.1: resume connection_1",
                  "admin from 127.0.0.1: reconnect connection_2",
                  "admin from 127.0.0.1: subscribe IBM,ORCL massive",
                  "super from 127.0.0.1: unsubscribe AAPL", "admin from 127.0.0.1: rebalance",
                  "token:token-admin from 127.0.0.1: refresh"));
}

TEST_F(ActTest, TellsWhatBecameOfTickers) {
  Start();
  const Session admin = LogIn("admin");
  const Json body = {{"tickers", {"AAPL", "NONE"}}};
  EXPECT_EQ(Json::parse(Post("/api/admin/subscribe", admin, body).body),
            Json::parse(R"({"added":["AAPL","NONE"],"already":[],"no_room":[]})"));
  EXPECT_EQ(Json::parse(Post("/api/admin/unsubscribe", admin, body).body),
            Json::parse(R"({"removed":["AAPL"],"not_found":["NONE"]})"));
}

TEST_F(ActTest, SaysWhyTheEngineRefuses) {
  Start();
  const auto answer = Post("/api/admin/connections/connection_9/pause", LogIn("admin"));
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(Json::parse(answer.body).at("error"), "there is no connection 'connection_9'");
}

TEST_F(ActTest, TakesTheNameOfASourceWhereSeveralRun) {
  host_.control().SetSources({"massive", "synthetic"});
  Start();
  const Session admin = LogIn("admin");
  for (const char* const route : {"/api/admin/subscribe", "/api/admin/unsubscribe"}) {
    const auto answer = Post(route, admin, {{"tickers", {"IBM"}}});
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(Json::parse(answer.body).at("error"), "say which source: massive,synthetic");
    EXPECT_EQ(Post(route, admin, {{"tickers", {"IBM"}}, {"source", "none"}}).status, 409);
    EXPECT_EQ(Post(route, admin, {{"tickers", {"IBM"}}, {"source", "synthetic"}}).status, 200);
  }
}

TEST_F(ActTest, RefusesTickersThatAreNone) {
  Start();
  const Session admin = LogIn("admin");
  for (const Json& tickers :
       {Json::array(), Json("AAPL"), Json{1}, Json{""}, Json{"A B"}, Json{std::string(65, 'A')},
        Json(std::vector<std::string>(1001, "A"))}) {
    EXPECT_EQ(Post("/api/admin/subscribe", admin, {{"tickers", tickers}}).status, 400)
        << tickers.dump().substr(0, 100);
  }
  EXPECT_EQ(Post("/api/admin/subscribe", admin).status, 400);
  EXPECT_EQ(Post("/api/admin/subscribe", admin, {{"tickers", {"A"}}, {"source", 7}}).status, 400);
  EXPECT_THAT(host_.control().Changes(), IsEmpty());
}

TEST_F(ActTest, IsWrittenDownWithItsResult) {
  Start();
  const Session admin = LogIn("admin");
  Post("/api/admin/connections/connection_1/pause", admin);
  Post("/api/admin/connections/connection_9/pause", admin);
  Post("/api/admin/subscribe", admin, {{"tickers", {"IBM", "ORCL"}}});
  Post("/api/admin/universes/refresh", admin);
  const Json entries = GetJson("/api/admin/audit", admin).at("entries");
  ASSERT_EQ(entries.size(), 5u);
  EXPECT_EQ(entries[0].at("action"), "refresh");
  EXPECT_EQ(entries[1].at("target"), "IBM,ORCL");
  EXPECT_EQ(entries[2].at("target"), "connection_9");
  EXPECT_EQ(entries[2].at("result"), "there is no connection 'connection_9'");
  EXPECT_EQ(entries[3].at("user"), "admin");
  EXPECT_EQ(entries[3].at("address"), "127.0.0.1");
  EXPECT_EQ(entries[3].at("action"), "pause");
  EXPECT_EQ(entries[3].at("result"), "ok");
  EXPECT_EQ(entries[4].at("action"), "login");
  EXPECT_EQ(GetJson("/api/admin/audit?limit=2", admin).at("entries").size(), 2u);
  EXPECT_EQ(Get("/api/admin/audit?limit=many", admin).status, 400);
}

class RefusedAction : public DashboardTest {
 protected:
  static constexpr const char* kPause = "/api/admin/connections/connection_1/pause";

  /// The last line of the audit log without its time.
  Json LastEntry() const {
    Json entry = AuditEntries().back();
    entry.erase("time");
    return entry;
  }
  static Json Refused(const std::string& user, const std::string& action, const std::string& target,
                      const std::string& why) {
    return {{"user", user},
            {"address", "127.0.0.1"},
            {"action", action},
            {"target", target},
            {"result", "refused: " + why}};
  }
};

TEST_F(RefusedAction, IsWrittenDownIfItIsNotForTheRole) {
  Start();
  EXPECT_EQ(Post(kPause, LogIn("viewer")).status, 403);
  EXPECT_EQ(LastEntry(), Refused("viewer", "pause", "connection_1",
                                 "the role viewer may not do this; it takes super or admin"));
}

TEST_F(RefusedAction, IsWrittenDownIfTheCsrfTokenIsWrong) {
  Start();
  Session session = LogIn("admin");
  session.csrf_token = "guessed";
  const std::string why = "the header X-CSRF-Token must be the csrf_token of /api/session";
  EXPECT_EQ(Post("/api/admin/rebalance", session).status, 403);
  EXPECT_EQ(LastEntry(), Refused("admin", "rebalance", "", why));
  EXPECT_EQ(Post("/api/logout", session).status, 403);
  EXPECT_EQ(LastEntry(), Refused("admin", "logout", "", why));
}

TEST_F(RefusedAction, IsWrittenDownIfAnotherSitesPageAsksForIt) {
  Start();
  auto headers = LogIn("admin").WithCsrf();
  headers.push_back("Origin: http://127.0.0.1:9");
  EXPECT_EQ(testing::HttpClient{sink_->port()}.Ask("POST", kPause, headers).status, 403);
  EXPECT_EQ(LastEntry(), Refused("admin", "pause", "connection_1",
                                 "requests from pages of another origin are refused"));
}

TEST_F(RefusedAction, IsWrittenDownIfItIsMalformed) {
  Start();
  EXPECT_EQ(Post("/api/admin/subscribe", LogIn("admin"), {{"tickers", 7}}).status, 400);
  EXPECT_EQ(LastEntry().at("action"), "subscribe");
  EXPECT_THAT(LastEntry().at("result").get<std::string>(), HasSubstr("refused: tickers must be"));
}

TEST_F(RefusedAction, IsNotWrittenDownOfWhoHasNotLoggedIn) {
  Start();
  EXPECT_EQ(Post(kPause, {}).status, 401);
  EXPECT_THAT(AuditEntries(), IsEmpty());
}

TEST_F(ActTest, IsDoneInTheNameOfTheClientBehindATrustedProxy) {
  Start({{"trusted_proxies", "127.0.0.1"}});
  Session admin = LogIn("admin");
  admin.headers.push_back("X-Forwarded-For: 192.0.2.1");
  Post("/api/admin/connections/connection_1/pause", admin);
  EXPECT_THAT(host_.control().Changes(), ElementsAre("admin from 192.0.2.1: pause connection_1"));
  EXPECT_EQ(AuditEntries().back().at("address"), "192.0.2.1");
}

TEST_F(ActTest, IsForTheAuditorsEyesOnly) {
  Start();
  LogIn("admin");
  const auto permissions = std::filesystem::status(folder_.path() / "audit.log").permissions();
  EXPECT_EQ(permissions, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(ActTest, IsDoneEvenIfItCannotBeWrittenDown) {
  host_.log().Expect("audit log: /dev/full");
  Start({{"audit_log", "/dev/full"}});
  const Session admin = LogIn("admin");
  EXPECT_EQ(Post("/api/admin/connections/connection_1/pause", admin).status, 200);
  EXPECT_EQ(host_.metrics().Value("audit_unwritten"), 2u);
}

TEST_F(ActTest, LetsOthersBeServedWhileUniversesAreRefreshed) {
  std::promise<void> may_end;
  const auto end = may_end.get_future().share();
  std::promise<void> has_begun;
  host_.control().OnRefresh([&has_begun, end] {
    has_begun.set_value();
    end.wait();
  });
  Start();
  const Session admin = LogIn("admin");
  testing::HttpClient refreshing{sink_->port()};
  std::string request = "POST /api/admin/universes/refresh HTTP/1.1\r\nHost: localhost\r\n";
  for (const auto& header : admin.WithCsrf()) request += header + "\r\n";
  refreshing.Send(request + "\r\n");
  has_begun.get_future().wait();
  EXPECT_EQ(Get("/api/admin/sinks", admin).status, 200);
  may_end.set_value();
  EXPECT_EQ(refreshing.Read().status, 200);
}

}  // namespace
}  // namespace feedmux::dashboard
