#pragma once

#include <cstdint>   // int64_t
#include <map>       // map
#include <optional>  // optional
#include <string>    // string
#include <vector>    // vector

#include "feedmux/host.hpp"
#include "universe_massive/ticker_query.hpp"

namespace feedmux::universe_massive {

/// An answer of the vendor and when it was given.
struct CachedTickers {
  std::vector<std::string> symbols;
  std::int64_t fetched_ns = 0;  ///< UTC
};

/// The last answer to each query, in memory and, with a folder, in a file each. Other processes may
/// use the same folder. What cannot be read or written is logged and otherwise done without.
class TickerCache {
 public:
  /// `folder` empty: no files. Answers of another `server` are not used.
  TickerCache(std::string folder, std::string server, Log& log);

  std::optional<CachedTickers> Find(const TickerQuery& query) const;
  void Store(const TickerQuery& query, CachedTickers tickers);

 private:
  std::string PathOf(const TickerQuery& query) const;
  std::optional<CachedTickers> ReadFile(const TickerQuery& query) const;

  const std::string folder_;
  const std::string server_;
  Log& log_;
  std::map<std::string, CachedTickers> memory_;  // by TickerQuery::Text
};

}  // namespace feedmux::universe_massive
