// Connections that are silent for longer than stale_after, and those that only seem to be.
#include <gmock/gmock.h>

#include "manager/manager_fixture.hpp"

namespace feedmux {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SilentConnection : public ConnectionManagerTest {
 protected:
  SilentConnection() {
    for (ManagedConnection& connection : connections_) connection.stale_after = seconds{20};
  }
  void SetCalendar(Calendar calendar) {
    for (ManagedConnection& connection : connections_) connection.calendar = calendar;
  }
  // The clock begins on a Sunday, at 11:14:56 in New York.
  void PassUntilMondayAt(std::chrono::nanoseconds time_of_day) {
    const std::int64_t monday =
        FromEastern({std::chrono::local_days{std::chrono::year{2024} / 1 / 22}, time_of_day});
    clock_.Advance(std::chrono::nanoseconds{monday - clock_.UtcNs()});
  }
};

TEST_F(SilentConnection, IsEndedAndMarked) {
  MakeConnected();
  Pass(seconds{19});
  EXPECT_THAT(driver_.stopped, IsEmpty());
  Pass(seconds{2});
  EXPECT_THAT(driver_.stopped, ElementsAre(1, 2));
  EXPECT_TRUE(Health(1).stale);
  EXPECT_EQ(Health(1).status, ConnectionStatus::Error);
}

TEST_F(SilentConnection, IsNotOneThatSpeaks) {
  MakeConnected();
  for (int i = 0; i < 10; ++i) {
    Pass(seconds{15});
    ++driver_.ticks;
  }
  EXPECT_THAT(driver_.stopped, IsEmpty());
}

TEST_F(SilentConnection, IsNotOneThatWaitsForAFullSink) {
  MakeConnected();
  driver_.publish_mark = 7;
  Pass(minutes{5});
  EXPECT_THAT(driver_.stopped, IsEmpty());
  EXPECT_THAT(driver_.gaps, IsEmpty());
}

TEST_F(SilentConnection, HasItsWholeTimeAfterItWaitedForAFullSink) {
  MakeConnected();
  driver_.publish_mark = 7;
  Pass(minutes{5});
  driver_.publish_mark = 8;
  Pass(seconds{19});
  EXPECT_THAT(driver_.stopped, IsEmpty());
  Pass(seconds{4});
  EXPECT_THAT(driver_.stopped, ElementsAre(1, 2));
}

TEST_F(SilentConnection, IsFoundWhereBatchesWithoutTicksArePublished) {
  MakeConnected();
  for (int i = 0; i < 22; ++i) {
    Pass(seconds{1});
    driver_.publish_mark += 2;
  }
  EXPECT_THAT(driver_.stopped, ElementsAre(1, 2));
}

TEST_F(SilentConnection, IsNoneWhileTheMarketIsClosed) {
  SetCalendar(Calendar::UsEquities);
  MakeConnected();
  Pass(minutes{10});
  EXPECT_THAT(driver_.stopped, IsEmpty());
}

TEST_F(SilentConnection, IsFoundOnceTheMarketIsOpen) {
  SetCalendar(Calendar::UsEquities);
  MakeConnected();
  PassUntilMondayAt(hours{10});
  Pass(seconds{22});
  EXPECT_THAT(driver_.stopped, ElementsAre(1, 2));
}

TEST_F(SilentConnection, IsNoneWhereTheTimeOfDayIsSet) {
  MakeConnected();
  Pass(seconds{10});
  clock_.SetUtc(clock_.UtcNs() + 3'600'000'000'000);
  Pass(seconds{5});
  EXPECT_THAT(driver_.stopped, IsEmpty());
}

TEST_F(SilentConnection, IsNoneWhereTheProcessStoodStill) {
  MakeConnected();
  Pass(seconds{5});
  clock_.Advance(minutes{1});
  Pass(seconds{10});
  EXPECT_THAT(driver_.stopped, IsEmpty());
}

}  // namespace
}  // namespace feedmux
