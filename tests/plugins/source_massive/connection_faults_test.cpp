// How a session is lost, and what the engine is told.
#include "connection_fixture.hpp"

namespace feedmux::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct Fault {
  ScriptedMassiveServer::Script script;
  OptionTexts options = {};
  std::string key = "test-key";
};

/// How a session with this script ends.
FeedError Suffer(const Fault& fault) {
  ScriptedMassiveServer server;
  server.Next(fault.script);
  RunningConnection connection{server.url(), {"AAPL"}, fault.options, fault.key};
  connection.Start();
  const auto error = connection.Error();
  if (!error) throw std::logic_error("the session ended without an error");
  EXPECT_THAT(error->what(), Not(HasSubstr(fault.key)));
  return *error;
}

TEST(MassiveFaults, AWrongKeyIsAnAuthErrorWithTheServersText) {
  const FeedError error =
      Suffer({.script = [](MassiveSession& client) { client.Welcome(); }, .key = "wrong-key"});
  EXPECT_EQ(error.kind(), FeedErrorKind::Auth);
  EXPECT_THAT(error.what(), HasSubstr("\"authentication failed\""));
}

TEST(MassiveFaults, AKeyThatTheServerRepeatsIsHidden) {
  const FeedError error =
      Suffer({.script =
                  [](MassiveSession& client) {
                    client.Upgrade();
                    client.Greet();
                    client.Read();
                    client.SendStatus("auth_failed", "no account for wrong-key");
                    client.HangUp();
                  },
              .key = "wrong-key"});
  EXPECT_THAT(error.what(), HasSubstr("no account for ***"));
}

TEST(MassiveFaults, AnAuthTimeoutIsAnAuthError) {
  const FeedError error = Suffer({[](MassiveSession& client) {
    client.Upgrade();
    client.Greet();
    client.SendStatus("auth_timeout", "No authentication request received.");
    client.Close(1008);
  }});
  EXPECT_EQ(error.kind(), FeedErrorKind::Auth);
  EXPECT_THAT(error.what(), HasSubstr("No authentication request received."));
}

TEST(MassiveFaults, AServerThatDoesNotGreetIsGivenUp) {
  const FeedError error = Suffer({.script =
                                      [](MassiveSession& client) {
                                        client.Upgrade();
                                        client.Serve();
                                      },
                                  .options = {{"auth_timeout", "50ms"}}});
  EXPECT_EQ(error.kind(), FeedErrorKind::Network);
  EXPECT_THAT(error.what(), HasSubstr("did not greet within 50 ms"));
}

TEST(MassiveFaults, AServerThatDoesNotAnswerToTheKeyIsGivenUp) {
  const FeedError error = Suffer({.script =
                                      [](MassiveSession& client) {
                                        client.Upgrade();
                                        client.Greet();
                                        client.Read();
                                        client.Read();
                                      },
                                  .options = {{"auth_timeout", "50ms"}}});
  EXPECT_EQ(error.kind(), FeedErrorKind::Network);
  EXPECT_THAT(error.what(), HasSubstr("did not answer to the API key within 50 ms"));
}

TEST(MassiveFaults, MaxConnectionsIsAnEviction) {
  const FeedError error = Suffer({[](MassiveSession& client) {
    client.Welcome();
    client.Read();
    client.Evict();
  }});
  EXPECT_EQ(error.kind(), FeedErrorKind::Evicted);
  EXPECT_THAT(error.what(), HasSubstr("Maximum number of connections exceeded."));
}

TEST(MassiveFaults, MaxConnectionsInPlaceOfTheAnswerToTheKeyIsAnEviction) {
  const FeedError error = Suffer({[](MassiveSession& client) {
    client.Upgrade();
    client.Greet();
    client.Read();
    client.Evict();
  }});
  EXPECT_EQ(error.kind(), FeedErrorKind::Evicted);
}

TEST(MassiveFaults, AClose1008ThatNamesTheLimitIsAnEviction) {
  const FeedError error = Suffer({[](MassiveSession& client) {
    client.Welcome();
    client.Close(1008, "Maximum number of websocket connections exceeded.");
  }});
  EXPECT_EQ(error.kind(), FeedErrorKind::Evicted);
}

TEST(MassiveFaults, AnyOtherClose1008IsANetworkError) {
  const FeedError error = Suffer({[](MassiveSession& client) {
    client.Welcome();
    client.Close(1008, "policy");
  }});
  EXPECT_EQ(error.kind(), FeedErrorKind::Network);
  EXPECT_THAT(error.what(), HasSubstr("code 1008, \"policy\""));
}

TEST(MassiveFaults, TheOldestConnectionBeyondTheLimitIsEvicted) {
  ScriptedMassiveServer::Options options;
  options.connection_limit = 1;
  ScriptedMassiveServer server{options};
  RunningConnection first{server.url(), {"AAPL"}};
  first.Start();
  ASSERT_TRUE(server.WaitForSubscription("T.AAPL"));
  RunningConnection second{server.url(), {"MSFT"}};
  second.Start();
  const auto error = first.Error();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), FeedErrorKind::Evicted);
  EXPECT_TRUE(server.WaitForSubscription("T.MSFT"));
}

TEST(MassiveFaults, ASlowConsumerNoticeIsANetworkErrorWithItsText) {
  const FeedError error = Suffer({[](MassiveSession& client) {
    client.Welcome();
    client.SendStatus("slow_consumer", "buffer full");
    client.HangUp();
  }});
  EXPECT_EQ(error.kind(), FeedErrorKind::Network);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("too slow"), HasSubstr("buffer full")));
}

