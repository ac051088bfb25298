// What must be so in a World.
#include <fmt/format.h>

#include <algorithm>

#include "manager/simulation/world.hpp"

namespace feedmux::simulation {
namespace {

constexpr Step kMaxDelay = 7;  // of a server and a pipe

}  // namespace

void World::CheckAlways() {
  for (const auto& [c, observed] : observed_) {
    const ConnectionHealth health = Describe(c);
    if (health.status > ConnectionStatus::Error) Complain(Id(c) + " has a status of its own");
    if (health.status == ConnectionStatus::Connected && !observed.runs) {
      Complain(Id(c) + " says connected without a session");
    }
  }
  if (bus_.Read().Imbalance() != 0) Complain("the ledger does not balance");
  for (const std::string& ticker : wanted_) {
    if (!manager_->TickerAssignment(ticker)) Complain(ticker + " is forgotten");
  }
  if (manager_->NextDueNs() > clock_.MonotonicNs() + 2'000'000'000) {
    Complain("the manager wants to sleep for more than two seconds");
  }
}

void World::CheckAtRest() {
  CheckSubscriptions();
  CheckLedger();
  CheckTape();
  for (const auto& [c, observed] : observed_) {
    const ConnectionHealth health = Describe(c);
    if (health.status != ConnectionStatus::Connected) {
      Complain(fmt::format("{} is {}: {}", Id(c), Name(health.status), health.last_error));
    }
    if (health.borrowed_tickers != 0) Complain(Id(c) + " still has tickers of others");
    for (const GapRecord& gap : health.gaps) {
      if (gap.to_ns == 0) Complain(Id(c) + " has a gap that does not end");
    }
  }
}

void World::CheckSubscriptions() {
  std::vector<std::string> all{stable_};
  all.insert(all.end(), volatile_.begin(), volatile_.end());
  for (const std::string& ticker : all) {
    std::vector<std::string> at;
    for (const auto& [c, observed] : observed_) {
      if (vendor_.IsSubscribed(c, ticker)) at.push_back(Id(c));
    }
    const auto said = manager_->TickerAssignment(ticker);
    if (wanted_.count(ticker) == 0) {
      if (said || !at.empty()) Complain(ticker + " is subscribed though nobody wants it");
    } else if (at.size() != 1 || said != at.front()) {
      Complain(fmt::format("{} is subscribed on {} connections, said to be on {}", ticker,
                           at.size(), said.value_or("none")));
    }
  }
}

void World::CheckLedger() {
  const Ledger ledger = bus_.Read();
  if (ledger.Imbalance() != 0) Complain("the ledger does not balance at rest");
  for (const ConnectionAccount& account : ledger.connections) {
    if (account.withheld != 0) Complain("ticks are still held back");
  }
}

/// Every event once and in order, but for what a gap owns up to: around it events may be missing,
/// or come again where the new session's server is behind. Of tickers that are wanted all the time:
/// one that is dropped and wanted again on another connection comes over both until a slow vendor
/// has heard of it.
void World::CheckTape() {
  std::map<std::string, std::vector<Step>> emitted;  // by sequence - 1
  for (const Event& event : vendor_.tape()) emitted[event.ticker].push_back(event.emitted);
  for (const std::string& ticker : stable_) {
    CheckOrder(ticker, emitted[ticker]);
    CheckWhole(ticker, emitted[ticker]);
  }
}

void World::CheckOrder(const std::string& ticker, const std::vector<Step>& emitted) {
  std::uint64_t last = 0;
  for (const std::uint64_t sequence : delivered_[ticker]) {
    if (sequence > last) {
      last = sequence;
    } else if (!IsInGap(ticker, emitted[sequence - 1])) {
      Complain(fmt::format("{}: {} came after {}", ticker, sequence, last));
    }
  }
}

void World::CheckWhole(const std::string& ticker, const std::vector<Step>& emitted) {
  const std::set<std::uint64_t> got{delivered_[ticker].begin(), delivered_[ticker].end()};
  for (std::size_t i = 0; i < emitted.size(); ++i) {
    if (emitted[i] <= first_delivered_[ticker] || emitted[i] > now_ - kMaxDelay) continue;
    if (got.count(i + 1) != 0 || IsInGap(ticker, emitted[i])) continue;
    Complain(fmt::format("{} {} of {:.2f} s is missing, and no gap tells of it", ticker, i + 1,
                         static_cast<double>(emitted[i]) / 4));
  }
}

bool World::IsInGap(const std::string& ticker, Step emitted) const {
  const std::int64_t at = clock_.UtcNs() - (now_ - emitted) * kStepNs;
  return std::any_of(gaps_.begin(), gaps_.end(), [&](const GapRecord& gap) {
    return std::binary_search(gap.symbols->begin(), gap.symbols->end(), ticker) &&
           at + kMaxDelay * kStepNs >= gap.from_ns && at <= gap.to_ns;
  });
}

}  // namespace feedmux::simulation
