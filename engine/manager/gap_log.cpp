#include "manager/gap_log.hpp"

#include <algorithm>  // max, sort
#include <utility>    // exchange, move

namespace feedmux {

void GapLog::Lose(ConnectionIndex connection, const std::vector<std::string>& tickers,
                  std::int64_t from_ns, std::string_view reason) {
  Outage outage;
  outage.connection = connection;
  outage.from_ns = from_ns;
  outage.reason = reason;
  for (const std::string& ticker : tickers) {
    if (outage_of_.try_emplace(ticker, last_number_ + 1).second) outage.blind.insert(ticker);
  }
  if (outage.blind.empty()) return;
  const Outage& begun = outages_.emplace(++last_number_, std::move(outage)).first->second;
  listener_(connection, Open(begun));
}

void GapLog::Restore(const std::string& ticker, std::int64_t now_ns) {
  const auto number = outage_of_.find(ticker);
  if (number == outage_of_.end()) return;
  Outage& outage = outages_.at(number->second);
  outage_of_.erase(number);
  outage.blind.erase(ticker);
  outage.shown.reset();
  if (outage.restored.empty()) outage.first_restored_ns = now_ns;
  outage.last_restored_ns = now_ns;
  outage.restored.push_back(ticker);
}

void GapLog::Step(std::int64_t now_ns) {
  for (auto entry = outages_.begin(); entry != outages_.end();) {
    Outage& outage = entry->second;
    const bool settled = now_ns - outage.first_restored_ns >= kSettleNs;
    if (!outage.restored.empty() && (outage.blind.empty() || settled)) Close(outage);
    entry = outage.blind.empty() && outage.restored.empty() ? outages_.erase(entry) : ++entry;
  }
}

void GapLog::Flush() {
  for (auto& [number, outage] : outages_) {
    if (!outage.restored.empty()) Close(outage);
  }
}

void GapLog::Close(Outage& outage) {
  auto symbols = std::make_shared<std::vector<std::string>>(std::exchange(outage.restored, {}));
  std::sort(symbols->begin(), symbols->end());
  std::deque<GapRecord>& closed = closed_[outage.connection];
  closed.push_back({outage.from_ns, std::max(outage.last_restored_ns, outage.from_ns),
                    outage.reason, std::move(symbols)});
  if (closed.size() > kKept) closed.pop_front();
  listener_(outage.connection, closed.back());
}

GapRecord GapLog::Open(const Outage& outage) {
  if (!outage.shown) {
    outage.shown =
        std::make_shared<const std::vector<std::string>>(outage.blind.begin(), outage.blind.end());
  }
  return {outage.from_ns, 0, outage.reason, outage.shown};
}

std::vector<GapRecord> GapLog::Records(ConnectionIndex connection) const {
  std::vector<GapRecord> records;
  if (const auto closed = closed_.find(connection); closed != closed_.end()) {
    records.assign(closed->second.begin(), closed->second.end());
  }
  for (const auto& [number, outage] : outages_) {
    if (outage.connection == connection && !outage.blind.empty()) records.push_back(Open(outage));
  }
  return records;
}

}  // namespace feedmux
