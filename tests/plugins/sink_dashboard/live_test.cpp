#include "dashboard_fixture.hpp"
#include "sink_dashboard/view.hpp"

namespace feedmux::dashboard {
namespace {

using testing::NoAnswer;
using testing::WebSocketPeer;

class LiveTest : public DashboardTest {
 protected:
  WebSocketPeer Open(const std::string& user = "viewer") {
    return WebSocketPeer{sink_->port(), "/admin-ws", LogIn(user).headers};
  }

  /// An open viewer who has been told of everything that is there.
  WebSocketPeer OpenAndWait() {
    WebSocketPeer peer = Open();
    NextEvent(peer, "metrics_update");
    return peer;
  }

  static void SetView(WebSocketPeer& peer, const Json& data) {
    peer.SendText(Json{{"event", "view"}, {"data", data}}.dump());
    // An answer to what was sent after it: the view is in force.
    peer.SendText(R"({"event":"ping","data":{}})");
    NextEvent(peer, "pong");
  }

  static std::vector<std::string> SymbolsOf(const Json& update) {
    std::vector<std::string> symbols;
    for (const Json& tick : update.at("ticks")) symbols.push_back(tick.at("symbol"));
    return symbols;
  }
};

TEST_F(LiveTest, TellsOfAllConnectionsFirst) {
  Start();
  WebSocketPeer peer = Open();
  const Json first = NextMessage(peer), second = NextMessage(peer), third = NextMessage(peer);
  EXPECT_EQ(first.at("event"), "connection_status_update");
  EXPECT_EQ(first.at("data").at("connection_id"), "connection_1");
  EXPECT_FALSE(first.at("data").at("config").contains("tickers"));
  EXPECT_EQ(second.at("data").at("connection_id"), "connection_2");
  EXPECT_EQ(third.at("event"), "metrics_update");
  EXPECT_EQ(third.at("data").at("summary").at("verdict").at("level"), "error");
  EXPECT_EQ(third.at("data").at("stream"), (Json{{"seen", 0}, {"shown", 0}}));
}

TEST_F(LiveTest, TellsOfAChangedStatus) {
  Start();
  WebSocketPeer peer = OpenAndWait();
  health_.connections[1].status = ConnectionStatus::Connected;
  host_.SetHealth(health_);
  const Json update = NextEvent(peer, "connection_status_update");
  EXPECT_EQ(update.at("connection_id"), "connection_2");
  EXPECT_EQ(update.at("status"), "connected");
}

TEST_F(LiveTest, SendsMetricsAgainAndAgain) {
  Start();
  WebSocketPeer peer = OpenAndWait();
  health_.connections[0].message_count = 751;
  host_.SetHealth(health_);
  EXPECT_EQ(NextEvent(peer, "metrics_update").at("connections").at(0).at("message_count"), 751);
}

TEST_F(LiveTest, TellsOfNewLinesInTheLogOnly) {
  host_.AddToRecentLog({1, 1'000'000'000, LogLevel::Info, "engine", "old"});
  Start();
  WebSocketPeer peer = OpenAndWait();
  host_.AddToRecentLog({2, 2'000'000'000, LogLevel::Error, "engine", "new"});
  EXPECT_EQ(NextEvent(peer, "event").at("text"), "new");
}

TEST_F(LiveTest, ShowsTicks) {
  Start();
  WebSocketPeer peer = OpenAndWait();
  sink_->OnTicks(std::vector{MakeTick(host_, "AAPL", Kind::Trade, 178.25)});
  const Json update = NextEvent(peer, "tick_update");
  EXPECT_EQ(update.at("seen"), 1);
  const Json& tick = update.at("ticks").at(0);
  EXPECT_EQ(tick.at("connection_id"), "connection_1");
  EXPECT_EQ(tick.at("symbol"), "AAPL");
  EXPECT_EQ(tick.at("kind"), "trade");
  EXPECT_EQ(tick.at("price"), 178.25);
  EXPECT_TRUE(tick.at("size").is_null());
  EXPECT_EQ(tick.at("count"), 1);
}

TEST_F(LiveTest, ShowsTheNewestOfASymbolAndHowManyThereWere) {
  Start();
  WebSocketPeer peer = OpenAndWait();
  std::vector<Tick> ticks;
  for (int i = 1; i <= 1000; ++i) ticks.push_back(MakeTick(host_, "AAPL", Kind::Trade, i));
  sink_->OnTicks(ticks);
  const Json update = NextEvent(peer, "tick_update");
  ASSERT_EQ(update.at("ticks").size(), 1u);
  EXPECT_EQ(update.at("ticks").at(0).at("price"), 1000);
  EXPECT_EQ(update.at("ticks").at(0).at("count"), 1000);
  EXPECT_EQ(update.at("seen"), 1000);
}

TEST_F(LiveTest, ShowsAtMost20OfAConnection) {
  Start();
  WebSocketPeer peer = OpenAndWait();
  std::vector<Tick> ticks;
  for (int i = 0; i < 100; ++i) {
    Tick tick = MakeTick(host_, "S" + std::to_string(i), Kind::Trade, i, i < 30 ? 2 : 1);
    tick.ts_recv_ns += i;
    ticks.push_back(tick);
  }
  sink_->OnTicks(ticks);
  const Json update = NextEvent(peer, "tick_update");
  EXPECT_EQ(update.at("seen"), 100);
  EXPECT_EQ(update.at("ticks").size(), 40u);
  EXPECT_EQ(SymbolsOf(update).front(), "S10") << "the newest, oldest first";
  EXPECT_EQ(SymbolsOf(update).back(), "S99");
}

TEST_F(LiveTest, ShowsWhatTheViewerWantsToSee) {
  Start();
  WebSocketPeer peer = OpenAndWait();
  SetView(peer,
          {{"connections", {"connection_2"}}, {"symbols", {"TSLA", "IBM"}}, {"kinds", {"trade"}}});
  sink_->OnTicks(std::vector{
      MakeTick(host_, "TSLA", Kind::Trade, 1, 1), MakeTick(host_, "TSLA", Kind::Quote, 2, 2),
      MakeTick(host_, "AAPL", Kind::Trade, 3, 2), MakeTick(host_, "TSLA", Kind::Trade, 4, 2)});
  const Json update = NextEvent(peer, "tick_update");
  ASSERT_EQ(update.at("ticks").size(), 1u);
  EXPECT_EQ(update.at("ticks").at(0).at("price"), 4);
  EXPECT_EQ(update.at("seen"), 1);
}

TEST_F(LiveTest, ShowsNoTicksWhileTheViewerWantsNone) {
  Start();
  WebSocketPeer peer = OpenAndWait();
  SetView(peer, {{"ticks", false}});
  sink_->OnTicks(std::vector{MakeTick(host_, "AAPL", Kind::Trade, 1)});
  Json message = NextMessage(peer);
  while (message.at("event") != "metrics_update") {
    EXPECT_NE(message.at("event"), "tick_update");
    message = NextMessage(peer);
  }
  EXPECT_EQ(message.at("data").at("stream"), (Json{{"seen", 1}, {"shown", 0}}));
}

TEST_F(LiveTest, CountsWhatWasSeenAndShown) {
  Start();
  WebSocketPeer peer = OpenAndWait();
  sink_->OnTicks(std::vector{MakeTick(host_, "AAPL", Kind::Trade, 1),
                             MakeTick(host_, "AAPL", Kind::Trade, 2)});
  NextEvent(peer, "tick_update");
  EXPECT_EQ(NextEvent(peer, "metrics_update").at("stream"), (Json{{"seen", 2}, {"shown", 1}}));
}

TEST_F(LiveTest, CountsFromWhenTheViewerCame) {
  Start();
  sink_->OnTicks(std::vector{MakeTick(host_, "AAPL", Kind::Trade, 1)});
  WebSocketPeer peer = OpenAndWait();
  sink_->OnTicks(std::vector{MakeTick(host_, "AAPL", Kind::Trade, 2)});
  EXPECT_EQ(NextEvent(peer, "tick_update").at("seen"), 1);
}

TEST_F(LiveTest, ServesSeveralViewersEachWithTheirView) {
  Start();
  WebSocketPeer first = OpenAndWait(), second = OpenAndWait();
  SetView(first, {{"symbols", {"AAPL"}}});
  SetView(second, {{"symbols", {"TSLA"}}});
  sink_->OnTicks(std::vector{MakeTick(host_, "AAPL", Kind::Trade, 1),
                             MakeTick(host_, "TSLA", Kind::Trade, 2)});
  EXPECT_THAT(SymbolsOf(NextEvent(first, "tick_update")), ::testing::ElementsAre("AAPL"));
  EXPECT_THAT(SymbolsOf(NextEvent(second, "tick_update")), ::testing::ElementsAre("TSLA"));
}

TEST_F(LiveTest, AnswersPings) {
  Start();
  WebSocketPeer peer = Open();
  peer.SendText(R"({"event":"ping","data":{"t":12.5}})");
  EXPECT_EQ(NextEvent(peer, "pong").at("t"), 12.5);
}

TEST_F(LiveTest, SaysWhatIsWrongWithAMessage) {
  Start();
  WebSocketPeer peer = Open();
  for (const char* const message :
       {"", "garbage", "[]", "{}", R"({"event":7})", R"({"event":"dance"})",
        R"({"event":"view","data":[]})", R"({"event":"view","data":{"kinds":["tirade"]}})",
        R"({"event":"view","data":{"symbols":"AAPL"}})", R"({"event":"view","data":{"ticks":1}})",
        "\xff\xfe"}) {
    peer.SendText(message);
    EXPECT_NE(NextEvent(peer, "error").at("error"), "") << message;
  }
}

TEST_F(LiveTest, TakesTheLargestViewThatItAllows) {
  Start();
  WebSocketPeer peer = OpenAndWait();
  const auto texts = [](std::size_t count) {
    Json list = Json::array();
    for (std::size_t i = 0; i < count; ++i) {
      std::string text = std::to_string(i);
      text.resize(View::kMostTextBytes, 'X');
      list.push_back(text);
    }
    return list;
  };
  Json data = {{"connections", texts(View::kMostConnections)},
               {"symbols", texts(View::kMostSymbols)},
               {"kinds", {"trade", "quote", "bar", "luld", "imbalance", "value", "other", "gap"}},
               {"ticks", true}};
  SetView(peer, data);
  sink_->OnTicks(std::vector{MakeTick(host_, "AAPL", Kind::Trade, 1)});
  EXPECT_EQ(NextEvent(peer, "metrics_update").at("stream").at("seen"), 0);
  data.at("symbols").push_back("ONE_TOO_MANY");
  peer.SendText(Json{{"event", "view"}, {"data", data}}.dump());
  EXPECT_EQ(NextEvent(peer, "error").at("error"), "symbols must be a list of at most 1000 texts");
}

TEST_F(LiveTest, RefusesASymbolThatIsTooLong) {
  Start();
  WebSocketPeer peer = Open();
  const Json data = {{"symbols", {std::string(View::kMostTextBytes + 1, 'X')}}};
  peer.SendText(Json{{"event", "view"}, {"data", data}}.dump());
  EXPECT_EQ(NextEvent(peer, "error").at("error"),
            "symbols has a text of 65 bytes; at most 64 are allowed");
}

TEST_F(LiveTest, ClosesAfterTwentyBadMessages) {
  Start();
  WebSocketPeer peer = Open();
  for (int i = 0; i < 20; ++i) peer.SendText(std::string(16'000, '['));
  EXPECT_EQ(peer.ReadClose().close_code(), 1008);
}

TEST_F(LiveTest, EndsWithTheLogOut) {
  Start();
  const Session session = LogIn("viewer");
  WebSocketPeer peer{sink_->port(), "/admin-ws", session.headers};
  WebSocketPeer other = OpenAndWait();
  Post("/api/logout", session);
  EXPECT_EQ(NextEvent(peer, "session_ended").at("reason"), "logged out");
  EXPECT_EQ(peer.ReadClose().close_code(), 4401);
  other.SendText(R"({"event":"ping"})");
  NextEvent(other, "pong");
}

TEST_F(LiveTest, EndsWithTheSession) {
  Start({{"idle_timeout", "10m"}});
  WebSocketPeer peer = OpenAndWait();
  host_.manual_clock().Advance(std::chrono::minutes{11});
  EXPECT_EQ(NextEvent(peer, "session_ended").at("reason"), "the session has ended");
  EXPECT_EQ(peer.ReadClose().close_code(), 4401);
}

TEST_F(LiveTest, DoesNotKeepItsSessionAlive) {
  Start({{"idle_timeout", "10m"}});
  const Session session = LogIn("viewer");
  host_.manual_clock().Advance(std::chrono::minutes{6});
  WebSocketPeer peer{sink_->port(), "/admin-ws", session.headers};
  NextEvent(peer, "metrics_update");
  SetView(peer, {{"symbols", {"AAPL"}}});
  host_.manual_clock().Advance(std::chrono::minutes{5});
  EXPECT_EQ(peer.ReadClose().close_code(), 4401);
}

TEST_F(LiveTest, EndsWhenTheUserIsRemoved) {
  Start();
  WebSocketPeer peer = OpenAndWait();
  users_.RemoveUser("viewer");
  EXPECT_EQ(peer.ReadClose().close_code(), 4401);
}

TEST_F(LiveTest, EndsWhenTheTokenIsRevoked) {
  Start();
  WebSocketPeer peer{sink_->port(), "/admin-ws", WithToken(accounts::Role::Viewer).headers};
  users_.RevokeToken("token-viewer");
  EXPECT_EQ(NextEvent(peer, "session_ended").at("reason"), "the token was revoked");
}

TEST_F(LiveTest, ClosesPolitelyWhenTheEngineStops) {
  Start();
  WebSocketPeer peer = OpenAndWait();
  Stop();
  EXPECT_EQ(peer.ReadClose().close_code(), 1001);
}

}  // namespace
}  // namespace feedmux::dashboard
