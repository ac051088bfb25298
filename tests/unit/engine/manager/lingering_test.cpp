// A move's end, and what is still expected of the connection that was let go.
#include <gmock/gmock.h>

#include "manager/manager_fixture.hpp"

namespace feedmux {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class Lingering : public ConnectionManagerTest {
 protected:
  Lingering() {
    connections_[0].tickers = {"AAPL"};
    connections_[1].tickers = {};
    source_.failover.after = {};
  }
  /// AAPL goes to the second connection.
  void Move() {
    MakeConnected();
    manager_->Pause("primary");
    manager_->Step();
    driver_.overlap = {true, 1, 1, true};
    Confirm(2);
  }
  /// The first connection sends it still.
  void PassWithLateTicks(seconds time) {
    for (seconds passed{}; passed < time; passed += seconds{1}) {
      ++driver_.overlap.from_ticks;
      Pass(seconds{1});
    }
  }
};

TEST_F(Lingering, EndsOnceTheFormerConnectionIsSilent) {
  Move();
  PassWithLateTicks(seconds{12});
  EXPECT_EQ(driver_.ended, 0);
  Pass(seconds{11});
  EXPECT_EQ(driver_.ended, 1);
}

TEST_F(Lingering, HindersNoMoveWhereTheFormerConnectionDoesNotStop) {
  Move();
  Lose(1);
  manager_->Resume("primary");
  manager_->Step();
  Connect(1);
  PassWithLateTicks(seconds{50});
  EXPECT_EQ(driver_.begun, 1);
  PassWithLateTicks(seconds{20});
  EXPECT_EQ(driver_.begun, 2);  // AAPL comes home
  EXPECT_EQ(driver_.ended, 0);  // what comes twice is kept out meanwhile
}

TEST_F(Lingering, ARareKindIsNotWaitedForLong) {
  MakeConnected();
  manager_->Pause("primary");
  manager_->Step();
  driver_.overlap = {false, 1, 1, true};
  Confirm(2);
  Pass(seconds{2});
  EXPECT_EQ(manager_->TickerAssignment("AAPL"), "connection_1");
  Pass(seconds{2});
  EXPECT_EQ(manager_->TickerAssignment("AAPL"), "connection_2");
}

TEST_F(Lingering, AWildcardsOverlapKnowsWhatIsSubscribedByName) {
  connections_[0].tickers = {"*"};
  connections_[1].pinned = {"SPY"};
  MakeConnected();
  manager_->Pause("primary");
  manager_->Step();
  EXPECT_THAT(driver_.named, ElementsAre(symbols_.Intern("SPY")));
}

}  // namespace
}  // namespace feedmux
