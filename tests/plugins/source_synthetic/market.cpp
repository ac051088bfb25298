#include "market.hpp"

#include <fmt/format.h>  // format

namespace feedmux::synthetic::testing {

std::string Describe(const Tick& tick) {
  std::string text =
      fmt::format("{} {} {} q{} {} {} {}", Name(tick.kind), tick.symbol, tick.ts_event_ns,
                  tick.vendor_sequence, tick.price, tick.size, tick.Raw());
  if (tick.kind == Kind::Trade) {
    text += fmt::format(" x{} tape{} {} {} c{}:{}", tick.trade.exchange, tick.trade.tape,
                        tick.trade.ts_participant_ns, tick.trade.ts_trf_ns,
                        tick.trade.condition_count, tick.trade.conditions[0]);
  } else if (tick.kind == Kind::Quote) {
    text += fmt::format(" {}x{} {}x{} {} {}", tick.quote.bid, tick.quote.bid_size, tick.quote.ask,
                        tick.quote.ask_size, tick.quote.bid_exchange, tick.quote.ask_exchange);
  } else if (tick.kind == Kind::Bar) {
    text += fmt::format(" {} {} {} {} {} {}", tick.bar.open, tick.bar.high, tick.bar.low,
                        tick.bar.vwap, tick.bar.day_volume, tick.bar.official_open);
  }
  return text;
}

std::vector<std::string> Describe(const std::vector<Tick>& ticks) {
  std::vector<std::string> texts;
  for (const Tick& tick : ticks) texts.push_back(Describe(tick));
  return texts;
}

}  // namespace feedmux::synthetic::testing
