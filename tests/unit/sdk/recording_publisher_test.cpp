#include "feedmux/testing/recording_publisher.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "feedmux/testing/fake_host.hpp"

namespace feedmux::testing {
namespace {

using ::testing::ElementsAre;

class RecordingPublisherTest : public ::testing::Test {
 protected:
  void PublishTrade(std::string_view raw) {
    Batch& batch = publisher_.NewBatch();
    batch.frame = raw;
    batch.events = 1;
    Tick& tick = batch.Add(Kind::Trade);
    tick.raw_data = batch.frame.data();
    tick.raw_size = static_cast<std::uint32_t>(batch.frame.size());
    publisher_.Publish(batch);
  }

  ManualClock clock_;
  RecordingPublisher publisher_{clock_, 4};
};

TEST_F(RecordingPublisherTest, GivesBatchesOfItsConnectionAndTime) {
  const Batch& batch = publisher_.NewBatch();
  EXPECT_EQ(batch.connection, 4);
  EXPECT_EQ(batch.ts_recv_ns, clock_.UtcNs());
  EXPECT_TRUE(batch.ticks.empty());
}

TEST_F(RecordingPublisherTest, NumbersTicksFromOne) {
  PublishTrade("a");
  PublishTrade("b");
  ASSERT_EQ(publisher_.Ticks().size(), 2U);
  EXPECT_EQ(publisher_.Ticks()[0].sequence, 1U);
  EXPECT_EQ(publisher_.Ticks()[1].sequence, 2U);
  EXPECT_EQ(publisher_.frames(), 2U);
}

TEST_F(RecordingPublisherTest, KeepsTheBytesOfEarlierFrames) {
  const std::string long_enough_to_be_moved_as_it_is(100, 'a');
  PublishTrade(long_enough_to_be_moved_as_it_is);
  PublishTrade("b");
  EXPECT_EQ(publisher_.Ticks()[0].Raw(), long_enough_to_be_moved_as_it_is);
}

TEST_F(RecordingPublisherTest, ExplainsEveryEventOrShowsTheImbalance) {
  Batch& batch = publisher_.NewBatch();
  batch.events = 5;
  batch.status_events = 1;
  batch.Add(Kind::Quote);
  batch.Reject(RejectReason::MissingField);
  publisher_.Publish(batch);
  EXPECT_EQ(publisher_.events(), 5U);
  EXPECT_EQ(publisher_.status_events(), 1U);
  EXPECT_EQ(publisher_.rejected(RejectReason::MissingField), 1U);
  EXPECT_EQ(publisher_.rejected(), 1U);
  EXPECT_EQ(publisher_.Imbalance(), 2);
}

TEST_F(RecordingPublisherTest, ForgetsABatchThatWasNotPublished) {
  publisher_.NewBatch().Add(Kind::Trade);
  EXPECT_TRUE(publisher_.NewBatch().ticks.empty());
  EXPECT_TRUE(publisher_.Ticks().empty());
}

TEST_F(RecordingPublisherTest, KeepsErrors) {
  publisher_.ReportError("one");
  publisher_.ReportError("two");
  EXPECT_THAT(publisher_.Errors(), ElementsAre("one", "two"));
}

TEST_F(RecordingPublisherTest, WaitsForWhatAnotherThreadDoes) {
  std::jthread connection{[&] {
    publisher_.Connected();
    PublishTrade("a");
  }};
  EXPECT_TRUE(publisher_.WaitForConnected());
  EXPECT_TRUE(publisher_.WaitForTicks(1));
}

TEST_F(RecordingPublisherTest, DoesNotWaitForever) {
  EXPECT_FALSE(publisher_.WaitFor([](const auto& self) { return self.connected() > 0; },
                                  std::chrono::milliseconds{1}));
}

}  // namespace
}  // namespace feedmux::testing
