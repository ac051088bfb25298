// No connection is given more tickers than its max_symbols.
#include <gmock/gmock.h>

#include "manager/manager_fixture.hpp"

namespace feedmux {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;

/// connection_1 has AAPL and IBM, connection_2 has MSFT.
class MaxSymbols : public ConnectionManagerTest {
 protected:
  void Cap(std::size_t first, std::size_t second) {
    connections_[0].max_symbols = first;
    connections_[1].max_symbols = second;
  }
  std::vector<std::string> WhoWait() {
    std::vector<std::string> texts;
    for (const Alarm& alarm : manager_->Alarms()) texts.push_back(alarm.text);
    return texts;
  }
};

TEST_F(MaxSymbols, HoldWhereSomeConnectionsAreDown) {
  Cap(4, 4);
  Make();
  Connect(1);
  const SubscribeResult result = manager_->Subscribe({"A", "B", "C", "D", "E", "F", "G"}, "");
  EXPECT_THAT(result.added, ElementsAre("A", "B", "C", "D", "E"));
  EXPECT_THAT(result.no_room, ElementsAre("F", "G"));
  EXPECT_THAT(driver_.subscribed[1], SizeIs(4));
  EXPECT_THAT(driver_.subscribed[2], SizeIs(4));
}

TEST_F(MaxSymbols, HoldForAnEmptyConnectionThatIsUp) {
  connections_[0].tickers.clear();
  connections_[1].enabled = false;
  Cap(3, 3);
  Make();
  Connect(1);
  EXPECT_THAT(manager_->Subscribe({"A", "B", "C", "D", "E", "F"}, "").no_room, SizeIs(3));
  EXPECT_THAT(driver_.subscribed[1], SizeIs(3));
}

TEST_F(MaxSymbols, SendWhatAConnectionsUniverseGainsToOthers) {
  Cap(3, 3);
  MakeConnected();
  manager_->ChangeConnection(1, {"A", "B", "C"}, {});
  EXPECT_THAT(driver_.subscribed[1], ElementsAre("A", "AAPL", "IBM"));
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("B", "C", "MSFT"));
  EXPECT_EQ(Health(2).borrowed_tickers, 2u);
}

TEST_F(MaxSymbols, AreSaidWhereAUniverseOutgrowsAllOfThem) {
  Cap(3, 1);
  MakeConnected();
  manager_->ChangeConnection(1, {"A", "B", "C"}, {});
  EXPECT_THAT(driver_.subscribed[1], ElementsAre("A", "AAPL", "IBM"));
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("MSFT"));
  EXPECT_THAT(WhoWait(), ElementsAre("no connection has room for 2 tickers (max_symbols): B, C"));
}

TEST_F(MaxSymbols, AreSaidWhereTheSourcesUniverseOutgrowsThem) {
  Cap(2, 1);
  MakeConnected();
  manager_->ChangeSource(0, {"A"}, {});
  EXPECT_THAT(WhoWait(), ElementsAre(HasSubstr("1 ticker (max_symbols): A")));
}

TEST_F(MaxSymbols, LetAWaitingTickerInWhenAnotherOneGoes) {
  Cap(2, 1);
  MakeConnected();
  manager_->ChangeSource(0, {"A"}, {});
  manager_->Unsubscribe({"MSFT"}, "");
  manager_->Step();
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("A"));
  EXPECT_THAT(WhoWait(), IsEmpty());
}

TEST_F(MaxSymbols, ForgetAWaitingTickerThatNobodyWantsAnyMore) {
  Cap(2, 1);
  MakeConnected();
  manager_->ChangeConnection(1, {"A"}, {});
  manager_->ChangeConnection(1, {}, {"A"});
  EXPECT_THAT(WhoWait(), IsEmpty());
}

TEST_F(MaxSymbols, RefuseByHandWhatWaitsAlready) {
  Cap(2, 1);
  MakeConnected();
  manager_->ChangeConnection(1, {"A"}, {});
  EXPECT_THAT(manager_->Subscribe({"A"}, "").no_room, ElementsAre("A"));
}

TEST_F(MaxSymbols, BringATickerHomeOnceThereIsRoom) {
  Cap(2, 3);
  MakeConnected();
  manager_->ChangeConnection(1, {"A"}, {});
  EXPECT_EQ(manager_->TickerAssignment("A"), "connection_2");
  Confirm(2);
  manager_->Unsubscribe({"IBM"}, "");
  Pass(seconds{11});
  driver_.overlap = {true, 1, 1};
  Confirm(1);
  EXPECT_EQ(manager_->TickerAssignment("A"), "connection_1");
}

TEST_F(MaxSymbols, DoNotCountWhatAWildcardCovers) {
  Cap(3, 1);
  MakeConnected();
  manager_->Subscribe({"*"}, "");
  EXPECT_THAT(manager_->Subscribe({"A", "B"}, "").added, SizeIs(2));
  EXPECT_THAT(driver_.subscribed[1], IsSupersetOf({"*", "A", "AAPL", "B", "IBM", "MSFT"}));
}

TEST_F(MaxSymbols, CountAgainOnceTheWildcardIsGone) {
  Cap(3, 1);
  MakeConnected();
  manager_->Subscribe({"*"}, "");
  driver_.overlap = {true, 1, 1};
  Confirm(1);
  manager_->Subscribe({"A", "B"}, "");
  Confirm(1);
  ASSERT_THAT(driver_.subscribed[1], SizeIs(6));
  manager_->Unsubscribe({"*"}, "");
  manager_->Step();
  Pass(seconds{30});
  Confirm(2);
  Pass(minutes{1});
  EXPECT_THAT(driver_.subscribed[1], SizeIs(3));
  EXPECT_THAT(driver_.subscribed[2], SizeIs(1));
  EXPECT_THAT(WhoWait(), ElementsAre(HasSubstr("no connection has room for 1 ticker")));
}

}  // namespace
}  // namespace feedmux
