#include "cli/control/text.hpp"

#include <fmt/format.h>

#include <algorithm>  // max
#include <cmath>      // isfinite, round

namespace feedmux {

std::string Grouped(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string Compact(std::uint64_t number) {
  const auto value = static_cast<double>(number);
  if (number < 100'000) return Grouped(number);
  if (number < 999'950) return fmt::format("{:.1f}K", value / 1e3);
  if (number < 999'950'000) return fmt::format("{:.1f}M", value / 1e6);
  return fmt::format("{:.1f}G", value / 1e9);
}

std::string RateText(double per_second) {
  if (!std::isfinite(per_second) || per_second < 0) return "-";
  if (per_second < 99.95) return fmt::format("{:.1f}", per_second);
  return Compact(static_cast<std::uint64_t>(std::round(per_second)));
}

std::string AgeText(double seconds) {
  seconds = std::max(0.0, seconds);
  if (seconds < 9.95) return fmt::format("{:.1f}s", seconds);
  const auto whole = static_cast<std::uint64_t>(seconds);
  if (whole < 60) return fmt::format("{}s", whole);
  const std::uint64_t minutes = whole / 60;
  if (minutes < 60) return fmt::format("{}m", minutes);
  const std::uint64_t hours = minutes / 60;
  if (hours < 24) return fmt::format("{}h{:02}m", hours, minutes % 60);
  return fmt::format("{}d{}h", hours / 24, hours % 24);
}

std::string TimeText(double utc_seconds) {
  if (utc_seconds <= 0) return "never";
  const auto second = static_cast<std::uint64_t>(utc_seconds) % 86'400;
  return fmt::format("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
}

std::string CountOf(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", Grouped(count), what, count == 1 ? "" : "s");
}

std::string Printable(std::string_view text) {
  std::string printable{text};
  for (char& c : printable) {
    if (c < ' ' || c > '~') c = '.';
  }
  return printable;
}

std::string Cut(std::string text, std::size_t width) {
  if (text.size() <= width) return text;
  text.resize(width);
  if (width > 0) text.back() = '~';
  return text;
}

}  // namespace feedmux
