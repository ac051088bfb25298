#include "dashboard_fixture.hpp"

#include "eventually.hpp"
#include "feedmux/errors.hpp"
#include "feedmux/testing/make_options.hpp"
#include "loopback_listener.hpp"
#include "sink_dashboard/options.hpp"
#include "test_certificates.hpp"

namespace feedmux::dashboard {
namespace {

using ::testing::HasSubstr;
using testing::HttpClient;

class SinkTest : public DashboardTest {
 protected:
  void WriteCertificate(const testing::TestAuthority& authority) {
    const auto identity = authority.Issue({"127.0.0.1"});
    folder_.Write("certificate.pem", identity.certificate);
    folder_.Write("key.pem", identity.private_key);
  }

  void StartWithTls() {
    Start({{"tls_certificate", folder_.path() / "certificate.pem"},
           {"tls_key", folder_.path() / "key.pem"}});
  }

  std::string WhyUnavailable(OptionTexts options) {
    try {
      Start(options);
      return "";
    } catch (const SinkUnavailable& unavailable) {
      return unavailable.what();
    }
  }
};

TEST_F(SinkTest, TellsWhereItIs) {
  Start();
  EXPECT_TRUE(host_.log().Contains("the dashboard is at http://127.0.0.1:" +
                                   std::to_string(sink_->port()) + "/admin/websockets"));
}

TEST_F(SinkTest, IsUnavailableWhileThePortIsTaken) {
  std::string listen;
  {
    testing::LoopbackListener other;
    listen = "127.0.0.1:" + std::to_string(other.port());
    EXPECT_THAT(WhyUnavailable({{"listen", listen}}), HasSubstr("Address already in use"));
  }
  sink_->Start();  // as the engine does, again and again
  EXPECT_EQ(Get("/healthz").status, 200);
}

TEST_F(SinkTest, SpeaksTlsWithACertificate) {
  const testing::TestAuthority authority;
  WriteCertificate(authority);
  StartWithTls();
  EXPECT_TRUE(host_.log().Contains("the dashboard is at https://127.0.0.1:"));
  HttpClient client{sink_->port(), authority.ca_file()};
  const auto answer = client.Ask("POST", "/api/login", {"Content-Type: application/json"},
                                 Json{{"user", "viewer"}, {"password", kPassword}}.dump());
  const std::string cookie = answer.Header("set-cookie");
  EXPECT_THAT(cookie, ::testing::StartsWith("__Host-feedmux_session_"));
  EXPECT_THAT(cookie, HasSubstr("; Secure"));
  EXPECT_THAT(cookie, HasSubstr("; Path=/"));
  EXPECT_THAT(cookie, Not(HasSubstr("Domain")));
  EXPECT_EQ(answer.Header("strict-transport-security"), "max-age=31536000");
}

TEST_F(SinkTest, TakesARenewedCertificate) {
  const testing::TestAuthority old;
  WriteCertificate(old);
  StartWithTls();
  const testing::TestAuthority renewed;
  WriteCertificate(renewed);
  ASSERT_TRUE(Eventually([&] { return host_.log().Contains("the TLS certificate was renewed"); }));
  EXPECT_EQ((HttpClient{sink_->port(), renewed.ca_file()}.Ask("GET", "/healthz").status), 200);
}

TEST_F(SinkTest, SaysThatARenewedCertificateIsOfNoUse) {
  const testing::TestAuthority authority;
  WriteCertificate(authority);
  StartWithTls();
  host_.log().Expect("the renewed TLS certificate is not taken");
  folder_.Write("certificate.pem", "");
  ASSERT_TRUE(Eventually([&] { return host_.log().Contains("cannot read a PEM certificate"); }));
  EXPECT_EQ((HttpClient{sink_->port(), authority.ca_file()}.Ask("GET", "/healthz").status), 200);
}

TEST_F(SinkTest, SaysThatTheUsersFileIsOfNoUse) {
  folder_.Write("users.json", "not JSON");
  EXPECT_THAT(WhyUnavailable({}), HasSubstr("users.json"));
}

TEST_F(SinkTest, TakesTicksWhateverViewersDo) {
  Start();
  testing::WebSocketPeer silent{sink_->port(), "/admin-ws", LogIn("viewer").headers};
  std::vector<Tick> ticks;
  for (int i = 0; i < 1000; ++i) {
    ticks.push_back(MakeTick(host_, "S" + std::to_string(i), Kind::Trade, i));
  }
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) sink_->OnTicks(ticks);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{10})
      << "a million ticks";
}

TEST_F(SinkTest, StopsInTimeWhateverClientsDo) {
  Start();
  testing::WebSocketPeer silent{sink_->port(), "/admin-ws", LogIn("viewer").headers};
  HttpClient half_a_request{sink_->port()};
  half_a_request.Send("GET /heal");
  const auto begin = std::chrono::steady_clock::now();
  Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{3});
}

TEST_F(SinkTest, StopsWithoutAStart) {
  DashboardSink sink{host_, testing::MakeOptions(kOptions)};
  sink.Stop();
}

}  // namespace
}  // namespace feedmux::dashboard
