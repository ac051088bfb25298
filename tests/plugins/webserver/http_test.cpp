#include <gmock/gmock.h>

#include "eventually.hpp"
#include "http_client.hpp"
#include "running_server.hpp"

namespace feedmux::webserver {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::HttpAnswer;
using testing::HttpClient;

constexpr auto kHost = "Host: 127.0.0.1\r\n";

HttpAnswer AnswerTo(RunningServer& server, const std::string& bytes) {
  HttpClient client{server.port()};
  client.Send(bytes);
  return client.Read();
}

TEST(WebServer, AnswersARequest) {
  RunningServer server;
  const auto answer = HttpClient{server.port()}.Ask("GET", "/hello");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello");
}

TEST(WebServer, SendsItsHeadersWithEveryAnswer) {
  RunningServer server;
  EXPECT_EQ(AnswerTo(server, "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").Header("x-always"), "yes");
  EXPECT_EQ(AnswerTo(server, "nonsense\r\n\r\n").Header("x-always"), "yes");
  EXPECT_EQ(AnswerTo(server, "GET /throw HTTP/1.1\r\nHost: a\r\n\r\n").Header("x-always"), "yes");
}

TEST(WebServer, AnswersSeveralRequestsOverOneConnection) {
  RunningServer server;
  HttpClient client{server.port()};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(client.Ask("GET", "/hello").body, "hello");
}

TEST(WebServer, AnswersPipelinedRequestsInOrder) {
  RunningServer server;
  HttpClient client{server.port()};
  client.Send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\nGET /other HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.Read().status, 200);
  EXPECT_EQ(client.Read().status, 404);
}

TEST(WebServer, ClosesWhenTheClientWantsThat) {
  RunningServer server;
  HttpClient client{server.port()};
  EXPECT_EQ(client.Ask("GET", "/hello", {"Connection: close"}).Header("connection"), "close");
  EXPECT_EQ(client.ReadToEnd(), "");
}

TEST(WebServer, ReadsABody) {
  RunningServer server;
  EXPECT_EQ(HttpClient{server.port()}.Ask("POST", "/echo", {}, "the body").body, "the body");
}

TEST(WebServer, ReadsAChunkedBody) {
  RunningServer server;
  const auto answer =
      AnswerTo(server,
               "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
               "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_EQ(answer.body, "abcde");
}

constexpr auto kExpectingPost =
    "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n";

TEST(WebServer, InvitesABodyThatWaitsForThat) {
  RunningServer server;
  HttpClient client{server.port()};
  for (int i = 0; i < 2; ++i) {
    client.Send(kExpectingPost);
    EXPECT_EQ(client.Read().status, 100);
    client.Send("abc");
    const auto answer = client.Read();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "abc");
  }
}

TEST(WebServer, InvitesNoBodyThatIsThereOrThatThereIsNot) {
  RunningServer server;
  EXPECT_EQ(AnswerTo(server, std::string{kExpectingPost} + "abc").body, "abc");
  EXPECT_EQ(
      AnswerTo(server, "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n").status,
      200);
}

TEST(WebServer, RefusesOtherExpectations) {
  RunningServer server;
  EXPECT_EQ(
      AnswerTo(server,
               "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: a miracle\r\nContent-Length: 3\r\n\r\n")
          .status,
      417);
}

TEST(WebServer, AnswersHeadWithoutTheBody) {
  RunningServer server;
  HttpClient client{server.port()};
  const auto answer = client.Ask("HEAD", "/hello");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Header("content-length"), "5");
  EXPECT_EQ(client.Ask("GET", "/hello").body, "hello");
}

TEST(WebServer, AnswersLaterFromTheHandler) {
  RunningServer server;
  HttpClient client{server.port()};
  client.Send(std::string{"GET /wait HTTP/1.1\r\n"} + kHost + "\r\n");
  Response response;
  response.status = 202;
  server.AnswerWaiting(response);
  EXPECT_EQ(client.Read().status, 202);
}

