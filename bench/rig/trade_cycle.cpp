#include "trade_cycle.hpp"

#include <fmt/format.h>

#include <algorithm>    // max
#include <cstdint>      // uint64_t
#include <numeric>      // lcm
#include <random>       // mt19937_64
#include <string_view>  // string_view

namespace feedmux::bench {
namespace {

constexpr std::size_t kTradesInARound = 9000;  // about 1.4 MB
constexpr std::uint64_t kFirstTimeMs = 1705853696123;
constexpr std::size_t kTimeDigits = 13;  // of milliseconds since 1970, until the year 2286
constexpr std::string_view kTimeKey = "\"t\":";
constexpr unsigned kPercentOffExchange = 40;

class TradeMaker {
 public:
  explicit TradeMaker(const std::vector<std::string>& symbols) : symbols_(symbols) {
    for (std::size_t i = 0; i < symbols.size(); ++i) cents_.push_back(1000 + Roll(60000));
  }

  /// In the vendor's words; with the reporting facility's fields for a trade off the exchange.
  std::string Next(std::size_t k) {
    const std::size_t symbol = Roll(symbols_.size());
    cents_[symbol] += Roll(7) - 3;
    const std::uint64_t time_ms = kFirstTimeMs + k / 100;
    const bool off_exchange = Roll(100) < kPercentOffExchange;
    std::string trade = fmt::format(
        R"({{"ev":"T","sym":"{}","x":{},"i":"{}","z":{},"p":{},"s":{},"c":[{}],"t":{},"pt":{},"q":{})",
        symbols_[symbol], off_exchange ? 4 : 1 + Roll(20), 52983525027 + k, 1 + Roll(3),
        Price(cents_[symbol]), TradeCycle::SizeOfTrade(k), off_exchange ? "12,37" : "14,41",
        time_ms, time_ms - Roll(3), 3681328 + 3 * k);
    if (off_exchange) trade += fmt::format(R"(,"trfi":202,"trft":{})", time_ms - 1);
    return trade + '}';
  }

 private:
  std::uint64_t Roll(std::uint64_t sides) { return random_() % sides; }

  static std::string Price(std::uint64_t cents) {
    std::string price = fmt::format("{}.{:02}", cents / 100, cents % 100);
    while (price.back() == '0') price.pop_back();
    if (price.back() == '.') price.pop_back();
    return price;
  }

  const std::vector<std::string>& symbols_;
  std::mt19937_64 random_{2024};
  std::vector<std::uint64_t> cents_;
};

}  // namespace

TradeCycle::TradeCycle(const std::vector<std::string>& symbols, std::size_t per_frame)
    : per_frame_(per_frame) {
  const std::size_t step = std::lcm(kSizes, per_frame);
  const std::size_t trades = step * std::max<std::size_t>(1, kTradesInARound / step);
  TradeMaker maker{symbols};
  for (std::size_t k = 0; k < trades;) {
    std::string payload = "[";
    for (std::size_t i = 0; i < per_frame; ++i, ++k) {
      if (i != 0) payload += ',';
      payload += maker.Next(k);
    }
    AppendFrame(payload + ']');
  }
}

void TradeCycle::AppendFrame(const std::string& payload) {
  const auto byte = [this](std::size_t value) { bytes_ += static_cast<char>(value & 0xff); };
  byte(0x81);  // text, whole message
  if (payload.size() < 126) {
    byte(payload.size());
  } else if (payload.size() <= 0xffff) {
    byte(126);
    for (int shift = 8; shift >= 0; shift -= 8) byte(payload.size() >> shift);
  } else {
    byte(127);
    for (int shift = 56; shift >= 0; shift -= 8) byte(payload.size() >> shift);
  }
  std::size_t at = bytes_.size();
  bytes_ += payload;
  ends_.push_back(bytes_.size());
  for (std::size_t i = 0; i < per_frame_; ++i) {
    at = bytes_.find(kTimeKey, at) + kTimeKey.size();
    times_.push_back(at);
  }
}

void TradeCycle::Stamp(std::size_t i, std::int64_t utc_ms) {
  const std::string digits = fmt::format("{:0{}}", utc_ms, kTimeDigits);
  for (std::size_t trade = i * per_frame_; trade < (i + 1) * per_frame_; ++trade) {
    bytes_.replace(times_[trade], kTimeDigits, digits);
  }
}

}  // namespace feedmux::bench
