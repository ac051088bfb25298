#include <gmock/gmock.h>

#include <filesystem>  // path
#include <fstream>     // ofstream

#include "http_client.hpp"
#include "running_server.hpp"
#include "temp_folder.hpp"
#include "test_certificates.hpp"
#include "websocket_peer.hpp"

namespace feedmux::webserver {
namespace {

using ::testing::HasSubstr;
using testing::HttpClient;
using testing::TestAuthority;

std::string ErrorOf(const ServerOptions& options) {
  try {
    RunningServer server{options};
    return "";
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

class TlsServer : public ::testing::Test {
 protected:
  TlsServer() {
    const auto identity = authority_.Issue({"127.0.0.1"});
    folder_.Write("certificate.pem", identity.certificate);
    folder_.Write("key.pem", identity.private_key);
    folder_.Write("other.pem", authority_.Issue({"127.0.0.1"}).private_key);
    options_.tls_certificate = folder_.path() / "certificate.pem";
    options_.tls_key = folder_.path() / "key.pem";
  }

  TestAuthority authority_;
  testing::TempFolder folder_;
  ServerOptions options_;
};

TEST_F(TlsServer, AnswersOverTls) {
  RunningServer server{options_};
  HttpClient client{server.port(), authority_.ca_file()};
  EXPECT_EQ(client.Ask("GET", "/hello").body, "hello");
  EXPECT_EQ(client.Ask("GET", "/hello", {"Connection: close"}).body, "hello");
  client.ReadToEnd();
}

TEST_F(TlsServer, OpensAWebSocketOverTls) {
  RunningServer server{options_};
  testing::WebSocketPeer peer{server.port(), "/ws", {}, authority_.ca_file()};
  peer.SendText("hello");
  EXPECT_EQ(peer.Read().payload, "hello");
  peer.SendText("close");
  EXPECT_EQ(peer.ReadClose().close_code(), 4000);
  server.WaitForClosed(1);
}

TEST_F(TlsServer, HangsUpOnAClientWithoutTls) {
  RunningServer server{options_};
  HttpClient client{server.port()};
  client.Send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  client.ReadToEnd();
  EXPECT_EQ((HttpClient{server.port(), authority_.ca_file()}.Ask("GET", "/hello").status), 200);
}

TEST_F(TlsServer, HangsUpOnAHandshakeThatDoesNotCome) {
  options_.io_timeout = std::chrono::milliseconds{100};
  RunningServer server{options_};
  EXPECT_EQ(HttpClient{server.port()}.ReadToEnd(), "");
}

TEST_F(TlsServer, SaysThatTheCertificateCannotBeRead) {
  options_.tls_certificate = folder_.path() / "missing.pem";
  EXPECT_THAT(ErrorOf(options_), HasSubstr("there is no file"));
  options_.tls_certificate = folder_.path() / "key.pem";
  EXPECT_THAT(ErrorOf(options_), HasSubstr("cannot read a PEM certificate from"));
}

TEST_F(TlsServer, SaysThatTheKeyCannotBeRead) {
  options_.tls_key = folder_.path() / "certificate.pem";
  EXPECT_THAT(ErrorOf(options_), HasSubstr("cannot read a PEM private key"));
}

TEST_F(TlsServer, SaysThatTheKeyIsOfAnotherCertificate) {
  options_.tls_key = folder_.path() / "other.pem";
  EXPECT_THAT(ErrorOf(options_), HasSubstr("is not that of the certificate"));
}

class RenewedTls : public TlsServer {
 protected:
  /// By another authority, so that clients see which one they get.
  void Renew() {
    const auto identity = other_.Issue({"127.0.0.1"});
    folder_.Write("certificate.pem", identity.certificate);
    folder_.Write("key.pem", identity.private_key);
  }

  std::string Hello(const TestAuthority& authority) {
    return HttpClient{server_.port(), authority.ca_file()}.Ask("GET", "/hello").body;
  }

  TestAuthority other_;
  RunningServer server_{options_};
};

TEST_F(RenewedTls, IsTakenOnceItsFilesAreLeftAlone) {
  EXPECT_EQ(server_.RenewTls(), "") << "nothing has changed";
  Renew();
  EXPECT_EQ(server_.RenewTls(), "") << "somebody may still be writing";
  EXPECT_EQ(Hello(authority_), "hello");
  EXPECT_EQ(server_.RenewTls(), "renewed");
  EXPECT_EQ(Hello(other_), "hello");
  EXPECT_THROW(Hello(authority_), testing::NoAnswer);
  EXPECT_EQ(server_.RenewTls(), "");
}

TEST_F(RenewedTls, LeavesThoseWhoAreConnectedAlone) {
  testing::WebSocketPeer peer{server_.port(), "/ws", {}, authority_.ca_file()};
  Renew();
  server_.RenewTls();
  ASSERT_EQ(server_.RenewTls(), "renewed");
  peer.SendText("hello");
  EXPECT_EQ(peer.Read().payload, "hello");
}

TEST_F(RenewedTls, StaysTheOldOneIfTheNewOneIsOfNoUse) {
  folder_.Write("key.pem", other_.Issue({"127.0.0.1"}).private_key);
  server_.RenewTls();
  EXPECT_THAT(server_.RenewTls(), HasSubstr("is not that of the certificate"));
  EXPECT_EQ(server_.RenewTls(), "") << "said once";
  EXPECT_EQ(Hello(authority_), "hello");
  Renew();
  server_.RenewTls();
  EXPECT_EQ(server_.RenewTls(), "renewed");
}

TEST_F(RenewedTls, StaysTheOldOneIfAFileIsGone) {
  std::filesystem::remove(options_.tls_key);
  server_.RenewTls();
  EXPECT_THAT(server_.RenewTls(), HasSubstr("there is no file"));
  EXPECT_EQ(Hello(authority_), "hello");
}

TEST(WebServerListen, WithoutTlsRenewsNothing) { EXPECT_EQ(RunningServer{}.RenewTls(), ""); }

TEST(WebServerListen, SaysThatThePortIsTaken) {
  RunningServer first;
  ServerOptions options;
  options.port = first.port();
  EXPECT_EQ(ErrorOf(options), "cannot listen on 127.0.0.1 port " + std::to_string(first.port()) +
                                  ": Address already in use");
}

TEST(WebServerListen, SaysThatItIsNoAddress) {
  ServerOptions options;
  options.address = "nowhere";
  EXPECT_THAT(ErrorOf(options), HasSubstr("cannot listen on nowhere"));
}

}  // namespace
}  // namespace feedmux::webserver
