#include "cli/control/tick_text.hpp"

#include <fmt/format.h>

#include <cmath>  // abs, round
#include <nlohmann/json.hpp>

#include "cli/control/text.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;

std::string Price(const Json& tick, const char* name) {
  const auto found = tick.find(name);
  if (found == tick.end() || !found->is_number()) return "-";
  const auto price = found->get<double>();
  const double cents = price * 100;
  const bool has_more_decimals = std::abs(cents - std::round(cents)) > 1e-6;
  return has_more_decimals ? fmt::format("{}", price) : fmt::format("{:.2f}", price);
}

std::string Size(const Json& tick, const char* name) {
  const auto found = tick.find(name);
  if (found == tick.end() || !found->is_number()) return "-";
  const auto size = found->get<double>();
  const double whole = std::abs(size);
  constexpr double kLargestExact = 1e15;
  if (whole > kLargestExact || whole != std::round(whole)) return fmt::format("{}", size);
  return (size < 0 ? "-" : "") + Grouped(static_cast<std::uint64_t>(whole));
}

std::string Details(const Json& tick, std::string_view kind) {
  if (kind == "trade") return fmt::format("{:>11} x {}", Price(tick, "price"), Size(tick, "size"));
  if (kind == "quote") {
    return fmt::format("{:>11} x {:<9} {:>11} x {}", Price(tick, "bid"), Size(tick, "bid_size"),
                       Price(tick, "ask"), Size(tick, "ask_size"));
  }
  if (kind == "bar") {
    return fmt::format("{:>11} x {:<9} open {}  high {}  low {}  {} s", Price(tick, "price"),
                       Size(tick, "size"), Price(tick, "open"), Price(tick, "high"),
                       Price(tick, "low"), tick.value("window_ms", 0) / 1000.0);
  }
  if (kind == "luld") return fmt::format("{:>11} to {}", Price(tick, "low"), Price(tick, "high"));
  if (kind == "imbalance") {
    return fmt::format("{:>11} x {:<9} paired {}", Price(tick, "clearing_price"),
                       Size(tick, "imbalance"), Size(tick, "paired"));
  }
  if (kind == "value") return fmt::format("{:>11}", Price(tick, "price"));
  return Printable(tick.value("raw", ""));
}

std::string Time(const Json& tick) {
  const auto arrival_ns = tick.value("ts_recv_ns", std::uint64_t{0});
  const auto ns = tick.value("ts_event_ns", arrival_ns);
  constexpr std::uint64_t kSecondNs = 1'000'000'000;
  return fmt::format("{}.{:06}", TimeText(static_cast<double>(ns / kSecondNs)),
                     ns % kSecondNs / 1000);
}

}  // namespace

std::string TickText(const Json& tick) {
  const std::string kind = tick.value("kind", "");
  return fmt::format("{}  {:<9}  {:<8}  {:<12}  {}\n", Time(tick), Printable(kind),
                     Printable(tick.value("symbol", "")), Printable(tick.value("connection", "")),
                     Details(tick, kind));
}

}  // namespace feedmux
