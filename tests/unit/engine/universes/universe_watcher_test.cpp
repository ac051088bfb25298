#include "universes/universe_watcher.hpp"

#include <gmock/gmock.h>

#include <future>
#include <mutex>

#include "core/symbol_table.hpp"
#include "eventually.hpp"
#include "feedmux/control.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "support/captured_log.hpp"
#include "support/gate.hpp"
#include "support/scripted_universe.hpp"

namespace feedmux {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

/// Interval and clock are the test's own: what Start does by itself it does by real time.
class UniverseWatcherTest : public ::testing::Test {
 protected:
  struct Change {
    std::string key;
    ConnectionIndex connection = 0;
    std::vector<std::string> added;
    std::vector<std::string> removed;
  };

  UniverseWatcherTest() { script_.lists["dow30"] = {"AAPL", "IBM", "MSFT"}; }

  void Use(const std::string& key, ConnectionIndex connection, std::string error = "") {
    UniverseUse use;
    use.key = key;
    use.connection = connection;
    use.resolver = "lists";
    use.error = std::move(error);
    use.refresh = refresh_;
    use.symbols = use.error.empty() ? script_.lists[key] : std::vector<std::string>{"SPY"};
    uses_.push_back(std::move(use));
  }
  void Make() {
    universes_.Add("lists", refresh_,
                   std::make_unique<PluginHost>("lists", PluginHost::Role::Other, services_),
                   std::make_unique<ScriptedUniverse>(script_));
    watcher_.emplace(universes_, uses_, clock_,
                     [this](const UniverseUse& use, const std::vector<std::string>& added,
                            const std::vector<std::string>& removed) {
                       const std::lock_guard lock{mutex_};
                       changes_.push_back({use.key, use.connection, added, removed});
                     });
  }
  void MakeOne() {
    Use("dow30", 1);
    Make();
    watcher_->Start();
  }
  std::vector<Change> Changes() {
    const std::lock_guard lock{mutex_};
    return changes_;
  }

