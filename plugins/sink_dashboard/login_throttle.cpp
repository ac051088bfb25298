#include "sink_dashboard/login_throttle.hpp"

#include <algorithm>  // max, min, nth_element
#include <utility>    // pair
#include <vector>     // vector

#include "sink_dashboard/client_address.hpp"

namespace feedmux::dashboard {
namespace {

constexpr int kMostDoublings = 20;

std::string UserKey(std::string_view user) { return "user " + std::string{user.substr(0, 64)}; }
std::string AddressKey(std::string_view address) {
  return "address " + NetworkOf(std::string{address});
}

}  // namespace

std::chrono::nanoseconds LoginThrottle::Begin(std::string_view user, std::string_view address,
                                              std::int64_t monotonic_ns) {
  std::int64_t wait_ns = 0;
  for (const std::string& key : {UserKey(user), AddressKey(address)}) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) continue;
    wait_ns = std::max(wait_ns, found->second.not_before_ns - monotonic_ns);
  }
  if (wait_ns > 0) return std::chrono::nanoseconds{wait_ns};
  MakeRoom(monotonic_ns);
  Count(UserKey(user), kMostForUser, monotonic_ns);
  Count(AddressKey(address), kMostForAddress, monotonic_ns);
  return std::chrono::nanoseconds{0};
}

void LoginThrottle::Succeeded(std::string_view user, std::string_view address) {
  entries_.erase(UserKey(user));
  Uncount(AddressKey(address));
}

void LoginThrottle::TakeBack(std::string_view user, std::string_view address) {
  Uncount(UserKey(user));
  Uncount(AddressKey(address));
}

void LoginThrottle::Uncount(const std::string& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  Entry& entry = found->second;
  entry.not_before_ns = 0;  // it was over when the attempt began
  if (--entry.failures <= 0) entries_.erase(found);
}

void LoginThrottle::Count(const std::string& key, std::chrono::seconds most,
                          std::int64_t monotonic_ns) {
  Entry& entry = entries_[key];
  const auto forgotten = std::chrono::nanoseconds{kForgottenAfter}.count();
  if (entry.last_ns != 0 && monotonic_ns - entry.last_ns > forgotten) entry = {};
  ++entry.failures;
  entry.last_ns = monotonic_ns;
  const int beyond = entry.failures - kFreeAttempts;
  if (beyond < 0) return;
  const std::chrono::seconds wait{std::int64_t{1} << std::min(beyond, kMostDoublings)};
  entry.not_before_ns = monotonic_ns + std::chrono::nanoseconds{std::min(wait, most)}.count();
}

void LoginThrottle::MakeRoom(std::int64_t monotonic_ns) {
  if (entries_.size() + 2 <= kMostEntries) return;
  const auto forgotten = std::chrono::nanoseconds{kForgottenAfter}.count();
  std::erase_if(entries_,
                [&](const auto& entry) { return monotonic_ns - entry.second.last_ns > forgotten; });
  if (entries_.size() + 2 <= kMostEntries) return;
  // A tenth of them, those with the fewest failures first: who floods the table gets no clean
  // slate.
  using Rank = std::pair<int, std::int64_t>;  // failures, last
  std::vector<Rank> ranks;
  for (const auto& [key, entry] : entries_) ranks.emplace_back(entry.failures, entry.last_ns);
  const auto limit = ranks.begin() + kMostEntries / 10;
  std::nth_element(ranks.begin(), limit, ranks.end());
  std::size_t surplus = kMostEntries / 10;
  std::erase_if(entries_, [&](const auto& entry) {
    if (surplus == 0 || Rank{entry.second.failures, entry.second.last_ns} > *limit) return false;
    --surplus;
    return true;
  });
}

}  // namespace feedmux::dashboard
