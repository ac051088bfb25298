#pragma once

#include <cstdint>      // uint64_t
#include <string_view>  // string_view

#include "feedmux/testing/fake_host.hpp"
#include "feedmux/tick.hpp"

namespace feedmux::testing {

inline constexpr std::int64_t kEventNs = 1'705'853'696'123'000'000;

/// A tick of `kind` of connection 1, which happened at kEventNs.
inline Tick MakeTick(FakeHost& host, Kind kind, std::string_view symbol = "AAPL") {
  Tick tick;
  tick.kind = kind;
  tick.symbol = host.symbols().Intern(symbol);
  tick.connection = 1;
  tick.ts_event_ns = kEventNs;
  tick.ts_recv_ns = kEventNs + 1'000'000;
  return tick;
}

inline Tick MakeTrade(FakeHost& host, double price, double size, std::string_view symbol = "AAPL") {
  Tick tick = MakeTick(host, Kind::Trade, symbol);
  tick.trade = {};
  tick.price = price;
  tick.size = size;
  return tick;
}

inline Tick MakeQuote(FakeHost& host, double bid, double ask) {
  Tick tick = MakeTick(host, Kind::Quote);
  tick.quote = {};
  tick.quote.bid = bid;
  tick.quote.ask = ask;
  tick.quote.bid_size = 3;
  tick.quote.ask_size = 4;
  return tick;
}

}  // namespace feedmux::testing
