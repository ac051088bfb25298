#include "source_massive/subscriptions.hpp"

#include <algorithm>  // any_of
#include <utility>    // exchange

namespace feedmux::massive {
namespace {

const std::string kWildcard = "*";

bool CanBeTicker(const std::string& text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](unsigned char c) {
    return c <= ' ' || c == ',' || c == 0x7f;
  });
}

}  // namespace

bool Subscriptions::Add(const std::vector<std::string>& tickers) { return Want(tickers, true); }

bool Subscriptions::Remove(const std::vector<std::string>& tickers) { return Want(tickers, false); }

bool Subscriptions::Want(const std::vector<std::string>& tickers, bool wanted) {
  const std::lock_guard lock{mutex_};
  const bool had_changes = !changed_.empty() || !impossible_.empty();
  for (const std::string& ticker : tickers) {
    if (!CanBeTicker(ticker)) {
      if (wanted) impossible_.push_back(ticker);
      continue;
    }
    State& state = tickers_[ticker];
    if (state.wanted == wanted) continue;
    state.wanted = wanted;
    wanted ? ++wanted_ : --wanted_;
    if (!std::exchange(state.changed, true)) changed_.push_back(ticker);
  }
  return !had_changes && (!changed_.empty() || !impossible_.empty());
}

SubscriptionChanges Subscriptions::TakeChanges() {
  const std::lock_guard lock{mutex_};
  SubscriptionChanges changes;
  changes.impossible.swap(impossible_);
  bool wildcard_went = false;
  for (std::string& ticker : std::exchange(changed_, {})) {
    const auto entry = tickers_.find(ticker);
    State& state = entry->second;
    state.changed = false;
    if (state.wanted != state.asked) {
      state.asked = state.wanted;
      wildcard_went |= !state.wanted && ticker == kWildcard;
      (state.wanted ? changes.subscribe : changes.unsubscribe).push_back(std::move(ticker));
    }
    if (!state.wanted) tickers_.erase(entry);
  }
  if (wildcard_went) {
    for (const auto& [ticker, state] : tickers_) {
      if (state.asked) changes.restore.push_back(ticker);
    }
  }
  return changes;
}

std::size_t Subscriptions::size() const {
  const std::lock_guard lock{mutex_};
  return wanted_;
}

}  // namespace feedmux::massive
