#pragma once

#include <cstdint>  // int64_t

#include "bus/batch_pool.hpp"
#include "feedmux/health.hpp"

namespace feedmux {

/// Makes the record of a gap into a batch of one tick of Kind::Gap; see GapFields for its bytes.
void FillGapBatch(PooledBatch& batch, ConnectionIndex connection, const GapRecord& gap,
                  std::int64_t now_ns);

}  // namespace feedmux
