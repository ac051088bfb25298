// What must be so in a World.
#include <fmt/format.h>

#include <algorithm>

#include "manager/simulation/world.hpp"

namespace feedmux::simulation {
namespace {

constexpr Step kMaxDelay = 4;

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

/// Every event once and in order, but for what a gap owns up to. Of tickers that are wanted all the
/// time: one that is dropped and wanted again on another connection comes over both until a slow
/// vendor has heard of it.
void World::CheckTape() {
  for (const std::string& ticker : stable_) {
    const std::vector<std::uint64_t>& got = delivered_[ticker];
    for (std::size_t i = 1; i < got.size(); ++i) {
      if (got[i] <= got[i - 1]) {
        Complain(fmt::format("{}: {} came after {}", ticker, got[i], got[i - 1]));
      }
    }
  }
  for (const Event& event : vendor_.tape()) {
    if (event.ticker.front() != 'S' || event.emitted <= first_delivered_[event.ticker] ||
        event.emitted > now_ - kMaxDelay) {
      continue;
    }
    const std::vector<std::uint64_t>& got = delivered_[event.ticker];
    if (std::binary_search(got.begin(), got.end(), event.sequence)) continue;
    const std::int64_t at = clock_.UtcNs() - (now_ - event.emitted) * kStepNs;
    const bool covered = std::any_of(gaps_.begin(), gaps_.end(), [&](const GapRecord& gap) {
      return std::binary_search(gap.symbols->begin(), gap.symbols->end(), event.ticker) &&
             at + kMaxDelay * kStepNs >= gap.from_ns && at <= gap.to_ns;
    });
    if (!covered) {
      Complain(fmt::format("{} {} of {:.2f} s is missing, and no gap tells of it", event.ticker,
                           event.sequence, static_cast<double>(event.emitted) / 4));
    }
  }
}

}  // namespace feedmux::simulation