TEST(MassiveFaults, AForcedDisconnectIsANetworkErrorWithItsText) {
  const FeedError error = Suffer({[](MassiveSession& client) {
    client.Welcome();
    client.SendStatus("force_disconnect", "maintenance");
    client.Close(1001);
  }});
  EXPECT_EQ(error.kind(), FeedErrorKind::Network);
  EXPECT_THAT(error.what(), HasSubstr("maintenance"));
}

TEST(MassiveFaults, AnyCloseIsANetworkErrorWithCodeAndReason) {
  for (const int code : {1000, 1001, 1011, 1012, 4000}) {
    const FeedError error = Suffer({[code](MassiveSession& client) {
      client.Welcome();
      client.Close(code, "see you");
    }});
    EXPECT_EQ(error.kind(), FeedErrorKind::Network);
    EXPECT_THAT(error.what(), HasSubstr("code " + std::to_string(code) + ", \"see you\""));
  }
}

TEST(MassiveFaults, AHangUpInTheMiddleOfAFrameIsANetworkError) {
  const FeedError error = Suffer({[](MassiveSession& client) {
    client.Welcome();
    client.SendBytes(TextFrame(TradeFrame("AAPL", 1, 1)).substr(0, 20));
    client.HangUp();
  }});
  EXPECT_EQ(error.kind(), FeedErrorKind::Network);
  EXPECT_THAT(error.what(), HasSubstr("hung up"));
}

TEST(MassiveFaults, AResetIsANetworkError) {
  const FeedError error = Suffer({[](MassiveSession& client) {
    client.Welcome();
    client.Read();
    client.Reset();
  }});
  EXPECT_EQ(error.kind(), FeedErrorKind::Network);
  EXPECT_THAT(error.what(), HasSubstr("lost"));
}

TEST(MassiveFaults, ASilentServerIsFoundDead) {
  const FeedError error = Suffer({.script =
                                      [](MassiveSession& client) {
                                        client.Welcome();
                                        client.StayDeaf();
                                      },
                                  .options = {{"ping_interval", "20ms"}, {"dead_after", "100ms"}}});
  EXPECT_EQ(error.kind(), FeedErrorKind::Network);
  EXPECT_THAT(error.what(), HasSubstr("did not answer pings"));
}

TEST(MassiveFaults, ARefusedUpgradeIsANetworkErrorWithItsStatus) {
  for (const int status : {403, 429, 503}) {
    const FeedError error =
        Suffer({[status](MassiveSession& client) { client.RefuseUpgrade(status, "No"); }});
    EXPECT_EQ(error.kind(), FeedErrorKind::Network);
    EXPECT_THAT(error.what(), HasSubstr("HTTP " + std::to_string(status)));
  }
}

TEST(MassiveFaults, AKeyInTheUrlIsNotShownWhenTheServerRepeatsIt) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.RefuseUpgrade(301, "Moved", "Location: https://elsewhere/stocks?apiKey=hush\r\n");
  });
  RunningConnection connection{server.url("/stocks?apiKey=hush"), {"AAPL"}};
  const auto error = connection.Start().Error();
  ASSERT_TRUE(error);
  EXPECT_THAT(error->what(), HasSubstr("redirected to https://elsewhere/stocks?***"));
  EXPECT_THAT(error->what(), ::testing::Not(HasSubstr("hush")));
}

TEST(MassiveFaults, AServerOfAnotherProtocolIsAProtocolError) {
  const FeedError error = Suffer({[](MassiveSession& client) {
    client.SendBytes("220 mail.example ESMTP\r\n\r\n");
    client.HangUp();
  }});
  EXPECT_EQ(error.kind(), FeedErrorKind::Protocol);
}

TEST(MassiveFaults, ABrokenFrameIsAProtocolError) {
  const FeedError error = Suffer({[](MassiveSession& client) {
    client.Welcome();
    RawFrame frame;
    frame.opcode = 5;
    client.SendFrame(frame);
    client.Serve();
  }});
  EXPECT_EQ(error.kind(), FeedErrorKind::Protocol);
}

TEST(MassiveFaults, AnAbsentServerIsANetworkError) {
  ScriptedMassiveServer server;
  server.Pause();
  RunningConnection connection{server.url(), {"AAPL"}};
  const auto error = connection.Start().Error();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), FeedErrorKind::Network);
  EXPECT_THAT(error->what(), HasSubstr("Connection refused"));
}

TEST(MassiveFaults, TicksBeforeTheLossArePublished) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Welcome();
    client.Flood(TextFrame(TradeFrame("AAPL", 1, 1)), 1000);
    client.Evict();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  EXPECT_EQ(connection.Start().Error()->kind(), FeedErrorKind::Evicted);
  EXPECT_EQ(connection.publisher.Ticks().size(), 1000u);
}

TEST(MassiveFaults, AnUnknownStatusIsLoggedAndSurvived) {
  ScriptedMassiveServer server;
  server.Next([](MassiveSession& client) {
    client.Welcome();
    client.SendStatus("holiday", "markets are closed");
    client.Send(TradeFrame("AAPL", 1, 1));
    client.Serve();
  });
  RunningConnection connection{server.url(), {"AAPL"}};
  connection.Start();
  EXPECT_TRUE(connection.publisher.WaitForTicks(1));
  EXPECT_TRUE(connection.host.log().Contains("markets are closed"));
}

}  // namespace
}  // namespace feedmux::testing
