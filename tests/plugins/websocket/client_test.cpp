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

TEST_F(WebSocketClient, DeliversMessagesInOrder) {
  Script([](MassiveSession& peer) {
    for (int i = 0; i < 100; ++i) peer.Send(std::to_string(i));
    Hold(peer);
  });
  RunningClient client{server_.url()};
  ASSERT_TRUE(client.WaitForMessages(100));
  const auto messages = client.Messages();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(messages[i].payload, std::to_string(i));
}

TEST_F(WebSocketClient, AsksForThePathOfTheUrl) {
  Script(Hold);
  RunningClient client{server_.url("/futures/cme?x=1")};
  ASSERT_TRUE(client.WaitForOpen());
  const auto log = server_.Sessions().front();
  EXPECT_EQ(log.path, "/futures/cme?x=1");
  EXPECT_THAT(log.request, HasSubstr("Host: 127.0.0.1:" + std::to_string(server_.port())));
  EXPECT_THAT(log.request, ::testing::Not(HasSubstr("permessage-deflate")));
}

TEST_F(WebSocketClient, TellsTextFromBinary) {
  Script([](MassiveSession& peer) {
    peer.Send("text");
    peer.SendBinary("binary");
    peer.SendFragments({"te", "xt"});
    Hold(peer);
  });
  RunningClient client{server_.url()};
  ASSERT_TRUE(client.WaitForMessages(3));
  EXPECT_TRUE(client.Messages()[0].text);
  EXPECT_FALSE(client.Messages()[1].text);
  EXPECT_TRUE(client.Messages()[2].text);
}

