// Connections that the vendor ends because the account has too many.
#include <gmock/gmock.h>

#include "manager/manager_fixture.hpp"

namespace feedmux {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ConnectionLimit : public ConnectionManagerTest {
 protected:
  void MakeAlone() {
    connections_[1].enabled = false;
    Make();
    Connect(1);
  }
  void Evict(ConnectionIndex c) { Lose(c, FeedErrorKind::Evicted); }
  /// In seconds, how long it was down.
  std::chrono::seconds WaitForStart(ConnectionIndex c) {
    seconds waited{};
    for (const int before = driver_.starts[c]; driver_.starts[c] == before; ++waited) {
      if (waited > hours{3}) break;
      Pass(seconds{1});
    }
    return waited;
  }
};

TEST_F(ConnectionLimit, AnEvictedConnectionHoldsOffFiveMinutesAndThenTen) {
  MakeAlone();
  Evict(1);
  EXPECT_TRUE(Health(1).evicted);
  Pass(seconds{299});
  EXPECT_EQ(driver_.starts[1], 1);
  Pass(seconds{2});
  EXPECT_EQ(driver_.starts[1], 2);
  Connect(1);
  Evict(1);
  Pass(seconds{599});
  EXPECT_EQ(driver_.starts[1], 2);
  Pass(seconds{3});
  EXPECT_EQ(driver_.starts[1], 3);
}

TEST_F(ConnectionLimit, TheHoldOffGrowsWhereAnotherEngineComesBackByTurns) {
  MakeAlone();
  seconds others_hold = minutes{5};
  for (const int hold_minutes : {5, 10, 20, 40, 60, 60}) {
    const seconds hold = minutes{hold_minutes};
    Evict(1);
    const seconds waited = WaitForStart(1);
    EXPECT_GE(waited, hold);
    EXPECT_LE(waited, hold + seconds{5});
    Connect(1);
    Pass(others_hold);
    others_hold = std::min<seconds>(2 * others_hold, hours{1});
  }
}

TEST_F(ConnectionLimit, ALongSessionMakesTheHoldOffShortAgain) {
  MakeAlone();
  for (int i = 0; i < 3; ++i) {
    Evict(1);
    WaitForStart(1);
    Connect(1);
  }
  Pass(hours{2} + seconds{1});
  Evict(1);
  EXPECT_LE(WaitForStart(1), minutes{5} + seconds{5});
}

TEST_F(ConnectionLimit, SaysHowManyConnectionsTheAccountSeemsToAllow) {
  MakeConnected();
  Evict(1);
  ASSERT_THAT(manager_->Alarms(), SizeIs(1));
  EXPECT_THAT(manager_->Alarms()[0].text, HasSubstr("allow 1 connection at a time, 2 are enabled"));
}

TEST_F(ConnectionLimit, CountsConnectionsThatAreBeingLetIn) {
  Make();
  Connect(1);
  Evict(1);  // connection_2 is on its way
  EXPECT_THAT(manager_->Alarms()[0].text, HasSubstr("allow 1 connection at a time"));
}

TEST_F(ConnectionLimit, AnEvictedConnectionDoesNotDriveOutItsSibling) {
  MakeConnected();
  Evict(1);
  EXPECT_EQ(Health(1).next_attempt_ns, 0);
  Pass(hours{3});
  EXPECT_EQ(driver_.starts[1], 1);
}

TEST_F(ConnectionLimit, AnEvictedConnectionTakesTheSlotOfASiblingThatStaysAway) {
  source_.reconnect.first = source_.reconnect.max = minutes{1};
  MakeConnected();
  Evict(1);
  Pass(minutes{10});
  Lose(2, FeedErrorKind::Auth);
  Pass(seconds{55});
  EXPECT_EQ(driver_.starts[1], 1);
  Pass(seconds{7});
  EXPECT_EQ(driver_.starts[1], 2);
}

TEST_F(ConnectionLimit, ASiblingThatIsBackAtOnceKeepsItsSlot) {
  MakeConnected();
  Evict(1);
  Pass(minutes{10});
  Lose(2);
  Pass(seconds{2});
  Connect(2);
  Pass(minutes{10});
  EXPECT_EQ(driver_.starts[1], 1);
}

TEST_F(ConnectionLimit, APausedSiblingLeavesItsSlot) {
  MakeConnected();
  Evict(1);
  Pass(minutes{10});
  manager_->Pause("connection_2");
  Lose(2);
  Pass(seconds{1});
  EXPECT_EQ(driver_.starts[1], 2);
}

TEST_F(ConnectionLimit, WhoAsksForItGetsIt) {
  MakeConnected();
  Evict(1);
  manager_->Reconnect("connection_1");
  manager_->Step();
  EXPECT_EQ(driver_.starts[1], 2);
}

TEST_F(ConnectionLimit, WhatSomebodyAskedForIsTriedUntilItIsIn) {
  MakeConnected();
  Evict(1);
  manager_->Reconnect("connection_1");
  manager_->Step();
  Lose(1);
  Pass(seconds{2});
  EXPECT_EQ(driver_.starts[1], 3);
}

TEST_F(ConnectionLimit, TheAlarmEndsWhenTheEvictedOneIsBack) {
  MakeConnected();
  Evict(1);
  manager_->Reconnect("connection_1");
  manager_->Step();
  Connect(1);
  Pass(seconds{11});
  EXPECT_THAT(manager_->Alarms(), IsEmpty());
}

}  // namespace
}  // namespace feedmux
