#pragma once

#include <cstdint>      // uint64_t
#include <map>          // map
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::massive {

/// The subscriptions that the server has yet to confirm. Thread: one.
class PendingAcks {
 public:
  /// Topics of one request ("T.AAPL"). The answer names the request for TakeMissing.
  std::uint64_t Expect(const std::vector<std::string>& channels,
                       const std::vector<std::string>& tickers);

  /// True if it was expected.
  bool Confirm(std::string_view topic);

  /// True if a confirmation of the ticker is still due on one of the channels.
  bool IsDue(const std::vector<std::string>& channels, std::string_view ticker) const;

  /// Not subscribed any more: no confirmation is due.
  void Forget(const std::vector<std::string>& channels, const std::vector<std::string>& tickers);

  /// What was asked for by this request and is not confirmed, sorted. They are expected no longer.
  std::vector<std::string> TakeMissing(std::uint64_t request);

 private:
  std::map<std::string, std::uint64_t, std::less<>> requests_;  // by topic
  std::uint64_t last_request_ = 0;
};

}  // namespace feedmux::massive
