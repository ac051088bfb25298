#include "sink_redis/message_writer.hpp"

#include <cmath>    // isfinite, isnan
#include <cstring>  // memcpy
#include <string>   // string

#include "sink_redis/connection_name.hpp"
#include "sink_redis/json_text.hpp"
#include "sink_redis/number_text.hpp"

namespace feedmux::redis {
namespace {

/// Writes the members of an object, each only if its value is there. The caller has made room.
class Members {
 public:
  explicit Members(char* out) : out_(out) {}
  char* end() const { return out_; }

  void Number(std::string_view key, double value) {
    if (std::isfinite(value)) out_ = WriteNumber(Key(key), value);
  }
  void Time(std::string_view key, std::int64_t ns) {
    if (ns != kNoTime) out_ = WriteInteger(Key(key), ns);
  }
  void Count(std::string_view key, std::uint64_t value) {
    if (value != 0) out_ = WriteInteger(Key(key), value);
  }
  void Code(std::string_view key, std::int64_t code) {
    if (code != kNoCode) out_ = WriteInteger(Key(key), code);
  }
  void Codes(std::string_view key, const std::uint16_t* codes, std::size_t count) {
    if (count == 0) return;
    char separator = '[';
    out_ = Key(key);
    for (std::size_t i = 0; i < count; ++i) {
      *out_++ = separator;
      out_ = WriteInteger(out_, std::uint64_t{codes[i]});
      separator = ',';
    }
    *out_++ = ']';
  }
  void Text(std::string_view key, std::string_view text) {
    if (text.empty()) return;
    out_ = Key(key);
    *out_++ = '"';
    out_ = WriteJsonText(out_, text);
    *out_++ = '"';
  }
  void True(std::string_view key, bool value) {
    if (value) out_ = Write(Key(key), "true");
  }

 private:
  char* Key(std::string_view key) {
    out_ = Write(out_, ",\"");
    out_ = Write(out_, key);
    return Write(out_, "\":");
  }

