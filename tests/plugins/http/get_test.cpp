#include "http/get.hpp"

#include <gmock/gmock.h>

#include "request_to.hpp"
#include "scripted_http_server.hpp"

namespace feedmux::http {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using testing::HttpExchange;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;
using testing::ScriptedHttpServer;

constexpr std::chrono::milliseconds kSoon{200};

TEST(HttpGet, BringsTheBody) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) { exchange.Answer(200, "hello"); });
  const Response response = Get(RequestTo(server.url("/a?b=c")));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "hello");
}

TEST(HttpGet, AsksForPathAndQueryOfItsHost) {
  ScriptedHttpServer server;
  Get(RequestTo(server.url("/a?b=c")));
  const auto request = server.Requests().at(0);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.target, "/a?b=c");
  EXPECT_THAT(request.headers,
              Contains(Pair("host", "127.0.0.1:" + std::to_string(server.port()))));
}

TEST(HttpGet, SendsTheTokenInAHeader) {
  ScriptedHttpServer server;
  Request request = RequestTo(server.url());
  request.bearer_token = "the-token";
  Get(request);
  EXPECT_THAT(server.Requests().at(0).headers, Contains(Pair("authorization", "Bearer the-token")));
}

TEST(HttpGet, SendsNoAuthorizationWithoutAToken) {
  ScriptedHttpServer server;
  Get(RequestTo(server.url()));
  EXPECT_THAT(server.Requests().at(0).headers, Not(Contains(Key("authorization"))));
}

TEST(HttpGet, ReturnsEveryStatusWithItsHeaders) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) {
    exchange.Answer(429, "slow down", {"Retry-After: 7", "Location: /elsewhere"});
  });
  const Response response = Get(RequestTo(server.url()));
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.reason, "Scripted");
  EXPECT_EQ(response.retry_after, "7");
  EXPECT_EQ(response.location, "/elsewhere");
  EXPECT_EQ(response.body, "slow down");
}

TEST(HttpGet, ReadsABodyInChunks) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) {
    exchange.socket().Write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    exchange.socket().Write("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  });
  EXPECT_EQ(Get(RequestTo(server.url())).body, "abcde");
}

TEST(HttpGet, ReadsABodyThatComesByteByByte) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) {
    const std::string bytes = HttpExchange::ResponseBytes(200, "hello");
    for (const char byte : bytes) exchange.socket().Write({&byte, 1});
  });
  EXPECT_EQ(Get(RequestTo(server.url())).body, "hello");
}

TEST(HttpGet, ATruncatedBodyIsAnError) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) {
    exchange.socket().Write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
  });
  EXPECT_THAT(ErrorOf(RequestTo(server.url())), HasSubstr("hung up before its answer ended"));
}

TEST(HttpGet, AHangUpInsteadOfAnAnswerIsAnError) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange&) {});
  EXPECT_THAT(ErrorOf(RequestTo(server.url())), HasSubstr("hung up before its answer ended"));
}

TEST(HttpGet, AResetIsAnError) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) { exchange.socket().Reset(); });
  EXPECT_THAT(ErrorOf(RequestTo(server.url())), HasSubstr("reset"));
}

TEST(HttpGet, SaysThatGarbageIsNoHttp) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) { exchange.socket().Write("+PONG\r\n+PONG\r\n\r\n"); });
  EXPECT_THAT(ErrorOf(RequestTo(server.url())), HasSubstr("this is no HTTP"));
}

TEST(HttpGet, ABodyBeyondTheLimitIsAnError) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) { exchange.Answer(200, std::string(101, 'x')); });
  Request request = RequestTo(server.url());
  request.max_body_bytes = 100;
  EXPECT_THAT(ErrorOf(request), HasSubstr("larger than 100 bytes"));
}

TEST(HttpGet, ABodyThatNeverEndsIsAnErrorAtTheLimit) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) {
    exchange.socket().Write("HTTP/1.1 200 OK\r\n\r\n");
    while (true) exchange.socket().Write(std::string(4096, 'x'));
  });
  Request request = RequestTo(server.url());
  request.max_body_bytes = 100'000;
  EXPECT_THAT(ErrorOf(request), HasSubstr("larger than 100000 bytes"));
}

TEST(HttpGet, AHeaderThatNeverEndsIsAnError) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) {
    exchange.socket().Write("HTTP/1.1 200 OK\r\n");
    while (true) exchange.socket().Write("X-More: of the same\r\n");
  });
  EXPECT_THAT(ErrorOf(RequestTo(server.url())), HasSubstr("header is too large"));
}

TEST(HttpGet, AServerThatDoesNotAnswerIsGivenUpAtTheDeadline) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) { exchange.WaitUntilTheClientLeaves(); });
  EXPECT_THAT(ErrorOf(RequestTo(server.url("/a?secret=b"), kSoon)),
              AllOf(HasSubstr(server.url("/a") + ": no answer in time, still reading the answer"),
                    Not(HasSubstr("secret"))));
}

TEST(HttpGet, AServerThatDripsItsAnswerIsGivenUpAtTheDeadline) {
  ScriptedHttpServer server;
  server.Next([](HttpExchange& exchange) {
    exchange.socket().Write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
    while (true) exchange.socket().Write("x");
  });
  Request request = RequestTo(server.url(), kSoon);
  request.max_body_bytes = 2'000'000'000;
  EXPECT_THAT(ErrorOf(request), HasSubstr("no answer in time"));
}

TEST(HttpGet, NobodyThereIsAnError) {
  std::string url;
  {
    const ScriptedHttpServer server;
    url = server.url();
  }
  EXPECT_THAT(ErrorOf(RequestTo(url)), HasSubstr("cannot connect: 127.0.0.1 Connection refused"));
}

TEST(HttpGet, AnUnknownHostIsAnError) {
  EXPECT_THAT(ErrorOf(RequestTo("http://no-such-host.invalid/")),
              HasSubstr("cannot resolve no-such-host.invalid"));
}

TEST(HttpGet, TriesTheOtherAddressesOfAName) {
  ScriptedHttpServer server{{.host = "localhost"}};  // listens at 127.0.0.1 only
  EXPECT_EQ(Get(RequestTo(server.url())).status, 404);
}

TEST(HttpGet, ADeadlineThatHasPassedIsAnErrorAtOnce) {
  ScriptedHttpServer server;
  EXPECT_NE(ErrorOf(RequestTo(server.url(), std::chrono::milliseconds{-1})), "");
}

}  // namespace
}  // namespace feedmux::http
