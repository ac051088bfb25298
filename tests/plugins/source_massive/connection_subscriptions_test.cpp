#include "connection_fixture.hpp"

namespace feedmux::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Ack = MassiveSession::Ack;

/// The messages of the first session behind its auth.
std::vector<std::string> Requests(const ScriptedMassiveServer& server) {
  auto messages = server.Sessions().at(0).messages;
  messages.erase(messages.begin());
  return messages;
}

bool WaitForRequests(const ScriptedMassiveServer& server, std::size_t count) {
  return server.WaitFor([count](const auto& sessions) {
    return !sessions.empty() && sessions[0].messages.size() >= count + 1;
  });
}

TEST(MassiveSubscriptions, FollowTheCallsWhileStreaming) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(WaitForRequests(server, 1));
  connection->Subscribe({"MSFT", "NVDA"});
  ASSERT_TRUE(WaitForRequests(server, 2));
  connection->Unsubscribe({"AAPL", "NVDA"});
  ASSERT_TRUE(WaitForRequests(server, 3));
  EXPECT_THAT(Requests(server),
              ElementsAre(R"({"action":"subscribe","params":"T.AAPL"})",
                          R"({"action":"subscribe","params":"T.MSFT,T.NVDA"})",
                          R"({"action":"unsubscribe","params":"T.AAPL,T.NVDA"})"));
}

TEST(MassiveSubscriptions, MadeBeforeRunAreSentWithTheOthers) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"AAPL", "MSFT"}};
  connection->Subscribe({"NVDA", "AAPL"});
  connection->Unsubscribe({"MSFT", "NOTHING"});
  connection.Start();
  ASSERT_TRUE(WaitForRequests(server, 1));
  EXPECT_THAT(Requests(server), ElementsAre(R"({"action":"subscribe","params":"T.AAPL,T.NVDA"})"));
}

TEST(MassiveSubscriptions, MadeBeforeTheKeyIsAcceptedWaitForIt) {
  ScriptedMassiveServer server;
  std::promise<void> subscribed;
  server.Next([&](MassiveSession& client) {
    client.Upgrade();
    client.Greet();
    client.Read();
    subscribed.get_future().wait();
    client.SendStatus("auth_success", "authenticated");
    client.Serve();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(server.WaitFor(
      [](const auto& sessions) { return !sessions.empty() && !sessions[0].messages.empty(); }));
  connection->Subscribe({"MSFT"});
  connection->Unsubscribe({"AAPL"});
  subscribed.set_value();
  ASSERT_TRUE(WaitForRequests(server, 1));
  EXPECT_THAT(Requests(server), ElementsAre(R"({"action":"subscribe","params":"T.MSFT"})"));
}

TEST(MassiveSubscriptions, AreNotAskedForTwice) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"AAPL", "AAPL"}};
  connection.Start();
  ASSERT_TRUE(WaitForRequests(server, 1));
  connection->Subscribe({"AAPL"});
  connection->Subscribe({"MSFT", "AAPL", "MSFT"});
  ASSERT_TRUE(WaitForRequests(server, 2));
  EXPECT_THAT(Requests(server), ElementsAre(R"({"action":"subscribe","params":"T.AAPL"})",
                                            R"({"action":"subscribe","params":"T.MSFT"})"));
}

TEST(MassiveSubscriptions, MayBeTheWildcard) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"*"}, {{"channels", "T,Q"}}};
  connection.Start();
  ASSERT_TRUE(server.WaitForSubscription("Q.*"));
  EXPECT_THAT(Requests(server), ElementsAre(R"({"action":"subscribe","params":"T.*,Q.*"})"));
}

TEST(MassiveSubscriptions, SurviveTheEndOfTheWildcard) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"AAPL", "*"}};
  connection.Start();
  ASSERT_TRUE(WaitForRequests(server, 1));
  connection->Unsubscribe({"*"});
  ASSERT_TRUE(WaitForRequests(server, 3));
  EXPECT_THAT(Requests(server), ElementsAre(R"({"action":"subscribe","params":"T.AAPL,T.*"})",
                                            R"({"action":"unsubscribe","params":"T.*"})",
                                            R"({"action":"subscribe","params":"T.AAPL"})"));
}

TEST(MassiveSubscriptions, GoOutInMessagesOfLimitedSize) {
  std::vector<std::string> tickers;
  for (int i = 0; i < 5000; ++i) tickers.push_back("SYM" + std::to_string(i));
  ScriptedMassiveServer server;
  RunningConnection connection{
      server.url(), tickers, {{"channels", "T,Q"}, {"subscribe_bytes", "10000"}}};
  connection.Start();
  ASSERT_TRUE(server.WaitFor([](const auto& sessions) {
    return !sessions.empty() && sessions[0].subscriptions.size() == 10'000;
  }));
  EXPECT_GT(Requests(server).size(), 5u);
  for (const std::string& message : Requests(server)) EXPECT_LE(message.size(), 10'000u);
}

TEST(MassiveSubscriptions, CountTheirConfirmations) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"AAPL", "MSFT"}, {{"channels", "T,Q"}}};
  connection.Start();
  ASSERT_TRUE(server.WaitForSubscription("Q.MSFT"));
  EXPECT_TRUE(
      connection.publisher.WaitFor([](const auto& self) { return self.status_events() == 2 + 4; }));
  EXPECT_EQ(connection.host.metrics().Value("subscriptions_requested"), 4u);
  EXPECT_EQ(connection.host.metrics().Value("subscriptions_confirmed"), 4u);
}

