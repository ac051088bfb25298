#include "manager/connection_manager.hpp"

#include <gmock/gmock.h>

#include "manager/manager_fixture.hpp"

namespace feedmux {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(ConnectionManagerTest, StartsAllConnectionsAtOnceEachWithItsTickers) {
  Make();
  EXPECT_THAT(driver_.subscribed[1], ElementsAre("AAPL", "IBM"));
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("MSFT"));
  EXPECT_EQ(Health(1).status, ConnectionStatus::Connecting);
}

TEST_F(ConnectionManagerTest, ADisabledConnectionIsDisconnectedAndNeverStarted) {
  connections_[1].enabled = false;
  MakeConnected();
  Pass(minutes{1});
  EXPECT_EQ(driver_.starts[2], 0);
  EXPECT_EQ(Health(2).status, ConnectionStatus::Disconnected);
}

TEST_F(ConnectionManagerTest, IsDownSinceItWasLostOverAllAttempts) {
  MakeConnected();
  EXPECT_EQ(Health(1).down_since_ns, 0);
  Pass(seconds{5});
  const std::int64_t lost_ns = clock_.UtcNs();
  Lose(1);
  for (int attempt = 0; attempt < 3; ++attempt) {
    Pass(minutes{1});
    Lose(1);
  }
  EXPECT_EQ(Health(1).down_since_ns, lost_ns);
  EXPECT_GT(Health(1).status_since_ns, lost_ns);
}

TEST_F(ConnectionManagerTest, IsDownSinceTheStartUntilItIsConnected) {
  const std::int64_t start_ns = clock_.UtcNs();
  connections_[1].enabled = false;
  Make();
  Pass(seconds{5});
  EXPECT_EQ(Health(1).down_since_ns, start_ns);
  EXPECT_EQ(Health(2).down_since_ns, 0);
}

TEST_F(ConnectionManagerTest, ARefusedKeyIsTriedOnceAMinuteAtMost) {
  Make();
  Lose(1, FeedErrorKind::Auth);
  EXPECT_EQ(Health(1).status, ConnectionStatus::Error);
  Pass(seconds{59});
  EXPECT_EQ(driver_.starts[1], 1);
  Pass(seconds{2});
  EXPECT_EQ(driver_.starts[1], 2);
}

TEST_F(ConnectionManagerTest, ARefusedKeyRaisesAnAlarmUntilItIsAccepted) {
  Make();
  Lose(1, FeedErrorKind::Auth);
  ASSERT_THAT(manager_->Alarms(), SizeIs(1));
  EXPECT_THAT(manager_->Alarms()[0].text, HasSubstr("connection_1: lost"));
  Pass(seconds{62});
  Connect(1);
  EXPECT_THAT(manager_->Alarms(), IsEmpty());
}

TEST_F(ConnectionManagerTest, TickersOfAnEvictedConnectionMoveAtOnce) {
  MakeConnected();
  Lose(1, FeedErrorKind::Evicted);
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("AAPL", "IBM", "MSFT"));
}

TEST_F(ConnectionManagerTest, TickersOfALostConnectionMoveAfterAWhile) {
  source_.reconnect.first = source_.reconnect.max = minutes{10};
  MakeConnected();
  Lose(1);
  Pass(milliseconds{4900});
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("MSFT"));
  Pass(milliseconds{200});
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("AAPL", "IBM", "MSFT"));
  EXPECT_EQ(manager_->TickerAssignment("AAPL"), "connection_2");
}

TEST_F(ConnectionManagerTest, PinnedTickersStay) {
  source_.reconnect.first = source_.reconnect.max = minutes{10};
  connections_[0].pinned = {"AAPL"};
  connections_[0].tickers = {"IBM"};
  MakeConnected();
  Lose(1);
  Pass(seconds{6});
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("IBM", "MSFT"));
  EXPECT_EQ(manager_->TickerAssignment("AAPL"), "connection_1");
}

TEST_F(ConnectionManagerTest, FailoverKeepsToTheCap) {
  source_.reconnect.first = source_.reconnect.max = minutes{10};
  connections_[1].max_symbols = 2;
  MakeConnected();
  Lose(1);
  Pass(seconds{6});
  EXPECT_THAT(driver_.subscribed[2], SizeIs(2));
}

