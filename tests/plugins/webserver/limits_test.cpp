#include <gmock/gmock.h>

#include "http_client.hpp"
#include "running_server.hpp"
#include "websocket_peer.hpp"

namespace feedmux::webserver {
namespace {

using std::chrono::milliseconds;
using testing::HttpClient;
using testing::NoAnswer;
using testing::WebSocketPeer;

TEST(WebServerLimits, RefusesAHugeHeader) {
  RunningServer server;
  HttpClient client{server.port()};
  client.Send("GET /hello HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n");
  EXPECT_EQ(client.Read().status, 431);
}

TEST(WebServerLimits, RefusesAHugePath) {
  RunningServer server;
  HttpClient client{server.port()};
  client.Send("GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.Read().status, 431);
}

TEST(WebServerLimits, RefusesABodyThatIsSaidToBeHuge) {
  RunningServer server;
  HttpClient client{server.port()};
  client.Send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n");
  EXPECT_EQ(client.Read().status, 413);
}

TEST(WebServerLimits, TellsAClientThatGoesOnSendingAHugeBody) {
  RunningServer server;
  HttpClient client{server.port()};
  client.Send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 700000\r\n\r\n");
  client.Send(std::string(700'000, 'x'));
  EXPECT_EQ(client.Read().status, 413);
}

TEST(WebServerLimits, InvitesNoHugeBody) {
  RunningServer server;
  HttpClient client{server.port()};
  client.Send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 70000\r\n\r\n");
  EXPECT_EQ(client.Read().status, 413);
}

TEST(WebServerLimits, RefusesAHugeChunkedBody) {
  RunningServer server;
  HttpClient client{server.port()};
  client.Send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
  for (int i = 0; i < 8; ++i) client.Send(chunk);
  EXPECT_EQ(client.Read().status, 413);
}

TEST(WebServerLimits, TakesABodyOfTheGreatestSize) {
  RunningServer server;
  EXPECT_EQ(HttpClient{server.port()}.Ask("POST", "/echo", {}, std::string(65'536, 'x')).status,
            200);
}

TEST(WebServerLimits, GivesUpOnARequestThatDripsIn) {
  ServerOptions options;
  options.io_timeout = milliseconds{200};
  RunningServer server{options};
  HttpClient client{server.port()};
  const auto begin = std::chrono::steady_clock::now();
  client.Send("GET /hello HTTP/1.1\r\n");
  std::thread dripping{[&] {
    try {
      while (true) {
        client.Send("X: y\r\n");
        std::this_thread::sleep_for(milliseconds{20});
      }
    } catch (const NoAnswer&) {
      return;
    }
  }};
  EXPECT_EQ(client.Read().status, 408);
  client.ReadToEnd();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{10});
  dripping.join();
}

TEST(WebServerLimits, GivesUpOnABodyThatDoesNotCome) {
  ServerOptions options;
  options.io_timeout = milliseconds{100};
  RunningServer server{options};
  HttpClient client{server.port()};
  client.Send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_EQ(client.Read().status, 408);
}

TEST(WebServerLimits, HangsUpOnAClientThatSaysNothing) {
  ServerOptions options;
  options.io_timeout = milliseconds{100};
  RunningServer server{options};
  EXPECT_EQ(HttpClient{server.port()}.ReadToEnd(), "");
}

TEST(WebServerLimits, HangsUpOnAClientThatDoesNotReadItsAnswer) {
  ServerOptions options;
  options.io_timeout = milliseconds{200};
  options.max_connections = 1;
  RunningServer server{options};
  HttpClient client{server.port()};
  client.Send("GET /much HTTP/1.1\r\nHost: a\r\n\r\n");
  // The one place becomes free again although the client stays.
  int status = 503;
  while (status == 503) status = HttpClient{server.port()}.Ask("GET", "/hello").status;
  EXPECT_EQ(status, 200);
}

TEST(WebServerLimits, TellsClientsBeyondTheMost) {
  ServerOptions options;
  options.max_connections = 2;
  RunningServer server{options};
  WebSocketPeer first{server.port(), "/ws"}, second{server.port(), "/ws"};
  for (WebSocketPeer* const peer : {&first, &second}) {
    peer->SendText("hello");
    ASSERT_EQ(peer->Read().payload, "hello");
  }
  const auto answer = HttpClient{server.port()}.Ask("GET", "/hello");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.Header("retry-after"), "1");
  first.SendText("on");
  EXPECT_EQ(first.Read().payload, "on") << "those who are there are served on";
}

TEST(WebServerLimits, SilentClientsKeepNobodyOut) {
  ServerOptions options;
  options.max_connections = 2;
  RunningServer server{options};
  std::vector<HttpClient> silent;
  for (int i = 0; i < 100; ++i) silent.emplace_back(server.port());
  EXPECT_EQ(HttpClient{server.port()}.Ask("GET", "/hello").status, 200);
}

TEST(WebServerLimits, HangsUpOnTooManyBeyondTheMost) {
  ServerOptions options;
  options.max_connections = 1;
  RunningServer server{options};
  WebSocketPeer peer{server.port(), "/ws"};
  peer.SendText("hello");
  ASSERT_EQ(peer.Read().payload, "hello");
  std::vector<HttpClient> clients;
  for (int i = 0; i < 40; ++i) clients.emplace_back(server.port());
  EXPECT_EQ(clients.back().Ask("GET", "/hello").status, 503);
  EXPECT_THROW(clients.front().Ask("GET", "/hello"), NoAnswer);
}

}  // namespace
}  // namespace feedmux::webserver
