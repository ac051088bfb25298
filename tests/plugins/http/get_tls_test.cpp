#include <gmock/gmock.h>

#include "http/get.hpp"
#include "request_to.hpp"
#include "scripted_http_server.hpp"

namespace feedmux::http {
namespace {

using ::testing::HasSubstr;
using testing::HttpExchange;
using testing::ScriptedHttpServer;
using testing::TestAuthority;

Request SecureRequest(const ScriptedHttpServer& server, const TestAuthority& authority) {
  Request request = RequestTo(server.url());
  request.ca_file = authority.ca_file();
  return request;
}

TEST(HttpsGet, BringsTheBodyFromAServerThatTheCaFileVouchesFor) {
  const TestAuthority authority;
  ScriptedHttpServer server{{.tls = authority.Issue({"127.0.0.1"})}};
  server.Next([](HttpExchange& exchange) { exchange.Answer(200, std::string(1'000'000, 'x')); });
  EXPECT_EQ(Get(SecureRequest(server, authority)).body.size(), 1'000'000);
}

TEST(HttpsGet, ChecksTheCertificateAgainstTheHostName) {
  const TestAuthority authority;
  ScriptedHttpServer server{{.tls = authority.Issue({"localhost"}), .host = "localhost"}};
  EXPECT_EQ(Get(SecureRequest(server, authority)).status, 404);
}

TEST(HttpsGet, RefusesACertificateForAnotherHost) {
  const TestAuthority authority;
  ScriptedHttpServer server{{.tls = authority.Issue({"api.example.com"})}};
  EXPECT_THAT(ErrorOf(SecureRequest(server, authority)),
              HasSubstr("the certificate is for api.example.com, not for 127.0.0.1"));
}

TEST(HttpsGet, RefusesACertificateOfAnUnknownAuthority) {
  const TestAuthority authority;
  const TestAuthority another;
  ScriptedHttpServer server{{.tls = another.Issue({"127.0.0.1"})}};
  EXPECT_THAT(ErrorOf(SecureRequest(server, authority)),
              HasSubstr("the certificate is not trusted"));
}

TEST(HttpsGet, RefusesACertificateThatHasExpired) {
  const TestAuthority authority;
  ScriptedHttpServer server{{.tls = authority.IssueExpired({"127.0.0.1"})}};
  EXPECT_THAT(ErrorOf(SecureRequest(server, authority)), HasSubstr("expired"));
}

TEST(HttpsGet, RefusesASelfSignedCertificateOfTheSystemsAuthorities) {
  ScriptedHttpServer server{{.tls = TestAuthority::SelfSigned({"127.0.0.1"})}};
  EXPECT_THAT(ErrorOf(RequestTo(server.url())), HasSubstr("the certificate is not trusted"));
}

TEST(HttpsGet, SendsNothingToAServerThatItDoesNotTrust) {
  ScriptedHttpServer server{{.tls = TestAuthority::SelfSigned({"127.0.0.1"})}};
  ErrorOf(RequestTo(server.url()));
  EXPECT_TRUE(server.Requests().empty());
}

TEST(HttpsGet, SaysThatTheServerSpeaksNoTls) {
  ScriptedHttpServer server;
  std::string url = server.url();
  url.replace(0, 4, "https");
  EXPECT_THAT(ErrorOf(RequestTo(url, std::chrono::milliseconds{200})),
              HasSubstr("https://127.0.0.1"));
}

TEST(HttpsGet, ACaFileThatIsNoneIsAnError) {
  const TestAuthority authority;
  ScriptedHttpServer server{{.tls = authority.Issue({"127.0.0.1"})}};
  Request request = RequestTo(server.url());
  request.ca_file = "/nowhere/ca.pem";
  EXPECT_THAT(ErrorOf(request), HasSubstr("cannot read certificates from /nowhere/ca.pem"));
}

TEST(HttpsGet, ATruncatedBodyIsAnError) {
  const TestAuthority authority;
  ScriptedHttpServer server{{.tls = authority.Issue({"127.0.0.1"})}};
  server.Next([](HttpExchange& exchange) {
    exchange.socket().Write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
  });
  EXPECT_THAT(ErrorOf(SecureRequest(server, authority)),
              HasSubstr("hung up before its answer ended"));
}

// Without a length only TLS can tell the end of a body from a connection that was cut.
TEST(HttpsGet, ABodyOfUnknownLengthThatIsCutIsAnError) {
  const TestAuthority authority;
  ScriptedHttpServer server{{.tls = authority.Issue({"127.0.0.1"})}};
  server.Next([](HttpExchange& exchange) {
    exchange.socket().Write("HTTP/1.1 200 OK\r\n\r\nhalf");
    exchange.socket().HangUp();
  });
  EXPECT_THAT(ErrorOf(SecureRequest(server, authority)),
              HasSubstr("hung up before its answer ended"));
}

}  // namespace
}  // namespace feedmux::http
