#include "tick_line.hpp"

#include <fmt/format.h>  // format_to

#include <cmath>     // abs, isnan
#include <iterator>  // back_inserter

#include "text.hpp"

namespace feedmux::console {
namespace {

std::string SignedSizeText(double size) { return (size < 0 ? "-" : "") + SizeText(std::abs(size)); }

void AppendDetails(std::string& out, const Tick& tick) {
  const auto to = std::back_inserter(out);
  switch (tick.kind) {
    case Kind::Trade:
      fmt::format_to(to, "{:>11} x {}", PriceText(tick.price), SizeText(tick.size));
      break;
    case Kind::Quote:
      fmt::format_to(to, "{:>11} x {:<9} {:>11} x {}", PriceText(tick.quote.bid),
                     SizeText(tick.quote.bid_size), PriceText(tick.quote.ask),
                     SizeText(tick.quote.ask_size));
      break;
    case Kind::Bar:
      fmt::format_to(to, "{:>11} x {:<9} open {}  high {}  low {}  {} s", PriceText(tick.price),
                     SizeText(tick.size), PriceText(tick.bar.open), PriceText(tick.bar.high),
                     PriceText(tick.bar.low), tick.window_ms / 1000.0);
      break;
    case Kind::Luld:
      fmt::format_to(to, "{:>11} to {}", PriceText(tick.luld.low), PriceText(tick.luld.high));
      break;
    case Kind::Imbalance:
      fmt::format_to(to, "{:>11} x {:<9} paired {}", PriceText(tick.imbalance.clearing_price),
                     SignedSizeText(tick.imbalance.imbalance), SizeText(tick.imbalance.paired));
      break;
    case Kind::Value:
      fmt::format_to(to, "{:>11}", PriceText(tick.price));
      break;
    case Kind::Other:
    case Kind::Gap:
      out += Printable(tick.Raw());
      break;
  }
}

}  // namespace

void AppendTickLine(std::string& out, const Tick& tick, std::string_view symbol,
                    std::string_view connection) {
  const std::int64_t time_ns = tick.ts_event_ns == kNoTime ? tick.ts_recv_ns : tick.ts_event_ns;
  fmt::format_to(std::back_inserter(out), "{}  {:<9}  {:<8}  {:<12}  ", TimeTextMicros(time_ns),
                 Name(tick.kind), Printable(symbol), Printable(connection));
  AppendDetails(out, tick);
  out += '\n';
}

}  // namespace feedmux::console
