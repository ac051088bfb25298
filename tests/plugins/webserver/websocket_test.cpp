#include <gmock/gmock.h>

#include "running_server.hpp"
#include "websocket_peer.hpp"

namespace feedmux::webserver {
namespace {

using std::chrono::milliseconds;
using testing::HttpClient;
using testing::NoAnswer;
using testing::WebSocketPeer;

constexpr int kContinuation = 0;
constexpr int kPong = 10;

TEST(WebServerSocket, OpensAndEchoes) {
  RunningServer server;
  WebSocketPeer peer{server.port(), "/ws"};
  ASSERT_TRUE(peer.is_open());
  EXPECT_EQ(peer.answer().Header("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  peer.SendText("hello");
  EXPECT_EQ(peer.Read().payload, "hello");
}

TEST(WebServerSocket, TakesFramesThatCameTogetherWithTheHandshake) {
  RunningServer server;
  HttpClient client{server.port()};
  client.Send(
      "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
      "\x81\x82\x01\x02\x03\x04\x69\x6b");
  EXPECT_EQ(client.Read().status, 101);
  EXPECT_EQ(client.ReadBytes(4), "\x81\x02hi");
}

TEST(WebServerSocket, IsRefusedAsTheHandlerSays) {
  RunningServer server;
  EXPECT_EQ((WebSocketPeer{server.port(), "/other"}.answer().status), 403);
}

TEST(WebServerSocket, NeedsVersion13) {
  RunningServer server;
  HttpClient client{server.port()};
  const auto answer =
      client.Ask("GET", "/ws",
                 {"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 8",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="});
  EXPECT_EQ(answer.status, 426);
  EXPECT_EQ(answer.Header("sec-websocket-version"), "13");
}

TEST(WebServerSocket, NeedsAKey) {
  RunningServer server;
  HttpClient client{server.port()};
  EXPECT_EQ(client
                .Ask("GET", "/ws",
                     {"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"})
                .status,
            400);
}

TEST(WebServerSocket, ClosesWithTheCodeOfItsOwner) {
  RunningServer server;
  WebSocketPeer peer{server.port(), "/ws"};
  peer.SendText("before");
  peer.SendText("close");
  EXPECT_EQ(peer.Read().payload, "before");
  EXPECT_EQ(peer.ReadClose().close_code(), 4000);
  server.WaitForClosed(1);
}

TEST(WebServerSocket, AnswersACloseFrame) {
  RunningServer server;
  WebSocketPeer peer{server.port(), "/ws"};
  peer.SendFrame(WebSocketPeer::kClose, "\x03\xe8");
  EXPECT_EQ(peer.ReadClose().close_code(), 1000);
  server.WaitForClosed(1);
}

TEST(WebServerSocket, AnswersPings) {
  RunningServer server;
  WebSocketPeer peer{server.port(), "/ws"};
  peer.SendFrame(WebSocketPeer::kPing, "are you there");
  const auto pong = peer.Read();
  EXPECT_EQ(pong.opcode, kPong);
  EXPECT_EQ(pong.payload, "are you there");
}

TEST(WebServerSocket, TakesFragments) {
  RunningServer server;
  WebSocketPeer peer{server.port(), "/ws"};
  peer.SendFrame(WebSocketPeer::kText, "he", false);
  peer.SendFrame(kContinuation, "llo");
  EXPECT_EQ(peer.Read().payload, "hello");
}

TEST(WebServerSocket, ClosesOneThatBreaksTheProtocol) {
  RunningServer server;
  WebSocketPeer peer{server.port(), "/ws"};
  peer.SendFrame(WebSocketPeer::kText, "not masked", true, false);
  EXPECT_EQ(peer.ReadClose().close_code(), 1002);
  server.WaitForClosed(1);
}

TEST(WebServerSocket, ClosesOneWithAHugeMessage) {
  RunningServer server;
  WebSocketPeer peer{server.port(), "/ws"};
  peer.SendText(std::string(20'000, 'x'));
  EXPECT_EQ(peer.ReadClose().close_code(), 1009);
}

TEST(WebServerSocket, ClosesOneWithAHugeMessageInFragments) {
  RunningServer server;
  WebSocketPeer peer{server.port(), "/ws"};
  peer.SendFrame(WebSocketPeer::kText, std::string(10'000, 'x'), false);
  peer.SendFrame(kContinuation, std::string(10'000, 'x'));
  EXPECT_EQ(peer.ReadClose().close_code(), 1009);
}

TEST(WebServerSocket, ClosesOneWhoseOwnerThrows) {
  RunningServer server;
  WebSocketPeer peer{server.port(), "/ws"};
  peer.SendText("throw");
  EXPECT_EQ(peer.ReadClose().close_code(), 1011);
  server.WaitForClosed(1);
  EXPECT_EQ(server.Errors().size(), 1u);
}

TEST(WebServerSocket, DropsAPeerThatSaysNothingMore) {
  ServerOptions options;
  options.ping_interval = milliseconds{30};
  options.dead_after = milliseconds{100};
  RunningServer server{options};
  WebSocketPeer peer{server.port(), "/ws"};
  EXPECT_EQ(peer.Read().opcode, WebSocketPeer::kPing);
  server.WaitForClosed(1);
}

TEST(WebServerSocket, DropsAPeerThatDoesNotReadWhenItIsToClose) {
  RunningServer server;
  WebSocketPeer peer{server.port(), "/ws"};
  for (int i = 0; i < 20; ++i) peer.SendText("much");
  peer.SendText("close");
  server.WaitForClosed(1);
}

TEST(WebServerSocket, NoticesAPeerThatIsGone) {
  RunningServer server;
  { WebSocketPeer peer{server.port(), "/ws"}; }
  server.WaitForClosed(1);
}

TEST(WebServerSocket, IsClosedWith1001WhenTheServerStops) {
  RunningServer server;
  WebSocketPeer peer{server.port(), "/ws"};
  peer.SendText("hello");
  ASSERT_EQ(peer.Read().payload, "hello");  // the handshake is over on both sides
  const std::jthread stopping{[&] { server.Stop(); }};
  EXPECT_EQ(peer.ReadClose().close_code(), 1001);
}

TEST(WebServerSocket, KeepsNoServerFromStopping) {
  RunningServer server;
  WebSocketPeer silent{server.port(), "/ws"};
  HttpClient idle{server.port()};
  const auto begin = std::chrono::steady_clock::now();
  server.Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{3});
}

}  // namespace
}  // namespace feedmux::webserver
