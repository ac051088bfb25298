#include "connections/bus_publisher.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>

#include "eventually.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "support/queue_access.hpp"

namespace feedmux {
namespace {

class BusPublisherTest : public ::testing::Test {
 protected:
  testing::ManualClock clock_;
  Bus bus_{2};
  SinkQueue& queue_ = bus_.AddSink({1000, kNoLimit, WhenFull::DropOldest}, {});
  int connected_ = 0;
  std::string error_;
  Overlaps overlaps_{bus_};
  ConnectionMeter meter_;
  std::vector<std::string> subscribed_;
  BusPublisher publisher_{
      bus_,
      overlaps_,
      meter_,
      clock_,
      2,
      {[this] { ++connected_; },
       [this](const std::vector<std::string>& tickers) { subscribed_ = tickers; },
       [this](std::string_view error) { error_ = error; }}};
};

TEST_F(BusPublisherTest, GivesABatchOfItsConnectionAndTime) {
  clock_.Advance(std::chrono::seconds{5});
  const Batch& batch = publisher_.NewBatch();
  EXPECT_EQ(batch.connection, 2);
  EXPECT_EQ(batch.ts_recv_ns, clock_.UtcNs());
  EXPECT_TRUE(batch.ticks.empty());
}

TEST_F(BusPublisherTest, PublishesOnTheBus) {
  Batch& batch = publisher_.NewBatch();
  batch.Add(Kind::Quote);
  batch.events = 1;
  publisher_.Publish(batch);
  Lot lot;
  ASSERT_TRUE(queue_.Take(lot, kAtOnce));
  EXPECT_EQ(lot.ticks.front().kind, Kind::Quote);
  EXPECT_EQ(lot.ticks.front().connection, 2);
  queue_.Settle(lot, 1, 0);
  EXPECT_EQ(bus_.Read().connections[1].ticks, 1u);
}

TEST_F(BusPublisherTest, TakesNoGapFromAPlugin) {
  Batch& batch = publisher_.NewBatch();
  batch.Add(Kind::Trade);
  batch.Add(Kind::Gap);
  EXPECT_THROW(publisher_.Publish(batch), std::logic_error);
  EXPECT_EQ(bus_.Read().published, 0u);
}

TEST_F(BusPublisherTest, TakesNoKindThatIsNone) {
  Batch& batch = publisher_.NewBatch();
  batch.Add(static_cast<Kind>(kKindCount));
  EXPECT_THROW(publisher_.Publish(batch), std::logic_error);
}

TEST_F(BusPublisherTest, TakesRawBytesOfTheFrameOnly) {
  const auto publish = [this](const char* data, std::uint32_t size, std::ptrdiff_t offset) {
    Batch& batch = publisher_.NewBatch();
    batch.frame = "frame";
    Tick& tick = batch.Add(Kind::Trade);
    tick.raw_data = data ? data : batch.frame.data() + offset;
    tick.raw_size = size;
    publisher_.Publish(batch);
  };
  publish(nullptr, 5, 0);
  publish(nullptr, 1, 4);
  publish("elsewhere", 0, 0);
  EXPECT_THROW(publish(nullptr, 6, 0), std::logic_error);
  EXPECT_THROW(publish(nullptr, 2, 4), std::logic_error);
  EXPECT_THROW(publish(nullptr, 1, -1), std::logic_error);
  EXPECT_THROW(publish("elsewhere", 5, 0), std::logic_error);
  EXPECT_EQ(bus_.Read().published, 3u);
}

TEST_F(BusPublisherTest, ShowsThatItWaitsForAFullSink) {
  SinkQueue& full = bus_.AddSink({1, kNoLimit, WhenFull::Block}, {});
  const auto publish = [this] {
    Batch& batch = publisher_.NewBatch();
    batch.Add(Kind::Trade);
    batch.events = 1;
    publisher_.Publish(batch);
  };
  publish();
  EXPECT_EQ(meter_.publish_mark(), 2u);
  std::thread waiting{publish};
  EXPECT_TRUE(Eventually([&] { return meter_.publish_mark() == 3; }));
  Lot lot;
  ASSERT_TRUE(full.Take(lot, kAtOnce));
  full.Settle(lot, 1, 0);
  waiting.join();
  EXPECT_EQ(meter_.publish_mark(), 4u);
}

TEST_F(BusPublisherTest, EmptiesABatchThatWasNotPublished) {
  Batch& batch = publisher_.NewBatch();
  batch.Add(Kind::Trade);
  batch.frame = "half";
  batch.events = 1;
  Batch& again = publisher_.NewBatch();
  EXPECT_TRUE(again.ticks.empty());
  EXPECT_TRUE(again.frame.empty());
  EXPECT_EQ(again.events, 0u);
  publisher_.Publish(again);
  EXPECT_EQ(bus_.Read().Imbalance(), 0);
}

TEST_F(BusPublisherTest, RefusesABatchThatIsNotItsOwn) {
  Batch strange;
  EXPECT_THROW(publisher_.Publish(strange), std::logic_error);
  publisher_.NewBatch();
  EXPECT_THROW(publisher_.Publish(strange), std::logic_error);
}

TEST_F(BusPublisherTest, RefusesTheSameBatchTwice) {
  Batch& batch = publisher_.NewBatch();
  publisher_.Publish(batch);
  EXPECT_THROW(publisher_.Publish(batch), std::logic_error);
  EXPECT_EQ(bus_.Read().connections[1].frames, 1u);
}

TEST_F(BusPublisherTest, CountsABatchForItsConnectionWhateverTheBatchSays) {
  for (const ConnectionIndex forged : {0, 1, 500}) {
    Batch& batch = publisher_.NewBatch();
    batch.connection = forged;
    publisher_.Publish(batch);
  }
  EXPECT_EQ(bus_.Read().connections[0].frames, 0u);
  EXPECT_EQ(bus_.Read().connections[1].frames, 3u);
}

TEST_F(BusPublisherTest, PassesEventsOn) {
  publisher_.Connected();
  publisher_.ReportError("odd");
  EXPECT_EQ(connected_, 1);
  EXPECT_EQ(error_, "odd");
}

}  // namespace
}  // namespace feedmux
