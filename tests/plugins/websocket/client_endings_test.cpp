#include "websocket/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>  // set

#include "websocket_client.hpp"

namespace feedmux::websocket {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::MassiveSession;
using testing::RawFrame;
using testing::RunningClient;
using testing::ScriptedMassiveServer;

using WebSocketEnding = WebSocketClient;

TEST_F(WebSocketEnding, ReportsARefusedConnection) {
  const std::string url = server_.url();
  server_.Pause();
  const Outcome outcome = RunningClient{url}.End();
  EXPECT_EQ(outcome.end, End::Connect);
  EXPECT_THAT(outcome.text, HasSubstr("Connection refused"));
}

TEST_F(WebSocketEnding, TriesEveryAddressOfAHost) {
  // localhost may be ::1 first, where the server is not.
  ScriptedMassiveServer::Options options;
  options.host = "localhost";
  ScriptedMassiveServer server{options};
  server.Next([](MassiveSession& peer) {
    peer.Upgrade();
    Hold(peer);
  });
  RunningClient client{server.url()};
  EXPECT_TRUE(client.WaitForOpen());
}

TEST_F(WebSocketEnding, ReportsAHostThatHasNoAddress) {
  const Outcome outcome = RunningClient{"ws://no-such-host.invalid/"}.End();
  EXPECT_EQ(outcome.end, End::Resolve);
  EXPECT_THAT(outcome.text, HasSubstr("cannot resolve no-such-host.invalid"));
}

TEST_F(WebSocketEnding, ReportsARefusedUpgradeWithItsStatus) {
  server_.Next([](MassiveSession& peer) { peer.RefuseUpgrade(403, "Forbidden"); });
  const Outcome outcome = RunningClient{server_.url("/stocks?apiKey=secret")}.End();
  EXPECT_EQ(outcome.end, End::Upgrade);
  EXPECT_EQ(outcome.code, 403);
  EXPECT_EQ(outcome.reason, "Forbidden");
  EXPECT_THAT(outcome.text, AllOf(HasSubstr("HTTP 403 Forbidden"), HasSubstr("/stocks"),
                                  ::testing::Not(HasSubstr("secret"))));
}

TEST_F(WebSocketEnding, ReportsWhereItIsRedirectedTo) {
  server_.Next([](MassiveSession& peer) {
    peer.RefuseUpgrade(301, "Moved", "Location: https://elsewhere.example/\r\n");
  });
  EXPECT_THAT(RunningClient{server_.url()}.End().text,
              HasSubstr("redirected to https://elsewhere.example/"));
}

TEST_F(WebSocketEnding, ReportsAServerThatDoesNotSpeakHttp) {
  server_.Next([](MassiveSession& peer) {
    peer.SendBytes("SSH-2.0-OpenSSH\r\n\r\n");
    peer.StayDeaf();
  });
  const Outcome outcome = RunningClient{server_.url()}.End();
  EXPECT_EQ(outcome.end, End::Upgrade);
  EXPECT_THAT(outcome.text, HasSubstr("does not answer in HTTP"));
}

TEST_F(WebSocketEnding, ReportsAnUnconfirmedUpgrade) {
  server_.Next([](MassiveSession& peer) {
    peer.SendBytes(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n");
    peer.StayDeaf();
  });
  const Outcome outcome = RunningClient{server_.url()}.End();
  EXPECT_EQ(outcome.end, End::Upgrade);
  EXPECT_THAT(outcome.text, HasSubstr("did not confirm"));
}

TEST_F(WebSocketEnding, ReportsAHangUpBeforeTheUpgrade) {
  server_.Next([](MassiveSession& peer) { peer.HangUp(); });
  EXPECT_EQ(RunningClient{server_.url()}.End().end, End::Upgrade);
}

TEST_F(WebSocketEnding, GivesUpOnAServerThatDoesNotUpgradeInTime) {
  server_.Next([](MassiveSession& peer) { peer.StayDeaf(); });
  const Outcome outcome = RunningClient{server_.url(), {.connect_timeout = 50ms}}.End();
  EXPECT_EQ(outcome.end, End::Timeout);
  EXPECT_THAT(outcome.text, AllOf(HasSubstr("within 50 ms"), HasSubstr("upgrade")));
}

TEST_F(WebSocketEnding, ReportsCodeAndReasonOfAClose) {
  Script([](MassiveSession& peer) { peer.Close(1008, "connection limit"); });
  const Outcome outcome = RunningClient{server_.url()}.End();
  EXPECT_EQ(outcome.end, End::Closed);
  EXPECT_EQ(outcome.code, 1008);
  EXPECT_EQ(outcome.reason, "connection limit");
  EXPECT_THAT(outcome.text, HasSubstr("code 1008, \"connection limit\""));
}

TEST_F(WebSocketEnding, ReportsACloseWithoutCode) {
  Script([](MassiveSession& peer) {
    RawFrame close;
    close.opcode = RawFrame::kClose;
    peer.SendFrame(close);
    Hold(peer);
  });
  const Outcome outcome = RunningClient{server_.url()}.End();
  EXPECT_EQ(outcome.end, End::Closed);
  EXPECT_EQ(outcome.code, 1005);
}

TEST_F(WebSocketEnding, CleansACloseReasonForTheLog) {
  Script([](MassiveSession& peer) { peer.Close(4000, "a\nb\xff"); });
  EXPECT_EQ(RunningClient{server_.url()}.End().reason, "a?b?");
}

TEST_F(WebSocketEnding, DeliversWhatCameBeforeTheClose) {
  Script([](MassiveSession& peer) {
    peer.Send("last words");
    peer.Close(1001);
  });
  RunningClient client{server_.url()};
  EXPECT_EQ(client.End().code, 1001);
  ASSERT_EQ(client.Messages().size(), 1u);
  EXPECT_EQ(client.Messages()[0].payload, "last words");
}

TEST_F(WebSocketEnding, ReportsAHangUpInTheMiddleOfAFrame) {
  Script([](MassiveSession& peer) {
    peer.SendBytes(testing::TextFrame(std::string(1000, 'x')).substr(0, 500));
    peer.HangUp();
  });
  RunningClient client{server_.url()};
  const Outcome outcome = client.End();
  EXPECT_EQ(outcome.end, End::Lost);
  EXPECT_THAT(outcome.text, HasSubstr("hung up without a close frame"));
  EXPECT_TRUE(client.Messages().empty());
}

TEST_F(WebSocketEnding, ReportsAReset) {
  Script([](MassiveSession& peer) {
    peer.Read();
    peer.Reset();
  });
  RunningClient client{server_.url()};
  ASSERT_TRUE(client.WaitForOpen());
  client.client().Post([&] { client.client().SendText("reset me"); });
  const Outcome outcome = client.End();
  EXPECT_EQ(outcome.end, End::Lost);
  EXPECT_THAT(outcome.text, HasSubstr("reset by peer"));
}

TEST_F(WebSocketEnding, RefusesMessagesThatAreTooLong) {
  Script([](MassiveSession& peer) {
    peer.Send(std::string(1000, 'x'));
    peer.Send(std::string(1001, 'x'));
    Hold(peer);
  });
  RunningClient client{server_.url(), {.max_message_bytes = 1000}};
  const Outcome outcome = client.End();
  EXPECT_EQ(outcome.end, End::Protocol);
  EXPECT_THAT(outcome.text, HasSubstr("more than 1000 bytes"));
  EXPECT_EQ(client.Messages().size(), 1u);
  EXPECT_TRUE(server_.WaitFor([](const auto& logs) { return logs[0].close_code == 1009; }));
}

TEST_F(WebSocketEnding, RefusesFragmentsThatAddUpToTooMuch) {
  Script([](MassiveSession& peer) {
    peer.SendFragments({std::string(600, 'x'), std::string(600, 'x')});
    Hold(peer);
  });
  EXPECT_EQ((RunningClient{server_.url(), {.max_message_bytes = 1000}}.End().end), End::Protocol);
}

TEST_F(WebSocketEnding, RefusesAFragmentWhoseSizeOverflows) {
  Script([](MassiveSession& peer) {
    RawFrame part;
    part.fin = false;
    part.payload = "abcd";
    peer.SendFrame(part);
    part.opcode = RawFrame::kContinuation;
    part.claimed_size = ~std::uint64_t{0};
    peer.SendFrame(part);
    Hold(peer);
  });
  EXPECT_EQ(RunningClient{server_.url()}.End().end, End::Protocol);
}

struct Breach {
  std::string name;
  std::string bytes;
};

class WebSocketBreach : public WebSocketClient, public ::testing::WithParamInterface<Breach> {};

TEST_P(WebSocketBreach, EndsTheSessionAsAProtocolError) {
  Script([](MassiveSession& peer) {
    peer.SendBytes(GetParam().bytes);
    Hold(peer);
  });
  const Outcome outcome = RunningClient{server_.url()}.End();
  EXPECT_EQ(outcome.end, End::Protocol);
  EXPECT_THAT(outcome.text, HasSubstr("broke the WebSocket protocol"));
}

INSTANTIATE_TEST_SUITE_P(
    All, WebSocketBreach,
    ::testing::Values(
        Breach{"ReservedOpcode", RawFrame{.opcode = 3, .payload = "x"}.Bytes()},
        Breach{"ReservedBits", RawFrame{.rsv = 4, .payload = "x"}.Bytes()},
        Breach{"MaskedByAServer", RawFrame{.masked = true, .payload = "x"}.Bytes()},
        Breach{"ContinuationOfNothing",
               RawFrame{.opcode = RawFrame::kContinuation, .payload = "x"}.Bytes()},
        Breach{"FragmentedPing",
               RawFrame{.opcode = RawFrame::kPing, .fin = false, .payload = "x"}.Bytes()},
        Breach{"PingTooLong",
               RawFrame{.opcode = RawFrame::kPing, .payload = std::string(126, 'x')}.Bytes()}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace feedmux::websocket
