#include "connections/gap_tick.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "status_json/values.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace
void FillGapBatch(PooledBatch& batch, ConnectionIndex connection, const GapRecord& gap,
                  std::int64_t now_ns) {
  const Json record = {{"ev", "gap"},
                       {"connection", fmt::format("connection_{}", connection)},
                       {"from", Seconds(gap.from_ns)},
                       {"to", gap.to_ns == 0 ? Json{} : Json(Seconds(gap.to_ns))},
                       {"reason", gap.reason},
                       {"symbols", *gap.symbols}};
  batch.connection = connection;
  batch.ts_recv_ns = now_ns;
  batch.internal = true;
  batch.frame = record.dump(-1, ' ', false, Json::error_handler_t::replace);
  Tick& tick = batch.Add(Kind::Gap);
  tick.ts_event_ns = gap.to_ns == 0 ? now_ns : gap.to_ns;
  tick.raw_data = batch.frame.data();
  tick.raw_size = static_cast<std::uint32_t>(batch.frame.size());
  tick.gap = GapFields{gap.from_ns, gap.to_ns, static_cast<std::uint32_t>(gap.symbols->size())};
}

}  // namespace feedmux
