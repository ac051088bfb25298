// Pausing a connection, which is planned, and its coming back.
#include <gmock/gmock.h>

#include "manager/manager_fixture.hpp"

namespace feedmux {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Pausing : public ConnectionManagerTest {
 protected:
  void Pause(std::string_view connection = "primary") {
    manager_->Pause(connection);
    manager_->Step();
  }
  /// The second connection confirms what it was asked for and brings it.
  void Deliver() {
    driver_.overlap = {true, 1, 1};
    Confirm(2);
    Pass(milliseconds{100});
  }
  bool IsPaused() { return Health(1).status == ConnectionStatus::Disconnected; }

  using milliseconds = std::chrono::milliseconds;
};

TEST_F(Pausing, WaitsUntilTheTickersArriveOverAnother) {
  MakeConnected();
  Pause();
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("AAPL", "IBM", "MSFT"));
  EXPECT_THAT(driver_.subscribed[1], ElementsAre("AAPL", "IBM"));
  Pass(seconds{2});
  EXPECT_EQ(Health(1).status, ConnectionStatus::Connected);
  EXPECT_TRUE(Health(1).paused);
  EXPECT_THAT(driver_.stopped, IsEmpty());
  Deliver();
  EXPECT_TRUE(IsPaused());
  EXPECT_THAT(driver_.stopped, ElementsAre(1));
  EXPECT_EQ(manager_->TickerAssignment("AAPL"), "connection_2");
}

TEST_F(Pausing, LeavesNoGapOfWhatMoved) {
  MakeConnected();
  Pause();
  Deliver();
  Lose(1);
  Pass(minutes{1});
  EXPECT_THAT(driver_.gaps, IsEmpty());
}

TEST_F(Pausing, LeavesAGapOfWhatIsPinned) {
  connections_[0].pinned = {"AAPL"};
  connections_[0].tickers = {"IBM"};
  MakeConnected();
  Pause();
  Deliver();
  EXPECT_TRUE(IsPaused());
  ASSERT_THAT(driver_.gaps, SizeIs(1));
  EXPECT_THAT(*driver_.gaps[0].symbols, ElementsAre("AAPL"));
  EXPECT_EQ(driver_.gaps[0].reason, "paused");
}

TEST_F(Pausing, LeavesAGapOfWhatHasNoRoom) {
  connections_[1].max_symbols = 2;
  MakeConnected();
  Pause();
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("AAPL", "MSFT"));
  Deliver();
  EXPECT_TRUE(IsPaused());
  ASSERT_THAT(driver_.gaps, SizeIs(1));
  EXPECT_THAT(*driver_.gaps[0].symbols, ElementsAre("IBM"));
}

TEST_F(Pausing, IsAtOnceWhereNoOtherConnectionLives) {
  MakeConnected();
  Lose(2, FeedErrorKind::Auth);
  Pause();
  EXPECT_TRUE(IsPaused());
  ASSERT_THAT(driver_.gaps, SizeIs(2));
  EXPECT_THAT(*driver_.gaps[1].symbols, ElementsAre("AAPL", "IBM"));
}

TEST_F(Pausing, IsAtOnceWhereTheOthersArePausedToo) {
  MakeConnected();
  Pause("secondary");
  Pause("primary");
  EXPECT_TRUE(IsPaused());
}

TEST_F(Pausing, WaitsForAMuteConnectionOnlySoLong) {
  MakeConnected();
  Pause();
  driver_.overlap = {false, 5, 0};
  Pass(seconds{21});
  EXPECT_TRUE(IsPaused());
  EXPECT_THAT(driver_.gaps, ::testing::Not(IsEmpty()));
}

TEST_F(Pausing, OfAConnectionThatIsLostMeanwhileIsOver) {
  MakeConnected();
  Pause();
  Lose(1);
  EXPECT_TRUE(IsPaused());
  Pass(minutes{20});
  EXPECT_EQ(driver_.starts[1], 1);
}

TEST_F(Pausing, LastsUntilItIsResumed) {
  MakeConnected();
  Pause();
  Deliver();
  Lose(1);
  Pass(minutes{20});
  EXPECT_EQ(driver_.starts[1], 1);
  manager_->Resume("primary");
  manager_->Step();
  EXPECT_EQ(driver_.starts[1], 2);
}

TEST_F(Pausing, IsCalledOffByResumingInTime) {
  MakeConnected();
  Pause();
  manager_->Resume("primary");
  Deliver();
  EXPECT_EQ(Health(1).status, ConnectionStatus::Connected);
  EXPECT_THAT(driver_.stopped, IsEmpty());
}

TEST_F(Pausing, IsFollowedByHomecomingOnceResumed) {
  MakeConnected();
  Pause();
  Deliver();
  Lose(1);
  manager_->Resume("primary");
  manager_->Step();
  Connect(1);
  Pass(seconds{11});
  driver_.overlap = {true, 1, 1};
  Confirm(1);
  EXPECT_EQ(manager_->TickerAssignment("AAPL"), "connection_1");
  EXPECT_EQ(manager_->TickerAssignment("IBM"), "connection_1");
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("MSFT"));
}

TEST_F(Pausing, TakesTheWildcardFirstAndTheOthersAfterIt) {
  connections_[0].tickers = {"*", "AAPL"};
  MakeConnected();
  Pass(seconds{10});
  Deliver();  // MSFT has been gathered at the wildcard
  driver_.overlap = {};
  Pass(seconds{10});
  ASSERT_THAT(driver_.subscribed[2], IsEmpty());
  Pause();
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("*"));
  Deliver();
  EXPECT_THAT(driver_.subscribed[2], ElementsAre("*", "AAPL", "MSFT"));
  EXPECT_FALSE(IsPaused());
  Deliver();
  EXPECT_TRUE(IsPaused());
  EXPECT_THAT(driver_.gaps, IsEmpty());
}

}  // namespace
}  // namespace feedmux
