#include "sinks/sink_runner.hpp"

#include <gmock/gmock.h>
#include <pthread.h>

#include <ctime>
#include <stdexcept>
#include <thread>

#include "bus/batch_queue.hpp"
#include "core/symbol_table.hpp"
#include "eventually.hpp"
#include "feedmux/errors.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "support/captured_log.hpp"
#include "support/feed.hpp"
#include "support/gate.hpp"
#include "support/scripted_sink.hpp"

namespace feedmux {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr RetryConfig kAtOnceAgain{milliseconds{1}, milliseconds{1}};
constexpr RetryConfig kMuchLater{hours{10'000}, hours{10'000}};

int Count(const std::string& text, const std::string& part) {
  int count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

class SinkRunnerTest : public ::testing::Test {
 protected:
  void Make(const RetryConfig& retry = kAtOnceAgain) {
    auto host = std::make_unique<PluginHost>("scripted", PluginHost::Role::Sink, services_);
    host_ = host.get();
    runner_.emplace(std::move(host), std::make_unique<ScriptedSink>(script_), queue_, retry);
  }
  void Start(const RetryConfig& retry = kAtOnceAgain) {
    Make(retry);
    runner_->Start();
  }
  bool Delivered(std::uint64_t count) {
    return Eventually([&] { return queue_.Read().delivered == count; });
  }
  bool EndsBy(SinkRunner::TimePoint deadline) {
    runner_->Drain(deadline);
    return runner_->WaitUntil(InTenSeconds());
  }
  bool Ends() { return EndsBy(InTenSeconds()); }

  CapturedLog log_;
  testing::ManualClock clock_;
  SymbolTable symbols_;
  HostServices services_{clock_, symbols_, {}, {}, nullptr};
  Feed feed_;
  BatchQueue queue_{{1000, kNoLimit, WhenFull::DropOldest}, {}};
  SinkScript script_;
  PluginHost* host_ = nullptr;
  std::optional<SinkRunner> runner_;  // ends before what its sink uses
};

TEST_F(SinkRunnerTest, HandsOverWhatWaitsOldestFirst) {
  queue_.Push(feed_.Trades(2));
  queue_.Push(feed_.Trades(3));
  Start();
  ASSERT_TRUE(Delivered(5));
  EXPECT_THAT(script_.Calls(), ElementsAre(FromTo(1, 5)));
  queue_.Push(feed_.Trades(1));
  ASSERT_TRUE(Delivered(6));
  EXPECT_TRUE(runner_->Read().available);
  EXPECT_EQ(runner_->Read().error_count, 0u);
}

TEST_F(SinkRunnerTest, LetsTicksGatherForASinkThatLingers) {
  script_.start = [&](int) { host_->Linger(hours{1}); };
  Start();
  queue_.Push(feed_.Trades(1));
  ASSERT_TRUE(Delivered(1)) << "the first does not wait";
  constexpr std::uint64_t kHalfOfTheQueue = 500;
  for (std::uint64_t i = 0; i < kHalfOfTheQueue; ++i) queue_.Push(feed_.Trades(1));
  EXPECT_EQ(script_.CallCount(), 1u);
  queue_.Push(feed_.Trades(1));
  ASSERT_TRUE(Delivered(2 + kHalfOfTheQueue));
  EXPECT_THAT(script_.Calls().back(), ::testing::SizeIs(1 + kHalfOfTheQueue));
}

TEST_F(SinkRunnerTest, DrainsWithoutLingering) {
  script_.start = [&](int) { host_->Linger(hours{1}); };
  Start();
  queue_.Push(feed_.Trades(1));
  ASSERT_TRUE(Delivered(1));
  queue_.Push(feed_.Trades(1));
  EXPECT_TRUE(Ends());
  EXPECT_EQ(queue_.Read().delivered, 2u);
}

TEST_F(SinkRunnerTest, RunsTimersThoughItsSinkLingers) {
  std::atomic<int> runs{0};
  script_.start = [&](int) {
    host_->Linger(hours{1});
    host_->timers().Every(milliseconds{1}, [&] { ++runs; });
  };
  Start();
  queue_.Push(feed_.Trades(1));
  ASSERT_TRUE(Delivered(1));
  const int before = runs;
  EXPECT_TRUE(Eventually([&] { return runs > before + 2; }));
}

TEST_F(SinkRunnerTest, IsUnavailableUntilItsSinkHasStarted) {
  Gate gate;
  script_.start = [&](int) { gate.Pass(); };
  Start();
  EXPECT_FALSE(runner_->Read().available);
  gate.Open();
  EXPECT_TRUE(Eventually([&] { return runner_->Read().available; }));
}

TEST_F(SinkRunnerTest, TellsTheCallThatItsSinkIsIn) {
  Gate starting;
  Gate taking;
  script_.start = [&](int) { starting.Pass(); };
  script_.on_ticks = [&](std::span<const Tick>, int) { taking.Pass(); };
  queue_.Push(feed_.Trades(1));
  Start();
  EXPECT_TRUE(Eventually([&] { return runner_->Read().call == "Start"; }));
  EXPECT_EQ(runner_->Read().call_since_ns, clock_.UtcNs());
  starting.Open();
  EXPECT_TRUE(Eventually([&] { return runner_->Read().call == "OnTicks"; }));
  taking.Open();
  ASSERT_TRUE(Delivered(1));
  EXPECT_TRUE(Eventually([&] { return runner_->Read().call.empty(); }));
}

TEST_F(SinkRunnerTest, StartsAgainUntilItSucceedsWhileTicksQueueUp) {
  script_.start = [](int call) {
    if (call < 3) throw SinkUnavailable("refused");
  };
  queue_.Push(feed_.Trades(4));
  Start();
  ASSERT_TRUE(Delivered(4));
  EXPECT_EQ(script_.starts, 4);
  EXPECT_THAT(script_.Calls(), ElementsAre(FromTo(1, 4)));
  EXPECT_EQ(runner_->Read().error_count, 3u);
  EXPECT_EQ(runner_->Read().last_error, "refused");
  EXPECT_TRUE(runner_->Read().available);
}

TEST_F(SinkRunnerTest, OffersOnlyTheRestAgainAndBeforeNewerTicks) {
  script_.on_ticks = [&](std::span<const Tick>, int call) {
    if (call != 0) return;
    queue_.Push(feed_.Trades(2));
    throw SinkUnavailable("full", 3);
  };
  queue_.Push(feed_.Trades(5));
  Start();
  ASSERT_TRUE(Delivered(7));
  EXPECT_THAT(script_.Calls(), ElementsAre(FromTo(1, 5), FromTo(4, 7)));
}

TEST_F(SinkRunnerTest, OffersTheSameAgainUntilItIsTaken) {
  script_.on_ticks = [](std::span<const Tick>, int call) {
    if (call < 3) throw SinkUnavailable("away");
  };
  queue_.Push(feed_.Trades(2));
  Start();
  ASSERT_TRUE(Delivered(2));
  EXPECT_THAT(script_.Calls(), ElementsAre(FromTo(1, 2), FromTo(1, 2), FromTo(1, 2), FromTo(1, 2)));
  EXPECT_EQ(runner_->Read().error_count, 3u);
}

TEST_F(SinkRunnerTest, IsUnavailableWhileItsSinkIsRetried) {
  script_.on_ticks = [](std::span<const Tick>, int) { throw SinkUnavailable("away"); };
  queue_.Push(feed_.Trades(1));
  Start(kMuchLater);
  ASSERT_TRUE(Eventually([&] { return runner_->Read().error_count == 1; }));
  EXPECT_FALSE(runner_->Read().available);
  EXPECT_EQ(runner_->Read().last_error, "away");
  EXPECT_EQ(queue_.Read().waiting, 1u);
}

TEST_F(SinkRunnerTest, TriesAgainAfterAnyException) {
  script_.on_ticks = [](std::span<const Tick>, int call) {
    if (call == 0) throw std::runtime_error("a bug");
    if (call == 1) throw 42;
  };
  queue_.Push(feed_.Trades(2));
  Start();
  ASSERT_TRUE(Delivered(2));
  EXPECT_THAT(script_.Calls(), ElementsAre(FromTo(1, 2), FromTo(1, 2), FromTo(1, 2)));
  EXPECT_EQ(runner_->Read().error_count, 2u);
  EXPECT_THAT(log_.Text(), HasSubstr("unexpected exception: a bug"));
}

TEST_F(SinkRunnerTest, CountsTicksThatTheSinkGaveUpAsFailed) {
  script_.on_ticks = [&](std::span<const Tick>, int call) {
    if (call == 0) host_->ReportFailed(2, "too long");
  };
  queue_.Push(feed_.Trades(5));
  Start();
  ASSERT_TRUE(Delivered(3));
  EXPECT_EQ(queue_.Read().failed, 2u);
  EXPECT_TRUE(Eventually([&] { return runner_->Read().error_count == 1; }));
  EXPECT_EQ(runner_->Read().last_error, "gave up on 2 ticks: too long");
  queue_.Push(feed_.Trades(1));
  ASSERT_TRUE(Delivered(4));
  EXPECT_EQ(queue_.Read().failed, 2u);
  EXPECT_THAT(log_.Text(), HasSubstr("too long"));
}

TEST_F(SinkRunnerTest, LogsOneBurstOfErrorsOnce) {
  script_.on_ticks = [](std::span<const Tick>, int call) {
    if (call < 10) throw SinkUnavailable("refused");
  };
  queue_.Push(feed_.Trades(1));
  Start();
  ASSERT_TRUE(Delivered(1));
  ASSERT_TRUE(Ends());
  const std::string log = log_.Text();
  EXPECT_EQ(Count(log, "refused"), 1);
  EXPECT_EQ(Count(log, "available again"), 1);
}

TEST_F(SinkRunnerTest, LogsAnotherReasonOfTheSameOutage) {
  script_.on_ticks = [](std::span<const Tick>, int call) {
    if (call < 3) throw SinkUnavailable("loading");
    if (call < 6) throw SinkUnavailable("wrong password");
  };
  queue_.Push(feed_.Trades(1));
  Start();
  ASSERT_TRUE(Delivered(1));
  ASSERT_TRUE(Ends());
  const std::string log = log_.Text();
  EXPECT_EQ(Count(log, "loading"), 1);
  EXPECT_EQ(Count(log, "still unavailable, now: wrong password"), 1);
}

TEST_F(SinkRunnerTest, DrainsWhatIsQueuedThenStopsItsSink) {
  Gate gate;
  script_.on_ticks = [&](std::span<const Tick>, int call) {
    if (call == 0) gate.Pass();
  };
  queue_.Push(feed_.Trades(1));
  Start();
  ASSERT_TRUE(Eventually([&] { return script_.CallCount() == 1; }));
  queue_.Push(feed_.Trades(3));
  runner_->Drain(InTenSeconds());
  gate.Open();
  ASSERT_TRUE(runner_->WaitUntil(InTenSeconds()));
  EXPECT_THAT(script_.Calls(), ElementsAre(FromTo(1, 1), FromTo(2, 4)));
  EXPECT_EQ(script_.stops, 1);
}

TEST_F(SinkRunnerTest, StopsItsSinkOnceWhenThereIsNothingToDrain) {
  Start();
  ASSERT_TRUE(Ends());
  EXPECT_EQ(script_.starts, 1);
  EXPECT_EQ(script_.stops, 1);
  EXPECT_THAT(script_.Calls(), IsEmpty());
}

TEST_F(SinkRunnerTest, LeavesWhatItCouldNotDrainInTimeQueued) {
  script_.on_ticks = [](std::span<const Tick>, int) { throw SinkUnavailable("away", 1); };
  queue_.Push(feed_.Trades(1000));
  Start({milliseconds{5}, milliseconds{5}});
  ASSERT_TRUE(EndsBy(steady_clock::now() + milliseconds{20}));
  const SinkAccount account = queue_.Read();
  EXPECT_GT(account.waiting, 0u);
  EXPECT_EQ(account.waiting + account.delivered, 1000u);
  EXPECT_EQ(account.in_hand, 0u);
  EXPECT_EQ(script_.stops, 1);
}

TEST_F(SinkRunnerTest, TriesOnceMoreAtOnceWhenDrainingBeginsDuringAWait) {
  script_.on_ticks = [](std::span<const Tick>, int call) {
    if (call == 0) throw SinkUnavailable("away");
  };
  queue_.Push(feed_.Trades(2));
  Start(kMuchLater);
  ASSERT_TRUE(Eventually([&] { return runner_->Read().error_count == 1; }));
  ASSERT_TRUE(Ends());
  EXPECT_EQ(queue_.Read().delivered, 2u);
}

TEST_F(SinkRunnerTest, StartsOnceMoreAtOnceWhenDrainingBeginsDuringAWait) {
  script_.start = [](int call) {
    if (call == 0) throw SinkUnavailable("away");
  };
  queue_.Push(feed_.Trades(2));
  Start(kMuchLater);
  ASSERT_TRUE(Eventually([&] { return runner_->Read().error_count == 1; }));
  ASSERT_TRUE(Ends());
  EXPECT_EQ(queue_.Read().delivered, 2u);
}

TEST_F(SinkRunnerTest, DoesNotWaitForASinkThatCannotStartWhenNothingIsQueued) {
  script_.start = [](int) { throw SinkUnavailable("away"); };
  Start(kMuchLater);
  ASSERT_TRUE(Eventually([&] { return runner_->Read().error_count == 1; }));
  EXPECT_TRUE(Ends());
}

TEST_F(SinkRunnerTest, GivesUpStartingWhenTheTimeToDrainIsOver) {
  script_.start = [](int) { throw SinkUnavailable("away"); };
  queue_.Push(feed_.Trades(3));
  Start(kMuchLater);
  EXPECT_TRUE(EndsBy(steady_clock::now() + milliseconds{20}));
  EXPECT_EQ(queue_.Read().waiting, 3u);
  EXPECT_THAT(script_.Calls(), IsEmpty());
}

TEST_F(SinkRunnerTest, SurvivesASinkThatThrowsWhileStopping) {
  script_.stop = [] { throw std::runtime_error("cannot close"); };
  Start();
  EXPECT_TRUE(Ends());
  EXPECT_THAT(log_.Text(), HasSubstr("while stopping: "));
}

TEST_F(SinkRunnerTest, SaysThatAStuckSinkDidNotComeBack) {
  Gate gate;
  script_.on_ticks = [&](std::span<const Tick>, int) { gate.Pass(); };
  queue_.Push(feed_.Trades(1));
  Start();
  ASSERT_TRUE(Eventually([&] { return script_.CallCount() == 1; }));
  runner_->Drain(steady_clock::now());
  EXPECT_FALSE(runner_->WaitUntil(steady_clock::now() + milliseconds{20}));
  EXPECT_EQ(queue_.Read().in_hand, 1u);
  gate.Open();
  EXPECT_TRUE(runner_->WaitUntil(InTenSeconds()));
}

TEST_F(SinkRunnerTest, EndsWithItsOwnLifeWhereNobodyDrainedIt) {
  Start();
  queue_.Push(feed_.Trades(1));
  runner_.reset();
  EXPECT_EQ(script_.stops, 1);
  EXPECT_EQ(Unexplained(queue_.Read()), 0);
}

TEST_F(SinkRunnerTest, HasEndedWhereItNeverStarted) {
  Make();
  EXPECT_TRUE(runner_->WaitUntil(steady_clock::now()));
}

TEST_F(SinkRunnerTest, RunsTimersOnTheSinkThreadWhileIdle) {
  std::atomic<int> turns{0};
  std::atomic<bool> same_thread{true};
  std::thread::id sink_thread;
  script_.start = [&](int) {
    sink_thread = std::this_thread::get_id();
    host_->timers().Every(milliseconds{1}, [&] {
      same_thread = same_thread && std::this_thread::get_id() == sink_thread;
      ++turns;
    });
  };
  Start();
  EXPECT_TRUE(Eventually([&] { return turns >= 3; }));
  EXPECT_TRUE(same_thread);
  ASSERT_TRUE(Ends());
}

TEST_F(SinkRunnerTest, RunsTimersBetweenTicks) {
  std::atomic<int> turns{0};
  script_.start = [&](int) { host_->timers().Every(milliseconds{1}, [&] { ++turns; }); };
  script_.on_ticks = [&](std::span<const Tick>, int) { queue_.Push(feed_.Trades(1)); };
  queue_.Push(feed_.Trades(1));
  Start();
  EXPECT_TRUE(Eventually([&] { return turns >= 3; }));
  ASSERT_TRUE(EndsBy(steady_clock::now()));
}

TEST_F(SinkRunnerTest, GoesOnAfterATimerThatThrew) {
  std::atomic<int> turns{0};
  script_.start = [&](int) {
    host_->timers().Every(milliseconds{1}, [&] {
      if (++turns == 1) throw std::runtime_error("broken timer");
    });
  };
  Start();
  EXPECT_TRUE(Eventually([&] { return turns >= 3; }));
  EXPECT_EQ(runner_->Read().error_count, 1u);
  EXPECT_THAT(runner_->Read().last_error, HasSubstr("broken timer"));
  EXPECT_TRUE(runner_->Read().available);
  ASSERT_TRUE(Ends());
}

TEST_F(SinkRunnerTest, KeepsNoTimerOfAFailedStart) {
  std::atomic<int> of_failed_starts{0};
  std::atomic<int> of_the_last{0};
  script_.start = [&](int call) {
    host_->timers().Every(milliseconds{1},
                          [&, call] { ++(call < 3 ? of_failed_starts : of_the_last); });
    if (call < 3) throw SinkUnavailable("away");
  };
  Start();
  EXPECT_TRUE(Eventually([&] { return of_the_last >= 3; }));
  EXPECT_EQ(of_failed_starts, 0);
  ASSERT_TRUE(Ends());
}

TEST_F(SinkRunnerTest, UsesNoProcessorTimeWhileIdle) {
  std::atomic<clockid_t> cpu_clock{0};
  script_.start = [&](int) {
    clockid_t clock{};
    pthread_getcpuclockid(pthread_self(), &clock);
    host_->timers().Every(hours{1}, [] {});
    cpu_clock = clock;
  };
  Start();
  ASSERT_TRUE(Eventually([&] { return runner_->Read().available; }));
  const auto used = [&] {
    timespec time{};
    clock_gettime(cpu_clock, &time);
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
  };
  const auto before = used();
  EXPECT_FALSE(runner_->WaitUntil(steady_clock::now() + milliseconds{200}));
  EXPECT_LT(used() - before, milliseconds{10});
}

}  // namespace
}  // namespace feedmux
