#pragma once

#include <cstdint>      // fixed-width integers
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::console {

/// 1,234,567
std::string Grouped(std::uint64_t number);

/// A price with two decimals, or as many as it has; "-" if it is absent.
std::string PriceText(double price);

/// A size or volume, its whole part grouped; "-" if it is absent.
std::string SizeText(double size);

/// UTC time of day: 14:30:05, with microseconds 14:30:05.123456.
std::string TimeText(std::int64_t utc_ns);
std::string TimeTextMicros(std::int64_t utc_ns);

/// `text` with a dot for each byte that is not printable ASCII: what a vendor sends shall not
/// control the terminal.
std::string Printable(std::string_view text);

}  // namespace feedmux::console