  char* out_;
};

void WriteTrade(Members& members, const Tick& tick) {
  const TradeFields& trade = tick.trade;
  members.Text("id", tick.TradeId());
  members.Code("exchange", trade.exchange);
  members.Code("tape", trade.tape);
  members.Codes("conditions", trade.conditions, trade.condition_count);
  members.Code("trf_id", trade.trf_id);
  members.Time("ts_participant_ns", trade.ts_participant_ns);
  members.Time("ts_trf_ns", trade.ts_trf_ns);
  members.Time("ts_vendor_ns", trade.ts_vendor_ns);
}

void WriteQuote(Members& members, const Tick& tick) {
  const QuoteFields& quote = tick.quote;
  members.Number("bid", quote.bid);
  members.Number("bid_size", quote.bid_size);
  members.Number("ask", quote.ask);
  members.Number("ask_size", quote.ask_size);
  if (tick.flags & tick_flags::kFutures) {
    members.Time("ts_bid_ns", tick.futures_quote.ts_bid_ns);
    members.Time("ts_ask_ns", tick.futures_quote.ts_ask_ns);
    return;
  }
  members.Code("bid_exchange", quote.bid_exchange);
  members.Code("ask_exchange", quote.ask_exchange);
  members.Code("condition", quote.condition);
  members.Codes("indicators", quote.indicators, quote.indicator_count);
  members.Code("tape", quote.tape);
  members.Time("ts_vendor_ns", quote.ts_vendor_ns);
}

void WriteBar(Members& members, const Tick& tick) {
  const BarFields& bar = tick.bar;
  members.Count("window_ms", tick.window_ms);
  members.Number("open", bar.open);
  members.Number("high", bar.high);
  members.Number("low", bar.low);
  if (tick.flags & tick_flags::kFutures) {
    members.Number("dollar_value", tick.futures_bar.dollar_value);
    members.Number("transactions", tick.futures_bar.transactions);
    return;
  }
  members.Number("vwap", bar.vwap);
  members.Number("day_volume", bar.day_volume);
  members.Number("day_vwap", bar.day_vwap);
  members.Number("official_open", bar.official_open);
  members.True("otc", tick.flags & tick_flags::kOtc);
}

void WriteLuld(Members& members, const Tick& tick) {
  const LuldFields& luld = tick.luld;
  members.Number("high", luld.high);
  members.Number("low", luld.low);
  members.Codes("indicators", luld.indicators, luld.indicator_count);
  members.Code("tape", luld.tape);
}

void WriteImbalance(Members& members, const Tick& tick) {
  const ImbalanceFields& fields = tick.imbalance;
  members.Number("imbalance", fields.imbalance);
  members.Number("paired", fields.paired);
  members.Number("clearing_price", fields.clearing_price);
  members.Number("reference_price", fields.reference_price);
  members.Code("exchange", fields.exchange);
  members.Code("auction_time", fields.auction_time);
  const std::size_t has_type = fields.auction_type != 0 ? 1 : 0;
  members.Text("auction_type", {&fields.auction_type, has_type});
}

void WriteGap(Members& members, const Tick& tick) {
  members.Time("ts_from_ns", tick.gap.ts_from_ns);
  members.Time("ts_to_ns", tick.gap.ts_to_ns);
  members.Count("symbol_count", tick.gap.symbol_count);
}

bool HasSide(double price) { return !std::isnan(price) && price != 0; }

}  // namespace

double OnePrice(const Tick& tick) {
  if (tick.kind != Kind::Quote) return tick.price;
  const double bid = tick.quote.bid;
  const double ask = tick.quote.ask;
  if (!HasSide(bid)) return HasSide(ask) ? ask : kAbsent;
  return HasSide(ask) ? (bid + ask) / 2 : bid;
}

double OneVolume(const Tick& tick) {
  return tick.kind == Kind::Quote || !std::isfinite(tick.size) ? 0 : tick.size;
}

std::int64_t OneTime(const Tick& tick) {
  return tick.ts_event_ns != kNoTime ? tick.ts_event_ns : tick.ts_recv_ns;
}

void MessageWriter::Append(ByteBuffer& out, const Tick& tick) {
  switch (format_) {
    case Format::Tickstock:
      // A gap is no market tick; its own JSON tells it apart by "ev".
      if (tick.kind == Kind::Gap && tick.raw_size > 0) return out.Append(tick.Raw());
      return AppendTickstock(out, tick);
    case Format::Raw:
      if (tick.raw_size > 0) return out.Append(tick.Raw());
      return AppendFull(out, tick);
    case Format::Full:
      return AppendFull(out, tick);
  }
}

void MessageWriter::AppendTickstock(ByteBuffer& out, const Tick& tick) {
  constexpr std::string_view kVolume = ",\"volume\":";
  constexpr std::string_view kTimestamp = ",\"timestamp\":";
  const std::string_view symbol_part = symbol_parts_.Get(tick.symbol, [&] {
    return R"({"type":"market_tick","symbol":)" + QuotedJson(host_.symbols().Text(tick.symbol)) +
           R"(,"price":)";
  });
  const std::string_view connection_part = connection_parts_.Get(tick.connection, [&] {
    return R"(,"source":)" + QuotedJson(host_.connection(tick.connection).source) + "}";
  });

  char* end = out.Room(symbol_part.size() + connection_part.size() + kVolume.size() +
                       kTimestamp.size() + 3 * kMaxNumberText);
  end = Write(end, symbol_part);
  const double price = OnePrice(tick);
  end = std::isfinite(price) ? WriteNumber(end, price) : Write(end, "null");
  end = WriteNumber(Write(end, kVolume), OneVolume(tick));
  end = WriteSeconds(Write(end, kTimestamp), OneTime(tick));
  out.EndAt(Write(end, connection_part));
}

void MessageWriter::AppendFull(ByteBuffer& out, const Tick& tick) {
  constexpr std::size_t kMaxMembers = 2048;  // without symbol, connection and trade id
  const std::string_view symbol_part = symbol_parts_.Get(
      tick.symbol, [&] { return R"({"symbol":)" + QuotedJson(host_.symbols().Text(tick.symbol)); });
  const std::string_view connection_part = connection_parts_.Get(tick.connection, [&] {
    return R"(,"source":)" + QuotedJson(host_.connection(tick.connection).source) +
           R"(,"connection":)" + QuotedJson(ConnectionName(host_, tick.connection));
  });

  char* const begin = out.Room(symbol_part.size() + connection_part.size() + kMaxMembers +
                               MaxJsonText(tick.TradeId().size()));
  Members members{Write(begin, symbol_part)};
  members.Text("kind", Name(tick.kind));
  members = Members{Write(members.end(), connection_part)};
  members.Count("sequence", tick.sequence);
  members.Count("vendor_sequence", tick.vendor_sequence);
  members.Time("ts_event_ns", tick.ts_event_ns);
  members.Time("ts_recv_ns", tick.ts_recv_ns);
  members.Number("price", tick.price);
  members.Number("size", tick.size);
  switch (tick.kind) {
    case Kind::Trade:
      WriteTrade(members, tick);
      break;
    case Kind::Quote:
      WriteQuote(members, tick);
      break;
    case Kind::Bar:
      WriteBar(members, tick);
      break;
    case Kind::Luld:
      WriteLuld(members, tick);
      break;
    case Kind::Imbalance:
      WriteImbalance(members, tick);
      break;
    case Kind::Gap:
      WriteGap(members, tick);
      break;
    case Kind::Value:
    case Kind::Other:
      break;
  }
  members.True("more_conditions", tick.flags & tick_flags::kMoreConditions);
  out.EndAt(Write(members.end(), "}"));
}

}  // namespace feedmux::redis
