#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <random>
#include <thread>
#include <vector>

#include "bus/bus.hpp"
#include "support/queue_access.hpp"

namespace feedmux {
namespace {

constexpr unsigned kPublishers = 3;
constexpr int kBatches = 1500;  // of each publisher

// Publishers and sinks at full speed, while others read the ledger.
class BusUnderLoad : public ::testing::Test {
 protected:
  // What one sink saw.
  struct Consumer {
    SinkQueue* queue = nullptr;
    Sequences sequences;
    std::vector<ConnectionIndex> connections;
    std::vector<std::uint64_t> vendor_sequences;
  };

  Consumer& AddConsumer(const QueueConfig& config, const TickFilter& filter = {}) {
    consumers_.push_back({&bus_.AddSink(config, filter), {}, {}, {}});
    return consumers_.back();
  }

  void Run() {
    for (Consumer& consumer : consumers_) {
      sinks_.emplace_back(
          [&consumer, seed = sinks_.size()] { Consume(consumer, static_cast<unsigned>(seed)); });
    }
    std::atomic<bool> publishing{true};
    std::thread reader{[&] {
      while (publishing) ASSERT_EQ(bus_.Read().Imbalance(), 0);
    }};
    std::vector<std::thread> publishers;
    for (unsigned i = 1; i <= kPublishers; ++i) {
      publishers.emplace_back([this, i] { PublishAll(static_cast<ConnectionIndex>(i)); });
    }
    for (std::thread& publisher : publishers) publisher.join();
    publishing = false;
    reader.join();
    for (Consumer& consumer : consumers_) consumer.queue->Close();
    for (std::thread& sink : sinks_) sink.join();
    ledger_ = bus_.Read();
    EXPECT_EQ(ledger_.Imbalance(), 0);
  }

  std::uint64_t published() const { return ledger_.published; }

  Bus bus_{kPublishers};
  Ledger ledger_;

 private:
  void PublishAll(ConnectionIndex connection) {
    std::mt19937 random{connection};
    std::uint64_t vendor_sequence = 0;
    for (int i = 0; i < kBatches; ++i) {
      const BatchRef batch = bus_.NewBatch();
      batch->connection = connection;
      const unsigned ticks = random() % 8;
      for (unsigned t = 0; t < ticks; ++t) {
        Tick& tick = batch->Add(random() % 3 == 0 ? Kind::Quote : Kind::Trade);
        tick.symbol = 1 + random() % 50;
        tick.vendor_sequence = ++vendor_sequence;
      }
      batch->events = ticks;
      bus_.Publish(batch);
    }
  }

  static void Consume(Consumer& consumer, unsigned seed) {
    std::mt19937 random{seed};
    Lot lot;
    while (consumer.queue->Take(lot, SinkQueue::TimePoint::max())) {
      const auto done = random() % 4 == 0 ? random() % (lot.ticks.size() + 1) : lot.ticks.size();
      for (const Tick& tick : lot.ticks.first(done)) {
        consumer.sequences.push_back(tick.sequence);
        consumer.connections.push_back(tick.connection);
        consumer.vendor_sequences.push_back(tick.vendor_sequence);
      }
      consumer.queue->Settle(lot, done, 0);
    }
  }

  std::deque<Consumer> consumers_;
  std::vector<std::thread> sinks_;
};

TEST_F(BusUnderLoad, GivesEverySinkTheSameOrderWithoutHoles) {
  const Consumer& one = AddConsumer({kNoLimit, kNoLimit, WhenFull::DropOldest});
  const Consumer& other = AddConsumer({200, kNoLimit, WhenFull::Block});
  Run();
  EXPECT_EQ(one.sequences, FromTo(1, published()));
  EXPECT_EQ(other.sequences, one.sequences);
  EXPECT_EQ(other.connections, one.connections);
  EXPECT_EQ(other.vendor_sequences, one.vendor_sequences);
}

TEST_F(BusUnderLoad, KeepsEachConnectionsOwnOrder) {
  const Consumer& sink = AddConsumer({64, kNoLimit, WhenFull::Block});
  Run();
  std::uint64_t last[kPublishers + 1] = {};
  for (std::size_t i = 0; i < sink.sequences.size(); ++i) {
    ASSERT_EQ(sink.vendor_sequences[i], ++last[sink.connections[i]]);
  }
}

TEST_F(BusUnderLoad, AccountsForEveryTickUnderEveryPolicy) {
  TickFilter quotes;
  quotes.AllowKinds(MaskOf(Kind::Quote));
  std::vector<const Consumer*> consumers;
  for (const WhenFull when_full :
       {WhenFull::DropOldest, WhenFull::DropNewest, WhenFull::Conflate, WhenFull::Block}) {
    consumers.push_back(&AddConsumer({20, kNoLimit, when_full}, quotes));
    consumers.push_back(&AddConsumer({50, 1 << 16, when_full}));
  }
  Run();
  for (std::size_t i = 0; i < consumers.size(); ++i) {
    EXPECT_EQ(ledger_.sinks[i].delivered, consumers[i]->sequences.size());
    EXPECT_EQ(ledger_.sinks[i].waiting + ledger_.sinks[i].in_hand, 0u);
    EXPECT_TRUE(std::is_sorted(consumers[i]->sequences.begin(), consumers[i]->sequences.end()));
  }
}

}  // namespace
}  // namespace feedmux
