#include "core/timer_queue.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

namespace feedmux {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

TEST(TimerQueue, IsNeverDueWithoutTimers) {
  EXPECT_EQ(TimerQueue{}.NextDue(), TimerQueue::TimePoint::max());
}

TEST(TimerQueue, IsDueWhenItsFirstTimerIs) {
  TimerQueue timers;
  const auto before = steady_clock::now();
  timers.Every(milliseconds{5000}, [] {});
  timers.Every(milliseconds{1000}, [] {});
  EXPECT_GE(timers.NextDue(), before + milliseconds{1000});
  EXPECT_LE(timers.NextDue(), steady_clock::now() + milliseconds{1000});
}

TEST(TimerQueue, CallsOnlyWhatIsDue) {
  TimerQueue timers;
  int often = 0;
  int seldom = 0;
  timers.Every(milliseconds{100}, [&] { ++often; });
  timers.Every(milliseconds{10'000}, [&] { ++seldom; });
  timers.RunDue(steady_clock::now());
  EXPECT_EQ(often, 0);
  timers.RunDue(timers.NextDue());
  EXPECT_EQ(often, 1);
  EXPECT_EQ(seldom, 0);
}

TEST(TimerQueue, KeepsItsPace) {
  TimerQueue timers;
  timers.Every(milliseconds{100}, [] {});
  const auto first = timers.NextDue();
  timers.RunDue(first + milliseconds{30});
  EXPECT_EQ(timers.NextDue(), first + milliseconds{100});
}

TEST(TimerQueue, CallsOnceHoweverManyTurnsWereMissed) {
  TimerQueue timers;
  int calls = 0;
  timers.Every(milliseconds{100}, [&] { ++calls; });
  const auto first = timers.NextDue();
  timers.RunDue(first + milliseconds{1050});
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(timers.NextDue(), first + milliseconds{1100});
}

TEST(TimerQueue, IsNeverDueInThePastAfterItRan) {
  TimerQueue timers;
  timers.Every(milliseconds{1}, [] {});
  const auto now = timers.NextDue() + milliseconds{5};
  timers.RunDue(now);
  EXPECT_GT(timers.NextDue(), now);
}

TEST(TimerQueue, TakesAnIntervalOfNothingForAMillisecond) {
  TimerQueue timers;
  timers.Every(milliseconds{0}, [] {});
  timers.Every(milliseconds{-5}, [] {});
  const auto now = timers.NextDue() + milliseconds{5};
  timers.RunDue(now);
  EXPECT_GT(timers.NextDue(), now);
}

TEST(TimerQueue, LetsACallbackAddTimers) {
  TimerQueue timers;
  int added = 0;
  timers.Every(milliseconds{1}, [&, first = true]() mutable {
    if (!std::exchange(first, false)) return;
    for (int i = 0; i < 50; ++i) timers.Every(milliseconds{10'000}, [&] { ++added; });
  });
  timers.RunDue(timers.NextDue());
  EXPECT_EQ(added, 0);
  timers.RunDue(steady_clock::now() + milliseconds{10'001});
  EXPECT_EQ(added, 50);
}

TEST(TimerQueue, KeepsTheStateOfACallback) {
  TimerQueue timers;
  int last = 0;
  timers.Every(milliseconds{100}, [&last, turn = 0]() mutable { last = ++turn; });
  for (int i = 0; i < 3; ++i) timers.RunDue(timers.NextDue());
  EXPECT_EQ(last, 3);
}

TEST(TimerQueue, KeepsATimerThatThrew) {
  TimerQueue timers;
  int others = 0;
  timers.Every(milliseconds{100}, [] { throw std::runtime_error("broken"); });
  timers.Every(milliseconds{100}, [&] { ++others; });
  const auto now = steady_clock::now() + milliseconds{150};
  EXPECT_THROW(timers.RunDue(now), std::runtime_error);
  EXPECT_LE(timers.NextDue(), now) << "the other timer still waits for its turn";
  timers.RunDue(now);
  EXPECT_EQ(others, 1);
  EXPECT_THROW(timers.RunDue(timers.NextDue()), std::runtime_error);
}

}  // namespace
}  // namespace feedmux
