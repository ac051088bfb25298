#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "bus/conflating_queue.hpp"
#include "support/feed.hpp"
#include "support/queue_access.hpp"

namespace feedmux {
namespace {

// What the queue's header describes, in the simplest form.
class ConflatingModel {
 public:
  ConflatingModel(std::uint64_t capacity, std::size_t max_ticks_by_bytes, const TickFilter& filter)
      : limit_(std::min<std::size_t>(capacity, max_ticks_by_bytes)), filter_(filter) {}

  void Push(const PooledBatch& batch) {
    account.offered += batch.ticks.size();
    for (const Tick& tick : batch.ticks) {
      if (filter_.Wants(tick)) {
        Append(tick);
      } else {
        ++account.filtered;
      }
    }
    DropOldest();
  }

  Sequences Take() {
    in_hand_ = std::move(waiting_);
    waiting_.clear();
    UpdateCounts();
    Sequences sequences;
    for (const Tick& tick : in_hand_) sequences.push_back(tick.sequence);
    return sequences;
  }

  void Settle(std::size_t done, std::size_t failed) {
    account.delivered += done - failed;
    account.failed += failed;
    const std::vector<Tick> arrived = std::move(waiting_);
    waiting_.assign(in_hand_.begin() + static_cast<std::ptrdiff_t>(done), in_hand_.end());
    in_hand_.clear();
    for (const Tick& tick : arrived) Append(tick);
    DropOldest();
  }

  SinkAccount account;

 private:
  void Append(const Tick& tick) {
    const auto replaced = std::find_if(waiting_.begin(), waiting_.end(), [&](const Tick& other) {
      return tick.symbol != kNoSymbol && other.symbol == tick.symbol && other.kind == tick.kind;
    });
    if (replaced != waiting_.end()) {
      waiting_.erase(replaced);
      ++account.conflated;
    }
    waiting_.push_back(tick);
  }

  void DropOldest() {
    const std::size_t limit = std::max<std::size_t>(limit_, 1);
    if (waiting_.size() > limit) {
      const std::size_t drop = waiting_.size() - limit;
      account.dropped += drop;
      waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(drop));
    }
    UpdateCounts();
  }

  void UpdateCounts() {
    account.waiting = waiting_.size();
    account.in_hand = in_hand_.size();
  }

  const std::size_t limit_;
  const TickFilter filter_;
  std::vector<Tick> waiting_;
  std::vector<Tick> in_hand_;
};

// Of a tick with few bytes.
constexpr std::size_t kBytesOfATick = sizeof(DetachedTick) + 15;

class RandomConflation : public ::testing::TestWithParam<unsigned> {
 protected:
  unsigned Below(unsigned limit) {
    return std::uniform_int_distribution<unsigned>{0, limit - 1}(random_);
  }

  BatchRef MakeBatch(unsigned symbols) {
    std::vector<FeedTick> ticks(Below(10));
    for (FeedTick& tick : ticks) {
      tick.symbol = Below(symbols);
      tick.kind = static_cast<Kind>(Below(3));
    }
    return feed_.Make(ticks);
  }

  std::mt19937 random_{GetParam()};
  Feed feed_;
};

TEST_P(RandomConflation, BehavesAsTheModel) {
  for (int round = 0; round < 20; ++round) {
    const std::uint64_t capacity = 1 + Below(60);
    const std::size_t by_bytes = 1 + Below(60);
    const unsigned symbols = 1 + Below(30);
    TickFilter filter;
    if (Below(2) == 0) filter.AllowKinds(MaskOf(Kind::Trade) | MaskOf(Kind::Quote));
    ConflatingQueue queue{{capacity, by_bytes * kBytesOfATick, WhenFull::Conflate}, filter};
    ConflatingModel model{capacity, by_bytes, filter};
    Lot lot;
    bool in_hand = false;
    // A sink that takes seldom lets the queue compact.
    const unsigned patience = 2 + Below(round % 2 == 0 ? 3 : 200);
    for (int step = 0; step < 1000; ++step) {
      SCOPED_TRACE(::testing::Message() << "round " << round << " step " << step);
      if (Below(patience) != 0) {
        const BatchRef batch = MakeBatch(symbols);
        queue.Push(batch);
        model.Push(*batch);
      } else if (!in_hand) {
        const Sequences expected = model.Take();
        in_hand = queue.Take(lot, kAtOnce);
        ASSERT_EQ(in_hand ? SequencesOf(lot.ticks) : Sequences{}, expected);
      } else {
        const auto size = static_cast<unsigned>(lot.ticks.size());
        const unsigned done = Below(3) == 0 ? size : Below(size + 1);
        const unsigned failed = Below(done + 1);
        queue.Settle(lot, done, failed);
        model.Settle(done, failed);
        in_hand = false;
      }
      const SinkAccount account = queue.Read();
      ASSERT_EQ(Unexplained(account), 0);
      ASSERT_EQ(account.waiting, model.account.waiting);
      ASSERT_EQ(account.in_hand, model.account.in_hand);
      ASSERT_EQ(account.delivered, model.account.delivered);
      ASSERT_EQ(account.conflated, model.account.conflated);
      ASSERT_EQ(account.dropped, model.account.dropped);
      ASSERT_EQ(account.failed, model.account.failed);
      ASSERT_EQ(account.filtered, model.account.filtered);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomConflation, ::testing::Range(1u, 9u));

}  // namespace
}  // namespace feedmux
