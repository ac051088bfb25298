#include "source_massive/acks.hpp"

#include <algorithm>  // any_of

namespace feedmux::massive {

std::uint64_t PendingAcks::Expect(const std::vector<std::string>& channels,
                                  const std::vector<std::string>& tickers) {
  ++last_request_;
  for (const std::string& ticker : tickers) {
    for (const std::string& channel : channels) {
      requests_.insert_or_assign(channel + '.' + ticker, last_request_);
    }
  }
  return last_request_;
}

bool PendingAcks::Confirm(std::string_view topic) {
  const auto found = requests_.find(topic);
  if (found == requests_.end()) return false;
  requests_.erase(found);
  return true;
}

bool PendingAcks::IsDue(const std::vector<std::string>& channels, std::string_view ticker) const {
  return std::any_of(channels.begin(), channels.end(), [&](const std::string& channel) {
    return requests_.find(channel + '.' + std::string{ticker}) != requests_.end();
  });
}

void PendingAcks::Forget(const std::vector<std::string>& channels,
                         const std::vector<std::string>& tickers) {
  for (const std::string& ticker : tickers) {
    for (const std::string& channel : channels) requests_.erase(channel + '.' + ticker);
  }
}

std::vector<std::string> PendingAcks::TakeMissing(std::uint64_t request) {
  std::vector<std::string> missing;
  for (auto entry = requests_.begin(); entry != requests_.end();) {
    if (entry->second == request) {
      missing.push_back(entry->first);
      entry = requests_.erase(entry);
    } else {
      ++entry;
    }
  }
  return missing;
}

}  // namespace feedmux::massive