TEST_F(ConnectionManagerTest, TickersComeHomeOnceBothConnectionsHaveBroughtOneEvent) {
  MakeConnected();
  Lose(1, FeedErrorKind::Evicted);
  Confirm(2);
  manager_->Reconnect("connection_1");
  manager_->Step();
  Connect(1);
  Pass(milliseconds{9900});
  EXPECT_THAT(driver_.subscribed[1], IsEmpty());
  Pass(milliseconds{200});
  EXPECT_THAT(driver_.subscribed[1], ElementsAre("AAPL", "IBM"));
  EXPECT_EQ(manager_->TickerAssignment("AAPL"), "connection_2");
  driver_.overlap = {true, 1, 1};
  Confirm(1);
  EXPECT_EQ(manager_->TickerAssignment("AAPL"), "connection_1");
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("MSFT"));
}

TEST_F(ConnectionManagerTest, AMoveIsGivenUpWhereTheNewConnectionStaysMute) {
  MakeConnected();
  Lose(1, FeedErrorKind::Evicted);
  Confirm(2);
  manager_->Reconnect("connection_1");
  manager_->Step();
  Connect(1);
  Pass(seconds{11});
  Confirm(1);
  driver_.overlap = {false, 5, 0};
  Pass(seconds{21});
  EXPECT_EQ(manager_->TickerAssignment("AAPL"), "connection_2");
  EXPECT_THAT(driver_.subscribed[1], IsEmpty());
}

TEST_F(ConnectionManagerTest, AGapLastsFromTheLastTickToTheConfirmation) {
  MakeConnected();
  clock_.Advance(seconds{10});
  driver_.last_tick_ns = clock_.UtcNs();
  clock_.Advance(seconds{2});
  Lose(1);
  ASSERT_THAT(driver_.gaps, SizeIs(1));
  Pass(milliseconds{600});
  Connect(1);
  ASSERT_THAT(driver_.gaps, SizeIs(2));
  EXPECT_EQ(driver_.gaps[1].from_ns, driver_.last_tick_ns);
  EXPECT_EQ(driver_.gaps[1].to_ns, clock_.UtcNs());
  EXPECT_THAT(*driver_.gaps[1].symbols, ElementsAre("AAPL", "IBM"));
}

TEST_F(ConnectionManagerTest, AGapHoldsTickersThatWereNeverConfirmedToo) {
  Make();
  manager_->OnConnected(1);
  const std::int64_t connected = clock_.UtcNs();
  clock_.Advance(seconds{1});
  Lose(1, FeedErrorKind::Evicted);
  ASSERT_THAT(driver_.gaps, SizeIs(1));
  EXPECT_THAT(*driver_.gaps[0].symbols, ElementsAre("AAPL", "IBM"));
  EXPECT_EQ(driver_.gaps[0].from_ns, connected);
}

TEST_F(ConnectionManagerTest, SubscribesOnceAndNamesWhatWasThere) {
  MakeConnected();
  const SubscribeResult result = manager_->Subscribe({"TSLA", "AAPL", "TSLA"}, "");
  EXPECT_THAT(result.added, ElementsAre("TSLA"));
  EXPECT_THAT(result.already, ElementsAre("AAPL"));
  EXPECT_EQ(manager_->TickerAssignment("TSLA"), "connection_1");
}

TEST_F(ConnectionManagerTest, UnsubscribingNamesWhatWasNotFound) {
  MakeConnected();
  const UnsubscribeResult result = manager_->Unsubscribe({"AAPL", "NONE"}, "massive");
  EXPECT_THAT(result.removed, ElementsAre("AAPL"));
  EXPECT_THAT(result.not_found, ElementsAre("NONE"));
  EXPECT_THAT(driver_.subscribed[1], ElementsAre("IBM"));
  EXPECT_EQ(manager_->TickerAssignment("AAPL"), std::nullopt);
}

