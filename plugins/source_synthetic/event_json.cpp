#include "event_json.hpp"

#include <fmt/compile.h>  // FMT_COMPILE
#include <fmt/format.h>   // format_to

#include <cmath>              // llround
#include <iterator>           // back_inserter
#include <nlohmann/json.hpp>  // json

namespace feedmux::synthetic {
namespace {

std::int64_t Ms(std::int64_t ns) { return ns / 1'000'000; }

std::int64_t Whole(double number) { return std::llround(number); }

}  // namespace

void AppendTrade(std::string& frame, Tick& tick, std::string_view symbol, std::uint64_t id) {
  const auto out = std::back_inserter(frame);
  const std::size_t begin = frame.size();
  const TradeFields& trade = tick.trade;
  fmt::format_to(out, FMT_COMPILE(R"({{"ev":"T","sym":{},"x":{},"i":")"), symbol, trade.exchange);
  const std::size_t id_begin = frame.size();
  fmt::format_to(out, FMT_COMPILE("{}"), id);
  tick.trade.id_offset = static_cast<std::uint32_t>(id_begin - begin);
  tick.trade.id_size = static_cast<std::uint16_t>(frame.size() - id_begin);
  fmt::format_to(out, FMT_COMPILE(R"(","z":{},"p":{},"s":{})"), int{trade.tape}, tick.price,
                 Whole(tick.size));
  if (trade.condition_count > 0) {
    fmt::format_to(out, FMT_COMPILE(R"(,"c":[{}])"), trade.conditions[0]);
  }
  fmt::format_to(out, FMT_COMPILE(R"(,"t":{},"pt":{},"q":{})"), Ms(tick.ts_event_ns),
                 Ms(trade.ts_participant_ns), tick.vendor_sequence);
  if (trade.trf_id != kNoCode) {
    fmt::format_to(out, FMT_COMPILE(R"(,"trfi":{},"trft":{})"), trade.trf_id, Ms(trade.ts_trf_ns));
  }
  frame += '}';
}

void AppendQuote(std::string& frame, const Tick& tick, std::string_view symbol) {
  const QuoteFields& quote = tick.quote;
  fmt::format_to(
      std::back_inserter(frame),
      FMT_COMPILE(
          R"({{"ev":"Q","sym":{},"bx":{},"bp":{},"bs":{},"ax":{},"ap":{},"as":{},"c":{},"t":{},"q":{},"z":{}}})"),
      symbol, quote.bid_exchange, quote.bid, Whole(quote.bid_size), quote.ask_exchange, quote.ask,
      Whole(quote.ask_size), quote.condition, Ms(tick.ts_event_ns), tick.vendor_sequence,
      int{quote.tape});
}

void AppendBar(std::string& frame, const Tick& tick, std::string_view symbol,
               std::uint64_t trades) {
  const BarFields& bar = tick.bar;
  const std::int64_t end_ms = Ms(tick.ts_event_ns);
  fmt::format_to(
      std::back_inserter(frame),
      FMT_COMPILE(
          R"({{"ev":"{}","sym":{},"v":{},"av":{},"op":{},"vw":{},"o":{},"c":{},"h":{},"l":{},"a":{},"z":{},"s":{},"e":{}}})"),
      tick.window_ms == 1000 ? "A" : "AM", symbol, Whole(tick.size), Whole(bar.day_volume),
      bar.official_open, bar.vwap, bar.open, tick.price, bar.high, bar.low, bar.day_vwap,
      Whole(tick.size) / static_cast<std::int64_t>(trades), end_ms - tick.window_ms, end_ms);
}

std::string JsonString(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace feedmux::synthetic