TEST(MassiveSubscriptions, ThatAreNotConfirmedAreReportedOnceByName) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Welcome();
    client.Serve(
        [](const std::string& topic) { return topic == "T.AAPL" ? Ack::Confirm : Ack::Ignore; });
  });
  std::vector<std::string> tickers = {"AAPL"};
  for (int i = 10; i < 23; ++i) tickers.push_back("X" + std::to_string(i));
  RunningConnection connection{server.url(), tickers, {{"ack_timeout", "50ms"}}};
  connection.Start();
  ASSERT_TRUE(connection.WaitForErrors(1));
  EXPECT_THAT(connection.publisher.Errors(),
              ElementsAre(AllOf(HasSubstr("did not confirm 13 subscriptions within 50 ms"),
                                HasSubstr("T.X10, T.X11"), HasSubstr("T.X19 and 3 more"),
                                Not(HasSubstr("AAPL")))));
  EXPECT_EQ(connection.host.metrics().Value("subscriptions_unconfirmed"), 13u);
}

TEST(MassiveSubscriptions, ConfirmedLateButInTimeAreNotReported) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Welcome();
    client.Read();
    client.ReadPing();
    client.SendStatus("success", "subscribed to: T.AAPL");
    client.Serve();
  });
  RunningConnection connection{
      server.url(), {"AAPL"}, {{"ping_interval", "20ms"}, {"ack_timeout", "5s"}}};
  connection.Start();
  EXPECT_TRUE(
      connection.publisher.WaitFor([](const auto& self) { return self.status_events() == 3; }));
  EXPECT_EQ(connection.host.metrics().Value("subscriptions_confirmed"), 1u);
  EXPECT_THAT(connection.publisher.Errors(), IsEmpty());
}

TEST(MassiveSubscriptions, EndedBeforeTheirConfirmationAreNotReported) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Welcome();
    client.Serve([](const std::string&) { return Ack::Ignore; });
  });
  RunningConnection connection{server.url(), {"AAPL", "MSFT"}, {{"ack_timeout", "100ms"}}};
  connection.Start();
  ASSERT_TRUE(WaitForRequests(server, 1));
  connection->Unsubscribe({"AAPL"});
  ASSERT_TRUE(connection.WaitForErrors(1));
  EXPECT_THAT(connection.publisher.Errors(),
              ElementsAre(HasSubstr("did not confirm 1 subscriptions within 100 ms: T.MSFT")));
}

TEST(MassiveSubscriptions, RefusedOnesAreReportedWithTheServersText) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Welcome();
    client.Serve([](const std::string& topic) {
      return topic.starts_with("Q.") ? Ack::Refuse : Ack::Confirm;
    });
  });
  RunningConnection connection{server.url(), {"AAPL", "MSFT"}, {{"channels", "T,Q"}}};
  connection.Start();
  ASSERT_TRUE(connection.WaitForErrors(1));
  EXPECT_THAT(connection.publisher.Errors(),
              ElementsAre(AllOf(HasSubstr("\"not authorized\""), HasSubstr("2 times"))));
  EXPECT_EQ(connection.host.metrics().Value("subscription_errors"), 2u);
  EXPECT_EQ(connection.host.metrics().Value("subscriptions_confirmed"), 2u);
}

TEST(MassiveSubscriptions, ThatCannotBeTickersAreReportedAndTheOthersSent) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"AAPL", "A,B", ""}};
  connection.Start();
  ASSERT_TRUE(server.WaitForSubscription("T.AAPL"));
  ASSERT_TRUE(connection.WaitForErrors(1));
  EXPECT_THAT(connection.publisher.Errors(), ElementsAre(HasSubstr("\"A,B\", \"\"")));
}

TEST(MassiveSubscriptions, MayBeChangedByManyThreadsAtOnce) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {}};
  connection.Start();
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < 200; ++i) {
          const std::string ticker = "S" + std::to_string(thread) + "N" + std::to_string(i);
          connection->Subscribe({ticker});
          if (i % 2 == 0) connection->Unsubscribe({ticker});
        }
      });
    }
  }
  EXPECT_TRUE(server.WaitFor([](const auto& sessions) {
    return !sessions.empty() && sessions[0].subscriptions.size() == 400;
  }));
}

TEST(MassiveSubscriptions, MayBeChangedAfterTheSessionEnded) {
  ScriptedMassiveServer server;
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  ASSERT_TRUE(server.WaitForSubscription("T.AAPL"));
  connection.Stop();
  EXPECT_EQ(connection.Error(), std::nullopt);
  connection->Subscribe({"MSFT"});
  connection->Unsubscribe({"AAPL"});
}

}  // namespace
}  // namespace feedmux::testing
