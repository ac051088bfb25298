#pragma once

#include <cstdint>      // uint64_t
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux {

/// 1,234,567
std::string Grouped(std::uint64_t number);

/// At most seven characters: 99,999, then 123.5K, 12.3M, 1.2G.
std::string Compact(std::uint64_t number);

/// A rate: 0.5, 12.3, 1,204.
std::string RateText(double per_second);

/// At most six characters: 0.3s, 12s, 59m, 2h13m, 3d4h.
std::string AgeText(double seconds);

/// UTC time of day of a time in seconds: 14:30:05; "never" for 0.
std::string TimeText(double utc_seconds);

/// "1 ticker", "5 tickers".
std::string CountOf(std::uint64_t count, std::string_view what);

/// With a dot for each byte that is not printable ASCII: what a vendor sends shall not control the
/// terminal.
std::string Printable(std::string_view text);

/// At most `width` characters, the last one a '~' if some are missing.
std::string Cut(std::string text, std::size_t width);

}  // namespace feedmux
