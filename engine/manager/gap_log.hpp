#pragma once

#include <cstdint>      // int64_t
#include <deque>        // deque
#include <functional>   // function
#include <map>          // map
#include <set>          // set
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "feedmux/health.hpp"
#include "feedmux/tick.hpp"

namespace feedmux {

/// Which tickers were blind, from when to when, and why.
///
/// Invariant: a ticker is blind in one outage at most, the first that took it.
///
/// Thread: the manager's.
class GapLog {
 public:
  /// Kept for each connection, open ones beside.
  static constexpr std::size_t kKept = 50;
  /// Tickers of an outage that come back within this have one record.
  static constexpr std::int64_t kSettleNs = 1'000'000'000;

  /// Is called with every record, when it opens and when it is closed.
  using Listener = std::function<void(ConnectionIndex, const GapRecord&)>;

  explicit GapLog(Listener listener) : listener_(std::move(listener)) {}

  /// The connection was lost with these tickers; `from_ns` is its last sign of life.
  void Lose(ConnectionIndex connection, const std::vector<std::string>& tickers,
            std::int64_t from_ns, std::string_view reason);

  /// The ticker's ticks arrive again, or nobody wants them any more.
  void Restore(const std::string& ticker, std::int64_t now_ns);

  /// Closes what has settled.
  void Step(std::int64_t now_ns);

  /// Closes everything that was restored; the engine stops.
  void Flush();

  /// Closed ones, then open ones, oldest first.
  std::vector<GapRecord> Records(ConnectionIndex connection) const;

 private:
  struct Outage {
    ConnectionIndex connection = 0;
    std::int64_t from_ns = 0;
    std::string reason;
    std::set<std::string> blind;
    std::vector<std::string> restored;  ///< since the last record was closed
    std::int64_t first_restored_ns = 0;
    std::int64_t last_restored_ns = 0;
    mutable std::shared_ptr<const std::vector<std::string>> shown;  ///< blind, for readers
  };

  void Close(Outage& outage);
  static GapRecord Open(const Outage& outage);

  const Listener listener_;
  std::map<std::uint64_t, Outage> outages_;         // by number, in the order they began
  std::map<std::string, std::uint64_t> outage_of_;  // of every blind ticker
  std::uint64_t last_number_ = 0;
  std::map<ConnectionIndex, std::deque<GapRecord>> closed_;
};

}  // namespace feedmux