TEST(WebServer, AnswersForAHandlerThatNeverDoes) {
  ServerOptions options;
  options.reply_timeout = std::chrono::milliseconds{50};
  RunningServer server{options};
  EXPECT_EQ(HttpClient{server.port()}.Ask("GET", "/wait").status, 503);
  server.AnswerWaiting({});  // too late, and without effect
  EXPECT_EQ(HttpClient{server.port()}.Ask("GET", "/hello").status, 200);
}

TEST(WebServer, SurvivesAClientThatLeavesBeforeItsAnswer) {
  RunningServer server;
  {
    HttpClient client{server.port()};
    client.Send(std::string{"GET /wait HTTP/1.1\r\n"} + kHost + "\r\n");
  }
  server.AnswerWaiting({});
  EXPECT_EQ(HttpClient{server.port()}.Ask("GET", "/hello").status, 200);
}

// If the client's session then ended on this thread, ThreadSanitizer would see that nothing orders
// it with the next client's; not each time, hence several.
TEST(WebServer, LetsAReplyGoOnAnyThread) {
  ServerOptions options;
  options.reply_timeout = std::chrono::milliseconds{20};
  RunningServer server{options};
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(HttpClient{server.port()}.Ask("GET", "/wait").status, 503);
    // When this client has been served, only the reply is left of the one before.
    EXPECT_EQ(HttpClient{server.port()}.Ask("GET", "/hello").status, 200);
    server.DropWaiting();
    EXPECT_EQ(HttpClient{server.port()}.Ask("GET", "/hello").status, 200);
  }
  EXPECT_TRUE(Eventually([&] { return server.Connections() == 0; }));
}

TEST(WebServer, TurnsWhatAHandlerThrowsIntoA500) {
  RunningServer server;
  const auto answer = HttpClient{server.port()}.Ask("GET", "/throw");
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, Not(HasSubstr("thrown")));
  EXPECT_THAT(server.Errors(), ElementsAre("GET /throw: thrown by OnRequest"));
}

TEST(WebServer, JoinsHeadersThatMayComeTwice) {
  RunningServer server;
  HttpClient{server.port()}.Ask("GET", "/hello", {"Cookie: a=1", "Cookie: b=2", "Accept: x"});
  EXPECT_EQ(server.LastRequest().Header("cookie"), "a=1; b=2");
  EXPECT_EQ(server.LastRequest().peer, "127.0.0.1");
}

class MalformedRequest : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(MalformedRequest, IsAnsweredWith400) {
  RunningServer server;
  EXPECT_EQ(AnswerTo(server, GetParam().second).status, 400);
  EXPECT_EQ(HttpClient{server.port()}.Ask("GET", "/hello").status, 200) << "and the next is served";
}

INSTANTIATE_TEST_SUITE_P(
    WebServer, MalformedRequest,
    ::testing::Values(
        std::pair{"NoHttp", "\x16\x03\x01\x02\x00\x01\r\n\r\n"},
        std::pair{"NoVersion", "GET /hello\r\n\r\n"},
        std::pair{"OtherVersion", "GET /hello HTTP/9.9\r\nHost: a\r\n\r\n"},
        std::pair{"NoHost", "GET /hello HTTP/1.1\r\n\r\n"},
        std::pair{"TwoHosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
        std::pair{"TwoAuthorizations",
                  "GET /hello HTTP/1.1\r\nHost: a\r\nAuthorization: x\r\nAuthorization: y\r\n\r\n"},
        std::pair{"NoPath", "GET http://a/hello HTTP/1.1\r\nHost: a\r\n\r\n"},
        std::pair{"BadHeader", "GET /hello HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"},
        std::pair{"FoldedHeaderName", "GET /hello HTTP/1.1\r\nHost: a\r\nX y: z\r\n\r\n"},
        std::pair{"BadLength", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"},
        std::pair{
            "TwoLengths",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"},
        std::pair{"LengthAndChunks",
                  "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        std::pair{"BadChunk",
                  "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"}),
    [](const auto& parameter) { return parameter.param.first; });

}  // namespace
}  // namespace feedmux::webserver
