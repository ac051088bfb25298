#include "text.hpp"

#include <fmt/format.h>  // format

#include <cmath>  // abs, isnan, round

namespace feedmux::console {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kDay = 86'400;

}  // namespace

std::string Grouped(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string PriceText(double price) {
  if (std::isnan(price)) return "-";
  const double cents = price * 100;
  const bool has_more_decimals = std::abs(cents - std::round(cents)) > 1e-6;
  return has_more_decimals ? fmt::format("{}", price) : fmt::format("{:.2f}", price);
}

std::string SizeText(double size) {
  if (std::isnan(size)) return "-";
  constexpr double kLargestExact = 1e15;
  if (size < 0 || size > kLargestExact || size != std::round(size)) return fmt::format("{}", size);
  return Grouped(static_cast<std::uint64_t>(size));
}

std::string TimeText(std::int64_t utc_ns) {
  const std::int64_t second = utc_ns / kSecondNs % kDay;
  return fmt::format("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
}

std::string TimeTextMicros(std::int64_t utc_ns) {
  return fmt::format("{}.{:06}", TimeText(utc_ns), utc_ns % kSecondNs / 1000);
}

std::string Printable(std::string_view text) {
  std::string printable{text};
  for (char& c : printable) {
    if (c < ' ' || c > '~') c = '.';
  }
  return printable;
}

}  // namespace feedmux::console
