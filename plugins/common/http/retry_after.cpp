#include "http/retry_after.hpp"

#include <time.h>  // strptime, timegm

#include <algorithm>     // clamp
#include <charconv>      // from_chars
#include <system_error>  // errc

namespace feedmux::http {

std::optional<std::chrono::seconds> ParseRetryAfter(const std::string& text,
                                                    std::chrono::system_clock::time_point now) {
  // A bound that keeps sums of times from overflowing.
  constexpr std::chrono::seconds kLongest = std::chrono::hours{24 * 365};
  const char* const end = text.data() + text.size();
  unsigned long seconds = 0;
  const auto number = std::from_chars(text.data(), end, seconds);
  if (number.ptr == end && !text.empty()) {
    if (number.ec == std::errc::result_out_of_range || seconds > kLongest.count()) return kLongest;
    return std::chrono::seconds{seconds};
  }
  tm date{};
  const char* const rest = strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date);
  if (rest == nullptr || *rest != 0) return std::nullopt;
  const auto until = std::chrono::system_clock::from_time_t(timegm(&date));
  const auto wait = std::chrono::duration_cast<std::chrono::seconds>(until - now);
  return std::clamp(wait, std::chrono::seconds{0}, kLongest);
}

}  // namespace feedmux::http
