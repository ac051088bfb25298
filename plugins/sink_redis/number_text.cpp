#include "sink_redis/number_text.hpp"

#include <charconv>  // to_chars
#include <cmath>     // abs

namespace feedmux::redis {
namespace {

/// `value` in exactly `kDigits` digits, then without its trailing zeros.
template <int kDigits>
char* WriteFraction(char* out, std::uint32_t value) {
  for (int i = kDigits - 1; i >= 0; --i) {
    out[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  char* end = out + kDigits;
  while (end[-1] == '0') --end;
  return end;
}

}  // namespace

char* WriteInteger(char* out, std::int64_t value) {
  return std::to_chars(out, out + kMaxNumberText, value).ptr;
}

char* WriteInteger(char* out, std::uint64_t value) {
  return std::to_chars(out, out + kMaxNumberText, value).ptr;
}

char* WriteNumber(char* out, double value) {
  const double magnitude = std::abs(value);
  // Nearly every price and size has at most four decimals. A decimal of up to 15 digits that equals
  // the value is its only decimal of that length, hence the shortest.
  constexpr double kScale = 1e4;
  if (magnitude < 1e15 / kScale) {
    const auto scaled = static_cast<std::uint64_t>(magnitude * kScale + 0.5);
    if (static_cast<double>(scaled) / kScale == magnitude) {
      if (value < 0) *out++ = '-';
      out = WriteInteger(out, scaled / 10000);
      const auto fraction = static_cast<std::uint32_t>(scaled % 10000);
      if (fraction == 0) return out;
      *out++ = '.';
      return WriteFraction<4>(out, fraction);
    }
  }
  if (magnitude >= 1e-7 && magnitude < 1e21) {
    return std::to_chars(out, out + kMaxNumberText, value, std::chars_format::fixed).ptr;
  }
  return std::to_chars(out, out + kMaxNumberText, value).ptr;
}

char* WriteSeconds(char* out, std::int64_t ns) {
  constexpr std::uint64_t kSecond = 1'000'000'000;
  auto magnitude = static_cast<std::uint64_t>(ns);
  if (ns < 0) {
    *out++ = '-';
    magnitude = 0 - magnitude;
  }
  out = WriteInteger(out, magnitude / kSecond);
  const auto fraction = static_cast<std::uint32_t>(magnitude % kSecond);
  if (fraction == 0) return out;
  *out++ = '.';
  if (fraction % 1'000'000 == 0) return WriteFraction<3>(out, fraction / 1'000'000);
  return WriteFraction<9>(out, fraction);
}

}  // namespace feedmux::redis
