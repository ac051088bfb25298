#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "running_client.hpp"
#include "scripted_massive_server.hpp"
#include "websocket/client.hpp"

namespace feedmux::websocket {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::MassiveSession;
using testing::RunningClient;
using testing::ScriptedMassiveServer;
using testing::TestAuthority;
using testing::TestIdentity;

class WebSocketTls : public ::testing::Test {
 protected:
  static ScriptedMassiveServer::Options Server(TestIdentity identity,
                                               std::string host = "127.0.0.1") {
    ScriptedMassiveServer::Options options;
    options.tls = std::move(identity);
    options.host = std::move(host);
    return options;
  }

  ClientOptions Trusting() const {
    ClientOptions options;
    options.ca_file = authority_.ca_file();
    return options;
  }

  static void Talk(MassiveSession& client) {
    client.Upgrade();
    client.Send("hello");
    while (true) client.Read();
  }

  TestAuthority authority_;
};

TEST_F(WebSocketTls, AcceptsAKnownAuthoritysCertificateForTheAddress) {
  ScriptedMassiveServer server{Server(authority_.Issue({"127.0.0.1"}))};
  server.Next(Talk);
  RunningClient client{server.url(), Trusting()};
  EXPECT_TRUE(client.WaitForMessages(1));
}

TEST_F(WebSocketTls, AcceptsAKnownAuthoritysCertificateForTheHostName) {
  ScriptedMassiveServer server{Server(authority_.Issue({"localhost"}), "localhost")};
  server.Next(Talk);
  RunningClient client{server.url(), Trusting()};
  EXPECT_TRUE(client.WaitForMessages(1));
}

TEST_F(WebSocketTls, ReceivesAFloodWithoutLoss) {
  ScriptedMassiveServer server{Server(authority_.Issue({"127.0.0.1"}))};
  server.Next([](MassiveSession& client) {
    client.Upgrade();
    client.Flood(testing::TextFrame(std::string(7500, 'x')), 2000);
    client.Close(1000);
  });
  RunningClient client{server.url(), Trusting()};
  EXPECT_EQ(client.End().end, End::Closed);
  EXPECT_EQ(client.Messages().size(), 2000u);
}

TEST_F(WebSocketTls, RefusesAnUnknownAuthority) {
  const TestAuthority other;
  ScriptedMassiveServer server{Server(other.Issue({"127.0.0.1"}))};
  const Outcome outcome = RunningClient{server.url(), Trusting()}.End();
  EXPECT_EQ(outcome.end, End::Tls);
  EXPECT_THAT(outcome.text, AllOf(HasSubstr("certificate is not trusted"),
                                  HasSubstr("issuer CN = feedmux test authority"),
                                  HasSubstr(authority_.ca_file().string())));
}

TEST_F(WebSocketTls, DoesNotTrustATestAuthorityByDefault) {
  ScriptedMassiveServer server{Server(authority_.Issue({"127.0.0.1"}))};
  const Outcome outcome = RunningClient{server.url()}.End();
  EXPECT_EQ(outcome.end, End::Tls);
  EXPECT_THAT(outcome.text, HasSubstr("checked against the system's authorities"));
}

TEST_F(WebSocketTls, RefusesASelfSignedCertificate) {
  ScriptedMassiveServer server{Server(TestAuthority::SelfSigned({"127.0.0.1"}))};
  const Outcome outcome = RunningClient{server.url(), Trusting()}.End();
  EXPECT_EQ(outcome.end, End::Tls);
  EXPECT_THAT(outcome.text, HasSubstr("self-signed"));
}

TEST_F(WebSocketTls, RefusesAnExpiredCertificate) {
  ScriptedMassiveServer server{Server(authority_.IssueExpired({"127.0.0.1"}))};
  const Outcome outcome = RunningClient{server.url(), Trusting()}.End();
  EXPECT_EQ(outcome.end, End::Tls);
  EXPECT_THAT(outcome.text, HasSubstr("expired"));
}

TEST_F(WebSocketTls, RefusesACertificateForAnotherHost) {
  ScriptedMassiveServer server{
      Server(authority_.Issue({"socket.example.com", "*.example.org"}), "localhost")};
  const Outcome outcome = RunningClient{server.url(), Trusting()}.End();
  EXPECT_EQ(outcome.end, End::Tls);
  EXPECT_THAT(outcome.text, HasSubstr("the certificate is for socket.example.com, *.example.org, "
                                      "not for localhost"));
}

TEST_F(WebSocketTls, RefusesACertificateForAnotherAddress) {
  ScriptedMassiveServer server{Server(authority_.Issue({"127.0.0.2"}))};
  const Outcome outcome = RunningClient{server.url(), Trusting()}.End();
  EXPECT_EQ(outcome.end, End::Tls);
  EXPECT_THAT(outcome.text, HasSubstr("the certificate is for 127.0.0.2, not for 127.0.0.1"));
}

TEST_F(WebSocketTls, ReportsAServerWithoutTls) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.SendBytes("HTTP/1.1 400 Bad Request\r\n\r\n");
    client.HangUp();
  });
  const Outcome outcome = RunningClient{"wss" + server.url().substr(2)}.End();
  EXPECT_EQ(outcome.end, End::Tls);
  EXPECT_THAT(outcome.text, HasSubstr("wrong version number"));
}

TEST_F(WebSocketTls, GivesUpOnAServerThatDoesNotShakeHandsInTime) {
  ScriptedMassiveServer server{Server(authority_.Issue({"127.0.0.1"}))};
  server.Next([](MassiveSession& client) { client.StayDeaf(); });
  ClientOptions options = Trusting();
  options.connect_timeout = 100ms;
  const Outcome outcome = RunningClient{server.url(), options}.End();
  EXPECT_EQ(outcome.end, End::Timeout);
  EXPECT_THAT(outcome.text, HasSubstr("TLS handshake"));
}

TEST_F(WebSocketTls, ReportsACaFileThatCannotBeRead) {
  ScriptedMassiveServer server{Server(authority_.Issue({"127.0.0.1"}))};
  const Outcome outcome = RunningClient{server.url(), {.ca_file = "/nonexistent/ca.pem"}}.End();
  EXPECT_EQ(outcome.end, End::Tls);
  EXPECT_THAT(outcome.text, HasSubstr("/nonexistent/ca.pem"));
}

TEST_F(WebSocketTls, StopsInTimeDuringTheHandshake) {
  ScriptedMassiveServer server{Server(authority_.Issue({"127.0.0.1"}))};
  server.Next([](MassiveSession& client) { client.StayDeaf(); });
  RunningClient client{server.url(), Trusting()};
  ASSERT_TRUE(server.WaitForSessions(1));
  client.client().Stop();
  EXPECT_TRUE(client.EndsWithin(1s));
}

}  // namespace
}  // namespace feedmux::websocket