TEST_F(ConnectionManagerTest, SubscribesWhileConnectionsAreDown) {
  Make();
  Lose(1);
  Lose(2);
  EXPECT_THAT(manager_->Subscribe({"TSLA"}, "").added, ElementsAre("TSLA"));
  Pass(seconds{2});
  EXPECT_THAT(driver_.subscribed[1], ElementsAre("AAPL", "IBM", "TSLA"));
}

TEST_F(ConnectionManagerTest, AWildcardGathersItsSourcesTickersAndAnswersForTheRest) {
  MakeConnected();
  manager_->Subscribe({"*"}, "");
  EXPECT_THAT(driver_.subscribed[1], ElementsAre("*", "AAPL", "IBM", "MSFT"));
  EXPECT_EQ(manager_->TickerAssignment("ANY"), "connection_1");
}

TEST_F(ConnectionManagerTest, KnowsTickersAsTheirTicksSpellThem) {
  source_.spelling = [](const std::string& ticker) {
    return ticker == "EUR-USD" ? std::string{"EUR/USD"} : ticker;
  };
  connections_[0].tickers = {"EUR-USD"};
  connections_[1].tickers = {"EUR/USD", "MSFT"};
  MakeConnected();
  EXPECT_THAT(driver_.subscribed[1], ElementsAre("EUR/USD"));
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("MSFT"));
  EXPECT_EQ(manager_->TickerAssignment("EUR-USD"), "connection_1");
  EXPECT_THAT(manager_->Subscribe({"EUR-USD"}, "").already, ElementsAre("EUR/USD"));
  EXPECT_THAT(manager_->Unsubscribe({"EUR-USD"}, "").removed, ElementsAre("EUR/USD"));
}

TEST_F(ConnectionManagerTest, RefusesWhatItDoesNotKnowAndNamesWhatThereIs) {
  MakeConnected();
  try {
    manager_->Pause("tertiary");
    FAIL() << "no ControlError";
  } catch (const ControlError& error) {
    EXPECT_THAT(error.what(), HasSubstr("connection_1 (primary), connection_2 (secondary)"));
  }
  EXPECT_THROW(manager_->Subscribe({"TSLA"}, "synthetic"), ControlError);
  EXPECT_THROW(manager_->Resume("primary"), ControlError);
}

TEST_F(ConnectionManagerTest, AUniverseThatChangesMovesOnlyTheDifference) {
  MakeConnected();
  manager_->ChangeConnection(1, {"NVDA"}, {"IBM"});
  EXPECT_THAT(driver_.subscribed[1], ElementsAre("AAPL", "NVDA"));
}

TEST_F(ConnectionManagerTest, ATickerThatAnotherUniverseStillNamesIsKept) {
  connections_[1].tickers = {"MSFT", "AAPL"};
  MakeConnected();
  EXPECT_EQ(manager_->TickerAssignment("AAPL"), "connection_1");
  manager_->ChangeConnection(1, {}, {"AAPL"});
  EXPECT_NE(manager_->TickerAssignment("AAPL"), std::nullopt);
}

TEST_F(ConnectionManagerTest, RefusesAWildcardBesidePinnedSymbols) {
  connections_[0].pinned = {"AAPL"};
  MakeConnected();
  EXPECT_THROW(manager_->Subscribe({"*"}, ""), ControlError);
  EXPECT_EQ(manager_->TickerAssignment("*"), std::nullopt);
  EXPECT_EQ(manager_->Subscribe({"TSLA"}, "").added, std::vector<std::string>{"TSLA"});
}

TEST_F(ConnectionManagerTest, SaysOfAPlanWhetherRatesWereMeasured) {
  MakeConnected();
  Pass(seconds{9});
  ASSERT_THAT(manager_->PlanRebalance(), SizeIs(1));
  EXPECT_FALSE(manager_->PlanRebalance()[0].measured);
  EXPECT_FALSE(manager_->Rebalance()[0].measured);
  Pass(seconds{2});
  EXPECT_TRUE(manager_->PlanRebalance()[0].measured);
}

TEST_F(ConnectionManagerTest, PlansNothingForOneConnectionAtAnyTime) {
  Make();
  Connect(1);
  EXPECT_THAT(manager_->PlanRebalance(), IsEmpty());
}

}  // namespace
}  // namespace feedmux