TEST_F(WebSocketClient, PutsFramesTogetherThatArriveInPieces) {
  Script([](MassiveSession& peer) {
    const std::string small = testing::TextFrame("hello");
    const std::string large = testing::TextFrame(std::string(70'000, 'x'));
    peer.SendInPieces(small, 1);
    peer.SendInPieces(large, 333);
    peer.SendInPieces(small + large + small, 50'001);
    Hold(peer);
  });
  RunningClient client{server_.url()};
  ASSERT_TRUE(client.WaitForMessages(5));
  EXPECT_EQ(client.Messages()[0].payload, "hello");
  EXPECT_EQ(client.Messages()[1].payload, std::string(70'000, 'x'));
  EXPECT_EQ(client.Messages()[4].payload, "hello");
}

TEST_F(WebSocketClient, PutsFragmentedMessagesTogetherWithControlFramesBetween) {
  Script([](MassiveSession& peer) {
    RawFrame part;
    part.fin = false;
    part.payload = "one ";
    peer.SendFrame(part);
    peer.Ping("between");
    part.opcode = RawFrame::kContinuation;
    part.fin = true;
    part.payload = "two";
    peer.SendFrame(part);
    Hold(peer);
  });
  RunningClient client{server_.url()};
  ASSERT_TRUE(client.WaitForMessages(1));
  EXPECT_EQ(client.Messages()[0].payload, "one two");
  EXPECT_TRUE(server_.WaitFor([](const auto& sessions) { return sessions[0].pongs == 1; }));
}

TEST_F(WebSocketClient, LeavesRoomBehindEveryMessage) {
  Script([](MassiveSession& peer) {
    for (const std::size_t size : {0, 1, 15, 16, 4096, 100'000}) peer.Send(std::string(size, 'x'));
    peer.SendFragments({std::string(5000, 'x'), std::string(70'000, 'y'), "z"});
    Hold(peer);
  });
  RunningClient client{server_.url()};
  ASSERT_TRUE(client.WaitForMessages(7));
  for (const auto& message : client.Messages()) EXPECT_GE(message.spare, kMessagePadding);
}

TEST_F(WebSocketClient, ReusesTheBuffersThatItsHandlerSwapsIn) {
  std::set<const char*> buffers;
  std::string other;
  Script([](MassiveSession& peer) {
    ASSERT_EQ(peer.Read(), "go");
    for (int i = 0; i < 1000; ++i) peer.Send(std::string(5000, 'x'));
    Hold(peer);
  });
  RunningClient client{server_.url()};
  client.client().Post([&] {
    client.on_message = [&](std::string& payload) {
      payload.swap(other);
      buffers.insert(other.data());
    };
  });
  ASSERT_TRUE(client.WaitForOpen());
  client.client().Post([&] { client.client().SendText("go"); });
  ASSERT_TRUE(client.WaitForMessages(1000));
  client.client().Stop();
  client.End();
  EXPECT_LE(buffers.size(), 3u);
}

TEST_F(WebSocketClient, PassesTextOnThatIsNotUtf8) {
  Script([](MassiveSession& peer) {
    peer.Send("\xff\xfe");
    Hold(peer);
  });
  RunningClient client{server_.url()};
  ASSERT_TRUE(client.WaitForMessages(1));
  EXPECT_EQ(client.Messages()[0].payload, "\xff\xfe");
}

TEST_F(WebSocketClient, SendsWhatIsPostedFromAnyThread) {
  Script(Hold);
  RunningClient client{server_.url()};
  ASSERT_TRUE(client.WaitForOpen());
  const std::string large(300'000, 'x');
  client.client().Post([&] { client.client().SendText("first"); });
  client.client().Post([&] { client.client().SendText(large); });
  ASSERT_TRUE(
      server_.WaitFor([](const auto& sessions) { return sessions[0].messages.size() == 2; }));
  EXPECT_EQ(server_.Sessions()[0].messages[0], "first");
  EXPECT_EQ(server_.Sessions()[0].messages[1], large);
}

TEST_F(WebSocketClient, RunsDelayedTasksInTheOrderOfTheirTimes) {
  Script(Hold);
  RunningClient client{server_.url()};
  std::promise<std::string> done;
  std::string order;
  client.client().Post([&] {
    client.client().After(20ms, [&] { order += 'c', done.set_value(order); });
    client.client().After(0ms, [&] { order += 'a'; });
    client.client().After(10ms, [&] { order += 'b'; });
  });
  EXPECT_EQ(done.get_future().get(), "abc");
}

TEST_F(WebSocketClient, AnswersPingsWithTheirPayload) {
  Script([](MassiveSession& peer) {
    peer.Ping("are you there");
    Hold(peer);
  });
  RunningClient client{server_.url()};
  EXPECT_TRUE(server_.WaitFor(
      [](const auto& sessions) { return !sessions.empty() && sessions[0].pongs == 1; }));
}

TEST_F(WebSocketClient, PingsAtItsInterval) {
  Script(Hold);
  RunningClient client{server_.url(), {.ping_interval = 10ms}};
  EXPECT_TRUE(client.WaitForPongs(3));
}

TEST_F(WebSocketClient, FindsAPeerDeadThatAnswersNoPing) {
  Script([](MassiveSession& peer) {
    peer.IgnorePings();
    Hold(peer);
  });
  RunningClient client{server_.url(), {.ping_interval = 20ms, .dead_after = 100ms}};
  const Outcome outcome = client.End();
  EXPECT_EQ(outcome.end, End::Dead);
  EXPECT_THAT(outcome.text, HasSubstr("sent nothing for 100 ms"));
  EXPECT_GE(server_.Sessions()[0].pings, 1u);
}

TEST_F(WebSocketClient, DoesNotFindAPeerDeadThatOnlySendsData) {
  Script([](MassiveSession& peer) {
    peer.IgnorePings();
    while (true) {
      peer.ReadPing();
      peer.Send("data");
    }
  });
  RunningClient client{server_.url(), {.ping_interval = 30ms, .dead_after = 1000ms}};
  ASSERT_TRUE(client.WaitForMessages(50));  // 1.5 s
  EXPECT_FALSE(client.EndsWithin(0ms));
}

TEST_F(WebSocketClient, ClosesPolitelyWhenStopped) {
  Script(Hold);
  RunningClient client{server_.url()};
  ASSERT_TRUE(client.WaitForOpen());
  client.client().Stop();
  EXPECT_EQ(client.End().end, End::Stopped);
  EXPECT_TRUE(server_.WaitFor([](const auto& logs) { return logs[0].close_code == 1000; }));
}

TEST_F(WebSocketClient, StopsInTimeUnderAPeerThatDoesNotCloseBack) {
  Script([](MassiveSession& peer) { peer.StayDeaf(); });
  RunningClient client{server_.url(), {.close_timeout = 50ms}};
  ASSERT_TRUE(client.WaitForOpen());
  client.client().Stop();
  EXPECT_TRUE(client.EndsWithin(1s));
}

TEST_F(WebSocketClient, StopsInTimeUnderAFlood) {
  Script([](MassiveSession& peer) {
    peer.Flood(testing::TextFrame(std::string(7500, 'x')), 100'000'000);
  });
  RunningClient client{server_.url()};
  client.client().Post([] {});
  ASSERT_TRUE(client.WaitForMessages(10));
  client.client().Stop();
  EXPECT_TRUE(client.EndsWithin(1s));
}

TEST_F(WebSocketClient, StopsInTimeWhileConnecting) {
  server_.Next([](MassiveSession& peer) { peer.StayDeaf(); });
  RunningClient client{server_.url()};
  ASSERT_TRUE(server_.WaitForSessions(1));
  client.client().Stop();
  EXPECT_TRUE(client.EndsWithin(1s));
  EXPECT_EQ(client.End().end, End::Stopped);
}

TEST_F(WebSocketClient, StoppedBeforeRunDoesNotConnect) {
  Client client;
  client.Stop();
  Url url;
  std::string expected;
  ASSERT_TRUE(ParseUrl(server_.url(), url, expected));
  struct : Handler {
    void OnOpen() override { ADD_FAILURE(); }
    void OnMessage(std::string&, bool) override {}
  } handler;
  EXPECT_EQ(client.Run(url, {}, handler).end, End::Stopped);
  EXPECT_TRUE(server_.Sessions().empty());
}

TEST_F(WebSocketClient, LetsItsHandlersExceptionsOut) {
  Script([](MassiveSession& peer) {
    peer.Read();
    peer.Send("message");
    Hold(peer);
  });
  RunningClient client{server_.url()};
  ASSERT_TRUE(client.WaitForOpen());
  client.client().Post([&] {
    client.on_message = [](std::string&) { throw std::logic_error("enough"); };
    client.client().SendText("go on");
  });
  EXPECT_THROW(client.End(), std::logic_error);
}

TEST_F(WebSocketClient, ReceivesAFloodWithoutLoss) {
  constexpr std::size_t kFrames = 20'000;
  Script([](MassiveSession& peer) {
    peer.Flood(testing::TextFrame(std::string(2000, 'x')), kFrames);
    peer.Close(1000);
  });
  RunningClient client{server_.url()};
  EXPECT_EQ(client.End().end, End::Closed);
  EXPECT_EQ(client.Messages().size(), kFrames);
}

}  // namespace
}  // namespace feedmux::websocket
