#include "dashboard_fixture.hpp"

namespace feedmux::dashboard {
namespace {

using ::testing::HasSubstr;
using testing::HttpClient;
using ::testing::IsEmpty;
using testing::WebSocketPeer;

class OriginTest : public DashboardTest {
 protected:
  std::string OwnOrigin() const {
    return "Origin: http://127.0.0.1:" + std::to_string(sink_->port());
  }

  int PauseStatus(const Session& session, const std::string& header) {
    auto headers = session.WithCsrf();
    headers.push_back(header);
    return HttpClient{sink_->port()}
        .Ask("POST", "/api/admin/connections/connection_1/pause", headers)
        .status;
  }

  int SocketStatus(const Session& session, const std::string& header) {
    auto headers = session.headers;
    if (!header.empty()) headers.push_back(header);
    return WebSocketPeer{sink_->port(), "/admin-ws", headers}.answer().status;
  }

  int StatusWithHost(const std::string& host) {
    return HttpClient{sink_->port()}.Ask("GET", "/healthz", {"Host: " + host}).status;
  }
};

TEST_F(OriginTest, OfAnActionMustBeTheDashboardItself) {
  Start();
  const Session session = LogIn("admin");
  EXPECT_EQ(PauseStatus(session, OwnOrigin()), 200);
  EXPECT_EQ(PauseStatus(session, "Origin: http://127.0.0.1:9"), 403);
  EXPECT_EQ(PauseStatus(session, "Origin: http://evil.example"), 403);
  EXPECT_EQ(PauseStatus(session, "Origin: null"), 403);
  EXPECT_EQ(host_.control().Changes().size(), 1u);
}

TEST_F(OriginTest, OfALogInMustBeTheDashboardItself) {
  Start();
  EXPECT_EQ(LogInAnswer("viewer", kPassword, {"Origin: http://evil.example"}).status, 403);
  EXPECT_EQ(LogInAnswer("viewer", kPassword, {OwnOrigin()}).status, 200);
}

TEST_F(OriginTest, OfAWebSocketMustBeTheDashboardItself) {
  Start();
  const Session session = LogIn("viewer");
  EXPECT_EQ(SocketStatus(session, OwnOrigin()), 101);
  EXPECT_EQ(SocketStatus(session, "Origin: http://evil.example"), 403);
  EXPECT_EQ(SocketStatus(session, "Origin: null"), 403);
}

TEST_F(OriginTest, OnlyLocalNamesAreTakenWhenListeningOnLoopback) {
  Start();
  EXPECT_EQ(StatusWithHost("127.0.0.1"), 200);
  EXPECT_EQ(StatusWithHost("localhost:1234"), 200);
  EXPECT_EQ(StatusWithHost("LocalHost"), 200);
  EXPECT_EQ(StatusWithHost("[::1]:8080"), 200);
  EXPECT_EQ(StatusWithHost("evil.example"), 403) << "which may resolve to 127.0.0.1 by now";
  EXPECT_EQ(StatusWithHost("127.0.0.1.evil.example"), 403);
  EXPECT_EQ(StatusWithHost("evil.example:127.0.0.1"), 403);
}

TEST_F(OriginTest, NamesCanBeAllowed) {
  Start({{"allowed_hosts", "feed.example.com"}});
  EXPECT_EQ(StatusWithHost("feed.example.com:8080"), 200);
  EXPECT_EQ(StatusWithHost("localhost"), 403);
}

TEST_F(OriginTest, AnyNameIsTakenWhenListeningBeyondLoopback) {
  host_.log().Expect("in clear");
  Start({{"listen", "0.0.0.0:0"}});
  EXPECT_EQ(StatusWithHost("feed.example.com"), 200);
}

TEST_F(OriginTest, AWebSocketNeedsALogInAndARole) {
  Start();
  EXPECT_EQ(SocketStatus({}, ""), 401);
  EXPECT_EQ(SocketStatus(LogIn("user"), ""), 403);
  EXPECT_EQ(SocketStatus(LogIn("viewer"), ""), 101);
  EXPECT_EQ(SocketStatus(WithToken(accounts::Role::Viewer), ""), 101);
  EXPECT_EQ((WebSocketPeer{sink_->port(), "/other", LogIn("admin").headers}.answer().status), 404);
}

}  // namespace
}  // namespace feedmux::dashboard