  CapturedLog log_;
  milliseconds refresh_{};
  testing::ManualClock clock_;
  SymbolTable symbols_;
  HostServices services_{clock_, symbols_, {}, {}, nullptr};
  UniverseScript script_;
  UniverseSet universes_;
  std::vector<UniverseUse> uses_;
  std::mutex mutex_;
  std::vector<Change> changes_;             // guarded by mutex_
  std::optional<UniverseWatcher> watcher_;  // ends before what it uses
};

TEST_F(UniverseWatcherTest, TellsOfEachUniverseWhatItHoldsAndSinceWhen) {
  MakeOne();
  ASSERT_THAT(watcher_->Read(), SizeIs(1));
  const UniverseHealth health = watcher_->Read()[0];
  EXPECT_EQ(health.key, "dow30");
  EXPECT_EQ(health.resolver, "lists");
  EXPECT_EQ(health.count, 3u);
  EXPECT_EQ(health.content_hash, ContentHash({"AAPL", "IBM", "MSFT"}));
  EXPECT_EQ(health.resolved_ns, clock_.UtcNs());
  EXPECT_FALSE(health.stale);
}

TEST_F(UniverseWatcherTest, PassesOnlyTheDifferenceOn) {
  MakeOne();
  script_.lists["dow30"] = {"MSFT", "NVDA", "AAPL"};
  watcher_->Refresh();
  ASSERT_THAT(Changes(), SizeIs(1));
  EXPECT_EQ(Changes()[0].connection, 1);
  EXPECT_THAT(Changes()[0].added, ElementsAre("NVDA"));
  EXPECT_THAT(Changes()[0].removed, ElementsAre("IBM"));
}

TEST_F(UniverseWatcherTest, MeasuresTheDifferenceFromTheLastSet) {
  MakeOne();
  script_.lists["dow30"] = {"AAPL"};
  watcher_->Refresh();
  script_.lists["dow30"] = {"AAPL", "IBM"};
  watcher_->Refresh();
  ASSERT_THAT(Changes(), SizeIs(2));
  EXPECT_THAT(Changes()[1].added, ElementsAre("IBM"));
  EXPECT_THAT(Changes()[1].removed, IsEmpty());
}

TEST_F(UniverseWatcherTest, PassesNothingOnWhereOnlyTheOrderChanged) {
  MakeOne();
  script_.lists["dow30"] = {"MSFT", "IBM", "AAPL"};
  EXPECT_EQ(watcher_->Refresh()[0].content_hash, ContentHash({"MSFT", "IBM", "AAPL"}));
  EXPECT_THAT(Changes(), IsEmpty());
}

TEST_F(UniverseWatcherTest, ARefreshRenewsTheTimeOfAUniverseThatHasNotChanged) {
  MakeOne();
  clock_.Advance(minutes{10});
  EXPECT_EQ(watcher_->Refresh()[0].resolved_ns, clock_.UtcNs());
  EXPECT_THAT(Changes(), IsEmpty());
}

TEST_F(UniverseWatcherTest, KeepsTheLastGoodSetWhereAResolverFails) {
  MakeOne();
  const UniverseHealth before = watcher_->Read()[0];
  clock_.Advance(minutes{10});
  script_.failure = "the disk is on fire";
  const UniverseHealth health = watcher_->Refresh()[0];
  EXPECT_TRUE(health.stale);
  EXPECT_THAT(health.last_error, HasSubstr("the disk is on fire"));
  EXPECT_EQ(health.count, 3u);
  EXPECT_EQ(health.content_hash, before.content_hash);
  EXPECT_EQ(health.resolved_ns, before.resolved_ns);
  EXPECT_THAT(Changes(), IsEmpty());
  EXPECT_THAT(log_.Text(), HasSubstr("its last 3 symbols stay"));
}

TEST_F(UniverseWatcherTest, DoesNotTakeANextResolversSetForThatOfOneThatFails) {
  UniverseScript next{{{"dow30", {"OTHER"}}}, "", true, {}, 0};
  Use("dow30", 1);
  Make();
  universes_.Add("next", refresh_,
                 std::make_unique<PluginHost>("next", PluginHost::Role::Other, services_),
                 std::make_unique<ScriptedUniverse>(next));
  watcher_->Start();
  script_.failure = "the disk is on fire";
  const UniverseHealth health = watcher_->Refresh()[0];
  EXPECT_TRUE(health.stale);
  EXPECT_THAT(health.last_error, HasSubstr("the disk is on fire; next answered"));
  EXPECT_THAT(Changes(), IsEmpty());
}

TEST_F(UniverseWatcherTest, KeepsTheLastGoodSetWhereAResolverForgetsTheKey) {
  MakeOne();
  script_.lists.erase("dow30");
  const UniverseHealth health = watcher_->Refresh()[0];
  EXPECT_TRUE(health.stale);
  EXPECT_THAT(health.last_error, HasSubstr("unknown universe \"dow30\""));
  EXPECT_THAT(Changes(), IsEmpty());
}

TEST_F(UniverseWatcherTest, IsNoLongerStaleOnceTheResolverAnswersAgain) {
  MakeOne();
  script_.failure = "away";
  watcher_->Refresh();
  script_.failure.clear();
  script_.lists["dow30"] = {"AAPL"};
  const UniverseHealth health = watcher_->Refresh()[0];
  EXPECT_FALSE(health.stale);
  EXPECT_EQ(health.last_error, "");
  EXPECT_THAT(Changes()[0].removed, ElementsAre("IBM", "MSFT"));
}

TEST_F(UniverseWatcherTest, TellsOfOneFailureOnce) {
  MakeOne();
  script_.failure = "away";
  watcher_->Refresh();
  watcher_->Refresh();
  const std::string text = log_.Text();
  EXPECT_EQ(text.find("away"), text.rfind("away"));
}

TEST_F(UniverseWatcherTest, WhatStandsInForAUniverseGoesWhenItIsFound) {
  Use("dow30", 1, "not there yet");
  Make();
  watcher_->Start();
  EXPECT_TRUE(watcher_->Read()[0].stale);
  EXPECT_EQ(watcher_->Read()[0].last_error, "not there yet");
  watcher_->Refresh();
  ASSERT_THAT(Changes(), SizeIs(1));
  EXPECT_THAT(Changes()[0].added, ElementsAre("AAPL", "IBM", "MSFT"));
  EXPECT_THAT(Changes()[0].removed, ElementsAre("SPY"));
}

TEST_F(UniverseWatcherTest, OneThatFailsDoesNotKeepTheOthersFromBeingLookedUp) {
  script_.lists["gone"] = {"OLD"};
  Use("gone", 1);
  Use("dow30", 2);
  Make();
  script_.lists.erase("gone");
  script_.lists["dow30"] = {"NVDA"};
  watcher_->Start();
  watcher_->Refresh();
  ASSERT_THAT(Changes(), SizeIs(1));
  EXPECT_EQ(Changes()[0].connection, 2);
}

TEST_F(UniverseWatcherTest, LooksUpByItselfAtItsInterval) {
  refresh_ = milliseconds{1};
  Use("dow30", 1);
  script_.lists["dow30"] = {"AAPL"};  // changed since the start
  Make();
  clock_.Advance(milliseconds{1});
  watcher_->Start();
  ASSERT_TRUE(Eventually([&] { return !Changes().empty(); }));
  EXPECT_THAT(Changes()[0].removed, ElementsAre("IBM", "MSFT"));
}

TEST_F(UniverseWatcherTest, WithoutAnIntervalOnlyLooksUpOnDemand) {
  MakeOne();
  clock_.Advance(hours{24});
  watcher_->Refresh();
  watcher_.reset();
  EXPECT_EQ(script_.resolved, 1);
}

TEST_F(UniverseWatcherTest, StopsAtOnceWhileItWaits) {
  refresh_ = hours{1};
  MakeOne();
  watcher_->RequestStop();
  EXPECT_TRUE(watcher_->WaitUntil(steady_clock::now() + seconds{10}));
  EXPECT_THAT(Changes(), IsEmpty());
}

TEST_F(UniverseWatcherTest, ARefreshDoesNotWaitForASlowResolverOnceAStopIsRequested) {
  Gate is_asked, may_answer;
  script_.on_resolve = [&] {
    is_asked.Open();
    may_answer.Pass();
  };
  MakeOne();
  auto refreshed = std::async(std::launch::async, [this] { watcher_->Refresh(); });
  is_asked.Pass();
  watcher_->RequestStop();
  EXPECT_EQ(refreshed.wait_for(seconds{10}), std::future_status::ready);
  EXPECT_FALSE(watcher_->WaitUntil(steady_clock::now())) << "the resolver itself takes its time";
  may_answer.Open();
  EXPECT_THROW(refreshed.get(), ControlError);
  EXPECT_TRUE(watcher_->WaitUntil(steady_clock::now() + seconds{10}));
}

TEST_F(UniverseWatcherTest, RefreshesOfSeveralEachSeeWhatHoldsAfterThem) {
  MakeOne();
  std::vector<std::future<std::vector<UniverseHealth>>> refreshes;
  for (int i = 0; i < 8; ++i) {
    refreshes.push_back(std::async(std::launch::async, [this] { return watcher_->Refresh(); }));
  }
  for (auto& refresh : refreshes) EXPECT_THAT(refresh.get(), SizeIs(1));
  script_.lists["dow30"] = {"AAPL"};
  EXPECT_EQ(watcher_->Refresh()[0].count, 1u);
}

TEST(ContentHash, DependsOnTheSymbolsAndTheirOrder) {
  EXPECT_EQ(ContentHash({"AAPL", "IBM"}), ContentHash({"AAPL", "IBM"}));
  EXPECT_THAT(ContentHash({"AAPL", "IBM"}), SizeIs(16));
  EXPECT_THAT(ContentHash({"AAPL", "IBM"}), Not(ContentHash({"IBM", "AAPL"})));
  EXPECT_THAT(ContentHash({"A", "B"}), Not(ContentHash({"AB"})));
}

}  // namespace
}  // namespace feedmux
