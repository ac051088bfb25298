#pragma once

#include <cstddef>  // size_t
#include <cstdint>  // int64_t
#include <string>   // string
#include <vector>   // vector

namespace feedmux::bench {

/// WebSocket frames of stock trades, ready to be sent one after the other, again and again.
///
/// The k-th trade of the stream, over all rounds, has the size SizeOfTrade(k): who receives the
/// stream can tell that nothing is missing, doubled or out of order.
class TradeCycle {
 public:
  static constexpr std::size_t kSizes = 900;

  static std::size_t SizeOfTrade(std::size_t k) { return 100 + k % kSizes; }

  TradeCycle(const std::vector<std::string>& symbols, std::size_t per_frame);

  std::size_t frames() const { return ends_.size() - 1; }
  const std::string& bytes() const { return bytes_; }

  /// Makes `utc_ms` the vendor's time of all trades of frame `i` of a round.
  void Stamp(std::size_t i, std::int64_t utc_ms);

  /// Where frame `i` of a round begins in bytes(); frames() is where the round ends.
  std::size_t BeginOf(std::size_t i) const { return ends_[i]; }

 private:
  void AppendFrame(const std::string& payload);

  const std::size_t per_frame_;
  std::string bytes_;
  std::vector<std::size_t> times_;  // where each trade of a round has its time
  std::vector<std::size_t> ends_{0};
};

}  // namespace feedmux::bench
