// What a well-behaved session looks like.
#include "connection_fixture.hpp"

namespace feedmux::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(MassiveConnection, AuthenticatesAfterTheGreetingAndSubscribesAfterTheAnswer) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"AAPL", "BRK.B"}, {{"channels", "T,Q"}}};
  connection.Start();
  ASSERT_TRUE(server.WaitForSubscription("Q.BRK.B"));
  EXPECT_TRUE(connection.publisher.WaitForConnected());
  EXPECT_THAT(server.Sessions()[0].messages,
              ElementsAre(R"({"action":"auth","params":"test-key"})",
                          R"({"action":"subscribe","params":"T.AAPL,Q.AAPL,T.BRK.B,Q.BRK.B"})"));
}

TEST(MassiveConnection, SaysNothingBeforeTheServerDoes) {
  ScriptedMassiveServer server;
  server.Next([&](MassiveSession& client) {
    client.Upgrade();
    client.Ping();  // whatever else came first would be read before the pong
    client.ReadPong();
    EXPECT_THAT(client.Log().messages, IsEmpty());
    client.Greet();
    client.Authenticate();
    client.Serve();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  EXPECT_TRUE(connection.publisher.WaitForConnected());
}

TEST(MassiveConnection, PublishesTicksWithTheirBytes) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(server.WaitForSubscription("T.AAPL"));
  server.Feed(TradeFrame("AAPL", 178.25, 100));
  ASSERT_TRUE(connection.publisher.WaitForTicks(1));
  const Tick tick = connection.publisher.Ticks()[0];
  EXPECT_EQ(tick.kind, Kind::Trade);
  EXPECT_EQ(connection.host.symbols().Text(tick.symbol), "AAPL");
  EXPECT_EQ(tick.price, 178.25);
  EXPECT_EQ(tick.connection, 1);
  EXPECT_EQ(tick.ts_recv_ns, connection.host.clock().UtcNs());
  EXPECT_EQ(tick.Raw(), TradeEvent("AAPL", 178.25, 100));
}

TEST(MassiveConnection, PublishesEveryFrameAlsoThoseWithoutTicks) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Welcome();
    client.Read();  // the subscription
    client.Send("[]");
    client.Send(R"([{"ev":"T"}])");
    client.Send("garbage");
    client.Send(TradeFrame("AAPL", 1, 1));
    client.Serve();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(connection.publisher.WaitForTicks(1));
  EXPECT_EQ(connection.publisher.frames(), 6u);  // with the greeting and the answer to the key
  EXPECT_EQ(connection.publisher.status_events(), 2u);
  EXPECT_GE(connection.publisher.rejected(), 2u);
}

TEST(MassiveConnection, TakesStatusAndDataInOneFrame) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Upgrade();
    client.Greet();
    client.Read();
    client.Send(R"([{"ev":"status","status":"auth_success","message":"authenticated"},)" +
                TradeEvent("AAPL", 1, 1) + ']');
    client.Serve();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  EXPECT_TRUE(connection.publisher.WaitForTicks(1));
  EXPECT_TRUE(server.WaitForSubscription("T.AAPL"));
}

TEST(MassiveConnection, UnderstandsTheOlderAnswerToTheKey) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Upgrade();
    client.Greet();
    client.Read();
    client.SendStatus("success", "authenticated");
    client.Serve();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  EXPECT_TRUE(connection.publisher.WaitForConnected());
  EXPECT_TRUE(server.WaitForSubscription("T.AAPL"));
}

TEST(MassiveConnection, TakesBinaryAndFragmentedMessages) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Welcome();
    client.SendBinary(TradeFrame("AAPL", 1, 1));
    const std::string frame = TradeFrame("MSFT", 2, 2);
    client.SendFragments({frame.substr(0, 10), "", frame.substr(10)});
    client.SendInPieces(TextFrame(TradeFrame("NVDA", 3, 3)), 1);
    client.Serve();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(connection.publisher.WaitForTicks(3));
  EXPECT_EQ(connection.publisher.rejected(), 0u);
}

TEST(MassiveConnection, LosesNothingOfAFlood) {
  constexpr std::size_t kFrames = 4000;
  constexpr std::size_t kEvents = 50;
  std::vector<std::string> events(kEvents, TradeEvent("AAPL", 178.25, 100));
  ScriptedMassiveServer server;
  server.Next([&](MassiveSession& client) {
    client.Welcome();
    client.Flood(TextFrame(FrameOf(events)), kFrames);
    client.Serve();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  EXPECT_TRUE(connection.publisher.WaitFor(
      [](const auto& self) { return self.frames() >= kFrames + 2; }, std::chrono::seconds{60}));
  EXPECT_EQ(connection.publisher.Ticks().size(), kFrames * kEvents);
}

TEST(MassiveConnection, DecodesByTheMarketOfItsUrl) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url("/futures/cme"), {"ESZ4"}, {{"channels", "Q"}}};
  connection.Start();
  ASSERT_TRUE(server.WaitForSubscription("Q.ESZ4"));
  EXPECT_EQ(server.Sessions()[0].path, "/futures/cme");
  server.Feed(R"([{"ev":"Q","sym":"ESZ4","bp":114.125,"bs":100,"bt":1734103628360,)"
              R"("ap":114.128,"as":160,"at":1734103628350,"t":1536036818784}])");
  ASSERT_TRUE(connection.publisher.WaitForTicks(1));
  EXPECT_TRUE(connection.publisher.Ticks()[0].flags & tick_flags::kFutures);
}

TEST(MassiveConnection, PingsAndCountsTheAnswers) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Welcome();
    for (int i = 0; i < 3; ++i) client.ReadPing();
    client.Send(TradeFrame("AAPL", 1, 1));
    client.Serve();
  });
  RunningConnection connection{server.url(), {"AAPL"}, {{"ping_interval", "10ms"}}};
  connection.Start();
  ASSERT_TRUE(connection.publisher.WaitForTicks(1));
  EXPECT_GE(connection.host.metrics().Value("pings_sent"), 3u);
  EXPECT_GE(connection.host.metrics().Value("pongs_received"), 3u);
}

TEST(MassiveConnection, RunsBesideOthersOfItsSource) {
  ScriptedMassiveServer server;
  RunningConnection first{server.url(), {"AAPL"}};
  RunningConnection second{server.url(), {"MSFT"}};
  first.Start();
  second.Start();
  ASSERT_TRUE(server.WaitForSubscription("T.AAPL"));
  ASSERT_TRUE(server.WaitForSubscription("T.MSFT"));
  server.FeedTopic("T.AAPL", TradeFrame("AAPL", 1, 1));
  server.FeedTopic("T.MSFT", TradeFrame("MSFT", 1, 1));
  EXPECT_TRUE(first.publisher.WaitForTicks(1));
  EXPECT_TRUE(second.publisher.WaitForTicks(1));
}

TEST(MassiveConnection, LogsWhereItIsConnectedButNotTheQuery) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url("/stocks?apiKey=hidden"), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(connection.publisher.WaitForConnected());
  ASSERT_TRUE(server.WaitForSubscription("T.AAPL"));
  EXPECT_TRUE(
      connection.host.log().Contains("connection_1 (primary): connected to ws://127.0.0.1"));
  EXPECT_FALSE(connection.host.log().Contains("hidden"));
}

}  // namespace
}  // namespace feedmux::testing
