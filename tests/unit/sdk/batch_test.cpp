#include "feedmux/batch.hpp"

#include <gmock/gmock.h>

namespace feedmux {
namespace {

using ::testing::Each;

TEST(Batch, FillsInWhatATickHasInCommonWithItsFrame) {
  Batch batch;
  batch.connection = 7;
  batch.ts_recv_ns = 123;
  const Tick& tick = batch.Add(Kind::Quote);
  EXPECT_EQ(tick.kind, Kind::Quote);
  EXPECT_EQ(tick.connection, 7);
  EXPECT_EQ(tick.ts_recv_ns, 123);
  EXPECT_EQ(batch.ticks.size(), 1U);
}

TEST(Batch, CountsRejectedEventsByReason) {
  Batch batch;
  batch.Reject(RejectReason::WrongType);
  batch.Reject(RejectReason::WrongType);
  batch.Reject(RejectReason::Malformed);
  EXPECT_EQ(batch.rejected[static_cast<std::size_t>(RejectReason::WrongType)], 2U);
  EXPECT_EQ(batch.RejectedCount(), 3U);
}

TEST(Batch, KeepsItsBuffersWhenCleared) {
  Batch batch;
  batch.frame.assign(1000, 'x');
  for (int i = 0; i < 100; ++i) batch.Add(Kind::Trade);
  batch.events = 101;
  batch.status_events = 1;
  batch.Reject(RejectReason::OutOfRange);
  const auto frame_capacity = batch.frame.capacity();
  const auto tick_capacity = batch.ticks.capacity();
  batch.Clear();
  EXPECT_TRUE(batch.frame.empty());
  EXPECT_TRUE(batch.ticks.empty());
  EXPECT_EQ(batch.ts_recv_ns, kNoTime);
  EXPECT_EQ(batch.events + batch.status_events, 0U);
  EXPECT_THAT(batch.rejected, Each(0U));
  EXPECT_EQ(batch.frame.capacity(), frame_capacity);
  EXPECT_EQ(batch.ticks.capacity(), tick_capacity);
}

TEST(RejectReason, HasANameEach) {
  EXPECT_EQ(Name(RejectReason::Malformed), "malformed");
  EXPECT_EQ(Name(RejectReason::TooManySymbols), "too_many_symbols");
}

}  // namespace
}  // namespace feedmux
