// Overlaps beside a sink that makes publishers wait.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "connections/overlaps.hpp"
#include "eventually.hpp"
#include "support/queue_access.hpp"

namespace feedmux {
namespace {

/// A sink that wants what connection 1 brings, and has room for one tick of it; another one that
/// wants everything.
class OverlapBesideAFullSink : public ::testing::Test {
 protected:
  OverlapBesideAFullSink() {
    Bring(1);
    overlaps_.Begin(kAapl, 1, 2);
    waiting_ = std::thread{[this] {
      Bring(1);
      has_passed_ = true;
    }};
  }
  ~OverlapBesideAFullSink() override {
    bus_.StopBlocking();
    waiting_.join();
    EXPECT_EQ(bus_.Read().Imbalance(), 0);
  }

  static TickFilter OfTheFirstConnection() {
    TickFilter filter;
    filter.AllowConnection(1);
    return filter;
  }
  void Bring(ConnectionIndex connection) {
    const BatchRef batch = bus_.NewBatch();
    batch->connection = connection;
    batch->Add(Kind::Trade).symbol = kAapl;
    batch->events = 1;
    overlaps_.active() ? overlaps_.Publish(batch) : bus_.Publish(batch);
  }

  static constexpr SymbolId kAapl = 7;

  Bus bus_{3};
  SinkQueue& full_ = bus_.AddSink({1, kNoLimit, WhenFull::Block}, OfTheFirstConnection());
  SinkQueue& other_ = bus_.AddSink(kRoomy, {});
  Overlaps overlaps_{bus_};
  std::atomic<bool> has_passed_{false};
  std::thread waiting_;
};

TEST_F(OverlapBesideAFullSink, OtherConnectionsPass) {
  std::atomic<bool> passed{false};
  std::thread third{[&] {
    Bring(3);
    passed = true;
  }};
  EXPECT_TRUE(Eventually([&] { return passed.load(); }));
  EXPECT_FALSE(has_passed_);
  EXPECT_EQ(other_.Read().waiting, 2u);
  bus_.StopBlocking();
  third.join();
}

TEST_F(OverlapBesideAFullSink, AnOverlapEnds) {
  overlaps_.End(kAapl);
  EXPECT_TRUE(Eventually([&] {
    overlaps_.TryApply();
    return !overlaps_.active();
  }));
  EXPECT_FALSE(has_passed_);
}

TEST_F(OverlapBesideAFullSink, WhoWaitsGoesOnWhenThereIsRoom) {
  TakeSequences(full_);
  EXPECT_TRUE(Eventually([&] { return has_passed_.load(); }));
  EXPECT_EQ(full_.Read().waiting, 1u);
}

}  // namespace
}  // namespace feedmux
