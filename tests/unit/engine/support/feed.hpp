#pragma once

#include <algorithm>  // max
#include <cstdint>    // uint64_t
#include <string>     // string, to_string
#include <vector>     // vector

#include "bus/batch_pool.hpp"
#include "feedmux/tick.hpp"

namespace feedmux {

struct FeedTick {
  SymbolId symbol = 1;
  Kind kind = Kind::Trade;
};

/// Makes batches as the bus hands them to queues: sequence numbers from 1 without holes, `kinds`
/// and `memory` set. A tick's raw bytes are its own sequence number in decimals.
class Feed {
 public:
  BatchRef Make(const std::vector<FeedTick>& ticks, std::size_t frame_bytes = 0,
                ConnectionIndex connection = 1) {
    BatchRef batch = pool_.Acquire();
    Fill(*batch, ticks, frame_bytes, connection);
    for (Tick& tick : batch->ticks) {
      tick.sequence = ++sequence_;
      batch->kinds |= MaskOf(tick.kind);
    }
    batch->memory = MemoryOf(*batch);
    return batch;
  }

  /// A batch of `count` trades of symbol 1.
  BatchRef Trades(std::size_t count, std::size_t frame_bytes = 0) {
    return Make(std::vector<FeedTick>(count), frame_bytes);
  }

  std::uint64_t sequence() const { return sequence_; }

 private:
  void Fill(PooledBatch& batch, const std::vector<FeedTick>& ticks, std::size_t frame_bytes,
            ConnectionIndex connection) {
    batch.connection = connection;
    batch.kinds = 0;
    std::vector<std::size_t> offsets;
    for (std::size_t i = 0; i < ticks.size(); ++i) {
      offsets.push_back(batch.frame.size());
      batch.frame += std::to_string(sequence_ + i + 1);
    }
    offsets.push_back(batch.frame.size());
    batch.frame.resize(std::max(batch.frame.size(), frame_bytes), '.');
    for (std::size_t i = 0; i < ticks.size(); ++i) {
      Tick& tick = batch.Add(ticks[i].kind);
      tick.symbol = ticks[i].symbol;
      tick.raw_data = batch.frame.data() + offsets[i];
      tick.raw_size = static_cast<std::uint32_t>(offsets[i + 1] - offsets[i]);
    }
    batch.events = ticks.size();
  }

  BatchPool pool_;
  std::uint64_t sequence_ = 0;
};

}  // namespace feedmux
