// A stop request ends a session within a second, whatever it is doing.
#include "connection_fixture.hpp"

namespace feedmux::testing {
namespace {

using namespace std::chrono_literals;

void ExpectStopsInTime(RunningConnection& connection) {
  connection.Stop();
  EXPECT_TRUE(connection.EndsWithin(1s));
  EXPECT_EQ(connection.Error(), std::nullopt);
}

TEST(MassiveStop, BeforeRun) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Stop();
  connection.Start();
  EXPECT_EQ(connection.Error(), std::nullopt);
  EXPECT_TRUE(server.Sessions().empty());
}

TEST(MassiveStop, WhileConnecting) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) { client.StayDeaf(); });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(server.WaitForSessions(1));
  ExpectStopsInTime(connection);
}

TEST(MassiveStop, WhileWaitingForTheGreeting) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Upgrade();
    client.Serve();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(server.WaitFor(
      [](const auto& sessions) { return !sessions.empty() && sessions[0].upgraded; }));
  ExpectStopsInTime(connection);
}

TEST(MassiveStop, WhileWaitingForTheAnswerToTheKey) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Upgrade();
    client.Greet();
    client.Read();
    client.Read();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(server.WaitFor(
      [](const auto& sessions) { return !sessions.empty() && !sessions[0].messages.empty(); }));
  ExpectStopsInTime(connection);
}

TEST(MassiveStop, WhileStreaming) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Welcome();
    client.Flood(TextFrame(TradeFrame("AAPL", 1, 1)), 1'000'000'000);
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(connection.publisher.WaitForTicks(10));
  ExpectStopsInTime(connection);
}

TEST(MassiveStop, WhileQuietIsSaidToTheServer) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(server.WaitForSubscription("T.AAPL"));
  ExpectStopsInTime(connection);
  EXPECT_TRUE(server.WaitFor([](const auto& sessions) { return sessions[0].close_code == 1000; }));
}

TEST(MassiveStop, WhileTheServerIsDead) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Welcome();
    client.StayDeaf();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(connection.publisher.WaitForConnected());
  ExpectStopsInTime(connection);
}

}  // namespace
}  // namespace feedmux::testing
