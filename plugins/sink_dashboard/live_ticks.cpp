#include "sink_dashboard/live_ticks.hpp"

#include <nlohmann/json.hpp>

#include "sink_dashboard/status_json.hpp"
#include "status_json/values.hpp"

namespace feedmux::dashboard {
namespace {

std::uint64_t StreamKey(const BoardCell& cell) {
  return std::uint64_t{cell.symbol} << 16 | cell.connection;
}

}  // namespace

void LiveTicks::Begin() {
  for (const BoardCell& cell : board_.Watch()) Add(cell);
}

void LiveTicks::End() {
  board_.Unwatch();
  cells_ = {};
  streams_ = {};
  stream_index_ = {};
  texts_ = {};
}

const std::vector<LiveTicks::Increase>& LiveTicks::Update() {
  texts_.clear();
  increases_.clear();
  board_.TakeChanges(changes_);
  for (const auto& [index, cell] : changes_) {
    if (index == cells_.size()) {  // new cells are listed when they are made, thus in their order
      Add(cell);
      increases_.push_back({index, cell.count});
    } else {
      increases_.push_back({index, cell.count - cells_[index].count});
      cells_[index] = cell;
    }
  }
  return increases_;
}

void LiveTicks::Add(const BoardCell& cell) {
  cells_.push_back(cell);
  const auto next = static_cast<StreamIndex>(stream_index_.size());
  streams_.push_back(stream_index_.try_emplace(StreamKey(cell), next).first->second);
}

bool LiveTicks::Matches(const View& view, Index index) const {
  const BoardCell& cell = cells_[index];
  if ((view.kinds & MaskOf(cell.kind)) == 0) return false;
  if (!view.connections.empty() &&
      !view.connections.contains(host_.connection(cell.connection).connection_id)) {
    return false;
  }
  return view.symbols.empty() ||
         view.symbols.contains(std::string{host_.symbols().Text(cell.symbol)});
}

const std::string& LiveTicks::Text(Index index) {
  const auto [entry, is_new] = texts_.try_emplace(index);
  if (is_new) {
    entry->second = dashboard::Text(TickJson(cells_[index], host_));
    entry->second.pop_back();
  }
  return entry->second;
}

Json TickJson(const BoardCell& cell, Host& host) {
  // Absent numbers are NaN, which JSON has as null.
  Json json = {{"connection_id", host.connection(cell.connection).connection_id},
               {"symbol", host.symbols().Text(cell.symbol)},
               {"kind", Name(cell.kind)},
               {"price", cell.price},
               {"size", cell.size}};
  if (cell.kind == Kind::Quote) {
    json["bid"] = cell.bid;
    json["ask"] = cell.ask;
    json["bid_size"] = cell.bid_size;
    json["ask_size"] = cell.ask_size;
  }
  json["time"] = Seconds(cell.ts_event_ns != kNoTime ? cell.ts_event_ns : cell.ts_recv_ns);
  json["received"] = Seconds(cell.ts_recv_ns);
  return json;
}

}  // namespace feedmux::dashboard
