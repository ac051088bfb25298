#include <gtest/gtest.h>

#include <deque>
#include <iterator>
#include <random>
#include <tuple>
#include <vector>

#include "bus/batch_queue.hpp"
#include "support/feed.hpp"
#include "support/queue_access.hpp"

namespace feedmux {
namespace {

// The queue as its header describes it, tick by tick and without care for speed.
class BatchModel {
 public:
  BatchModel(const QueueConfig& config, const TickFilter& filter)
      : config_(config), filter_(filter) {}

  void Push(const PooledBatch& batch) {
    account.offered += batch.ticks.size();
    Frame frame{batch.memory, {}};
    for (const Tick& tick : batch.ticks) {
      if (filter_.Wants(tick)) {
        frame.sequences.push_back(tick.sequence);
      } else {
        ++account.filtered;
      }
    }
    if (frame.sequences.empty()) return;
    if (config_.when_full == WhenFull::DropNewest) {
      const bool too_heavy = Count(waiting_) + Count(in_hand_) != 0 &&
                             Bytes(waiting_) + Bytes(in_hand_) + frame.memory > config_.max_bytes;
      while (!frame.sequences.empty() &&
             (too_heavy ||
              Count(waiting_) + Count(in_hand_) + frame.sequences.size() > config_.capacity)) {
        frame.sequences.pop_back();
        ++account.dropped;
      }
      if (frame.sequences.empty()) return;
    }
    waiting_.push_back(std::move(frame));
    DropOldest();
    UpdateCounts();
  }

  /// The oldest frames, so many that they have this number of ticks.
  Sequences Take(std::size_t ticks) {
    while (!waiting_.empty() && Count(in_hand_) < ticks) {
      in_hand_.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    UpdateCounts();
    Sequences all;
    for (const Frame& frame : in_hand_) {
      all.insert(all.end(), frame.sequences.begin(), frame.sequences.end());
    }
    return all;
  }

  void Settle(std::size_t done, std::size_t failed) {
    account.delivered += done - failed;
    account.failed += failed;
    for (; done != 0; --done) PopFront(in_hand_);
    waiting_.insert(waiting_.begin(), in_hand_.begin(), in_hand_.end());
    in_hand_.clear();
    DropOldest();
    UpdateCounts();
  }

  SinkAccount account;

 private:
  struct Frame {
    std::size_t memory;
    std::deque<std::uint64_t> sequences;  // never empty
  };
  using Frames = std::deque<Frame>;

  static std::uint64_t Count(const Frames& frames) {
    std::uint64_t count = 0;
    for (const Frame& frame : frames) count += frame.sequences.size();
    return count;
  }
  static std::size_t Bytes(const Frames& frames) {
    std::size_t bytes = 0;
    for (const Frame& frame : frames) bytes += frame.memory;
    return bytes;
  }
  static void PopFront(Frames& frames) {
    frames.front().sequences.pop_front();
    if (frames.front().sequences.empty()) frames.pop_front();
  }

  void DropOldest() {
    if (config_.when_full != WhenFull::DropOldest) return;
    for (; Count(waiting_) > config_.capacity; PopFront(waiting_)) ++account.dropped;
    for (; Bytes(waiting_) > config_.max_bytes && waiting_.size() > 1; waiting_.pop_front()) {
      account.dropped += waiting_.front().sequences.size();
    }
  }

  void UpdateCounts() {
    account.waiting = Count(waiting_);
    account.in_hand = Count(in_hand_);
  }

  const QueueConfig config_;
  const TickFilter filter_;
  Frames waiting_;
  Frames in_hand_;
};

bool operator==(const SinkAccount& a, const SinkAccount& b) {
  const auto fields = [](const SinkAccount& s) {
    return std::tie(s.offered, s.filtered, s.delivered, s.dropped, s.conflated, s.failed, s.waiting,
                    s.in_hand);
  };
  return fields(a) == fields(b);
}

class RandomSchedules : public ::testing::TestWithParam<std::tuple<WhenFull, unsigned>> {
 protected:
  unsigned Below(unsigned limit) {
    return std::uniform_int_distribution<unsigned>{0, limit - 1}(random_);
  }

  TickFilter MakeFilter() {
    TickFilter filter;
    const unsigned which = Below(3);
    if (which == 1) filter.AllowKinds(MaskOf(Kind::Trade));
    if (which == 2) {
      filter.AllowSymbol(1);
      filter.AllowSymbol(3);
    }
    return filter;
  }

  BatchRef MakeBatch(unsigned most_ticks) {
    std::vector<FeedTick> ticks(Below(most_ticks + 1));
    for (FeedTick& tick : ticks) {
      tick.symbol = 1 + Below(3);
      tick.kind = Below(2) == 0 ? Kind::Trade : Kind::Quote;
    }
    return feed_.Make(ticks, Below(2000));
  }

  std::mt19937 random_{std::get<1>(GetParam())};
  Feed feed_;
};

TEST_P(RandomSchedules, BehaveAsTheModel) {
  const WhenFull when_full = std::get<0>(GetParam());
  for (int round = 0; round < 42; ++round) {
    // Some rounds have frames of such a size that a backlog makes several lots.
    const bool large = round >= 40;
    const unsigned most_ticks = large ? 3000 : 7;
    const QueueConfig config{large ? 20'000 + Below(20'000) : 1 + Below(40),
                             large ? kNoLimit : 500 + Below(20'000), when_full};
    const TickFilter filter = MakeFilter();
    BatchQueue queue{config, filter};
    BatchModel model{config, filter};
    Lot lot;
    bool in_hand = false;
    for (int step = 0; step < 200; ++step) {
      SCOPED_TRACE(::testing::Message() << "round " << round << " step " << step);
      if (Below(3) != 0) {
        const BatchRef batch = MakeBatch(most_ticks);
        if (when_full == WhenFull::Block && !queue.HasRoomFor(*batch)) continue;
        queue.Push(batch);
        model.Push(*batch);
      } else if (!in_hand) {
        in_hand = queue.Take(lot, kAtOnce);
        ASSERT_EQ(in_hand, model.account.waiting != 0);
        if (!in_hand) continue;
        if (!large) {
          ASSERT_EQ(lot.ticks.size(), model.account.waiting);
        }
        ASSERT_EQ(SequencesOf(lot.ticks), model.Take(lot.ticks.size()));
      } else {
        const auto size = static_cast<unsigned>(lot.ticks.size());
        const unsigned done = Below(3) == 0 ? size : Below(size + 1);
        const unsigned failed = Below(done + 1);
        queue.Settle(lot, done, failed);
        model.Settle(done, failed);
        in_hand = false;
      }
      ASSERT_TRUE(queue.Read() == model.account);
      ASSERT_EQ(Unexplained(queue.Read()), 0);
      if (when_full == WhenFull::Block) {
        ASSERT_EQ(queue.Read().dropped, 0u);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSchedules,
                         ::testing::Combine(::testing::Values(WhenFull::Block, WhenFull::DropOldest,
                                                              WhenFull::DropNewest),
                                            ::testing::Range(1u, 6u)));

}  // namespace
}  // namespace feedmux
