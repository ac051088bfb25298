#include "massive/event_reader.hpp"

#include <simdjson.h>  // validate_utf8

#include <cmath>    // isnan
#include <cstring>  // strncmp
#include <limits>   // numeric_limits

namespace feedmux::massive {

namespace {

constexpr std::uint32_t kSecondMs = 1'000;
constexpr std::uint32_t kMinuteMs = 60'000;
constexpr std::int64_t kNsPerMs = 1'000'000;

}  // namespace

EventReader::Outcome EventReader::Read(const char* begin, bool check_utf8, Tick& tick) {
  fields_.Reset();
  begin_ = begin;
  symbol_ = {};
  exact_size_ = kAbsent;

  Shape shape = Shape::Other;
  const char* const end = ReadObject(shape, tick);
  if (end == nullptr) [[unlikely]] {
    return Outcome::Broken;
  }
  tick.raw_data = begin;
  tick.raw_size = static_cast<std::uint32_t>(end - begin);
  if (check_utf8 && !simdjson::validate_utf8(begin, tick.raw_size)) [[unlikely]] {
    return Reject(RejectReason::InvalidUtf8);
  }
  return Finish(shape, tick);
}

const char* EventReader::ReadObject(Shape& shape, Tick& tick) {
  const char* at = JsonText::SkipBlanks(begin_ + 1);
  ShortName name = 0;
  if (*at == '"') [[likely]] {
    at = fields_.Name(at, name);
  }
  if (at == nullptr || name != Short("ev")) [[unlikely]] {
    return ReadUnordered(shape, tick);
  }
  at = ReadType(at, shape, tick);
  if (at == nullptr) [[unlikely]] {
    return nullptr;
  }
  at = JsonText::SkipBlanks(at);
  if (*at == ',') [[likely]] {
    return ReadFields(JsonText::SkipBlanks(at + 1), shape, tick);
  }
  return *at == '}' ? at + 1 : fields_.json().Break(at);
}

const char* EventReader::ReadUnordered(Shape& shape, Tick& tick) {
  const char* const end = fields_.json().Value(begin_);
  if (end == nullptr) return nullptr;
  const char* const first = JsonText::SkipBlanks(begin_ + 1);
  const char* at = first;
  while (*at == '"') {
    ShortName name = 0;
    at = fields_.Name(at, name);
    if (name == Short("ev")) {
      ReadType(at, shape, tick);
      return ReadFields(first, shape, tick);
    }
    at = JsonText::SkipBlanks(fields_.json().Value(at));
    if (*at == ',') at = JsonText::SkipBlanks(at + 1);
  }
  fields_.Fail(RejectReason::MissingField);
  return end;
}

const char* EventReader::ReadType(const char* at, Shape& shape, Tick& tick) {
  std::string_view type;
  at = fields_.Text(at, type, text_buffer_);
  if (!type.empty()) [[likely]] {
    shape = ShapeOf(type, tick.window_ms);
    Begin(shape, tick);
  } else {
    fields_.Fail(RejectReason::MissingField);
  }
  return at;
}

EventReader::Shape EventReader::ShapeOf(std::string_view type, std::uint32_t& window_ms) const {
  switch (Short(type)) {
    case Short("T"):
      return futures_ ? Shape::FuturesTrade : Shape::Trade;
    case Short("XT"):
      return Shape::Trade;
    case Short("Q"):
      return futures_ ? Shape::FuturesQuote : Shape::Quote;
    case Short("XQ"):
      return Shape::Quote;
    case Short("C"):
      return Shape::ForexQuote;
    case Short("A"):
      window_ms = kSecondMs;
      return futures_ ? Shape::FuturesBar : Shape::Bar;
    case Short("AM"):
      window_ms = kMinuteMs;
      return futures_ ? Shape::FuturesBar : Shape::Bar;
    case Short("CAS"):
    case Short("XAS"):
      window_ms = kSecondMs;
      return Shape::Bar;
    case Short("CA"):
    case Short("XA"):
      window_ms = kMinuteMs;
      return Shape::Bar;
    case Short("LULD"):
      return Shape::Luld;
    case Short("NOI"):
      return Shape::Imbalance;
    case Short("V"):
    case Short("LV"):
    case Short("FMV"):
      return Shape::Value;
    default:
      return type == "status" ? Shape::Status : Shape::Other;
  }
}

void EventReader::Begin(Shape shape, Tick& tick) {
  switch (shape) {
    case Shape::Trade:
    case Shape::FuturesTrade:
      tick.kind = Kind::Trade;
      break;
    case Shape::Quote:
    case Shape::ForexQuote:
      tick.kind = Kind::Quote;
      tick.quote = QuoteFields{};
      break;
    case Shape::FuturesQuote:
      tick.kind = Kind::Quote;
      tick.flags = tick_flags::kFutures;
      tick.futures_quote = FuturesQuoteFields{};
      break;
    case Shape::Bar:
      tick.kind = Kind::Bar;
      tick.bar = BarFields{};
      break;
    case Shape::FuturesBar:
      tick.kind = Kind::Bar;
      tick.flags = tick_flags::kFutures;
      tick.futures_bar = FuturesBarFields{};
      break;
    case Shape::Luld:
      tick.kind = Kind::Luld;
      tick.luld = LuldFields{};
      break;
    case Shape::Imbalance:
      tick.kind = Kind::Imbalance;
      tick.imbalance = ImbalanceFields{};
      break;
    case Shape::Value:
      tick.kind = Kind::Value;
      break;
    case Shape::Status:
      status_.clear();
      message_.clear();
      break;
    case Shape::Other:
      break;
  }
  if (tick.kind == Kind::Bar) {
    exact_day_volume_ = kAbsent;
    start_ns_ = end_ns_ = kNoTime;
  }
}

const char* EventReader::ReadFields(const char* at, Shape shape, Tick& tick) {
  switch (shape) {
    case Shape::Trade:
      return ReadEach<&EventReader::ReadTrade>(at, tick);
    case Shape::FuturesTrade:
      return ReadEach<&EventReader::ReadFuturesTrade>(at, tick);
    case Shape::Quote:
      return ReadEach<&EventReader::ReadQuote>(at, tick);
    case Shape::FuturesQuote:
      return ReadEach<&EventReader::ReadFuturesQuote>(at, tick);
    case Shape::ForexQuote:
      return ReadEach<&EventReader::ReadForexQuote>(at, tick);
    case Shape::Bar:
      return ReadEach<&EventReader::ReadBar>(at, tick);
    case Shape::FuturesBar:
      return ReadEach<&EventReader::ReadFuturesBar>(at, tick);
    case Shape::Luld:
      return ReadEach<&EventReader::ReadLuld>(at, tick);
    case Shape::Imbalance:
      return ReadEach<&EventReader::ReadImbalance>(at, tick);
    case Shape::Value:
      return ReadEach<&EventReader::ReadValue>(at, tick);
    case Shape::Status:
      return ReadEach<&EventReader::ReadStatus>(at, tick);
    case Shape::Other:
      return ReadEach<&EventReader::ReadOther>(at, tick);
  }
  return nullptr;
}

template <EventReader::ReadField kReadField>
const char* EventReader::ReadEach(const char* at, Tick& tick) {
  for (;;) {
    if (*at != '"') [[unlikely]] {
      return fields_.json().Break(at);
    }
    ShortName name = 0;
    const char* const value = fields_.Name(at, name);
    if (value == nullptr) [[unlikely]] {
      return nullptr;
    }
    at = (this->*kReadField)(name, at, value, tick);
    if (at == nullptr) [[unlikely]] {
      return nullptr;
    }
    at = JsonText::SkipBlanks(at);
    if (*at == '}') return at + 1;
    if (*at != ',') [[unlikely]] {
      return fields_.json().Break(at);
    }
    at = JsonText::SkipBlanks(at + 1);
  }
}

const char* EventReader::ReadTrade(ShortName name, const char* field, const char* value,
                                   Tick& tick) {
  switch (name) {
    case Short("sym"):
    case Short("pair"):
      return ReadSymbol(value);
    case Short("p"):
      return fields_.Number(value, tick.price);
    case Short("s"):
      return fields_.Amount(value, tick.size);
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    case Short("x"):
      return fields_.Code(value, tick.trade.exchange);
    case Short("i"):
      return ReadTradeId(value, tick);
    case Short("z"):
      return fields_.Code(value, tick.trade.tape);
    case Short("c"):
      return ReadCodes(value, tick, tick.trade.conditions, tick.trade.condition_count);
    case Short("q"):
      return fields_.Sequence(value, tick.vendor_sequence);
    case Short("ds"):
      return fields_.DecimalAmount(value, exact_size_);
    case Short("pt"):
      return fields_.Time(value, tick.trade.ts_participant_ns);
    case Short("r"):
      return fields_.Time(value, tick.trade.ts_vendor_ns);
    case Short("trfi"):
      return fields_.Code(value, tick.trade.trf_id);
    case Short("trft"):
      return fields_.Time(value, tick.trade.ts_trf_ns);
    default:
      return fields_.Skip(field);
  }
}

const char* EventReader::ReadFuturesTrade(ShortName name, const char* field, const char* value,
                                          Tick& tick) {
  switch (name) {
    case Short("sym"):
      return ReadSymbol(value);
    case Short("p"):
      return fields_.Number(value, tick.price);
    case Short("s"):
      return fields_.Amount(value, tick.size);
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    case Short("q"):
      return fields_.Sequence(value, tick.vendor_sequence);
    default:
      return fields_.Skip(field);
  }
}

const char* EventReader::ReadQuote(ShortName name, const char* field, const char* value,
                                   Tick& tick) {
  QuoteFields& quote = tick.quote;
  switch (name) {
    case Short("sym"):
    case Short("pair"):
      return ReadSymbol(value);
    case Short("bp"):
      return fields_.Number(value, quote.bid);
    case Short("ap"):
      return fields_.Number(value, quote.ask);
    case Short("bs"):
      return fields_.Amount(value, quote.bid_size);
    case Short("as"):
      return fields_.Amount(value, quote.ask_size);
    case Short("bx"):
      return fields_.Code(value, quote.bid_exchange);
    case Short("ax"):
      return fields_.Code(value, quote.ask_exchange);
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    case Short("q"):
      return fields_.Sequence(value, tick.vendor_sequence);
    case Short("c"):
      return fields_.Code(value, quote.condition);
    case Short("i"):
      return ReadCodes(value, tick, quote.indicators, quote.indicator_count);
    case Short("z"):
      return fields_.Code(value, quote.tape);
    case Short("x"):
      value = fields_.Code(value, quote.bid_exchange);
      quote.ask_exchange = quote.bid_exchange;
      return value;
    case Short("r"):
      return fields_.Time(value, quote.ts_vendor_ns);
    default:
      return fields_.Skip(field);
  }
}

const char* EventReader::ReadFuturesQuote(ShortName name, const char* field, const char* value,
                                          Tick& tick) {
  switch (name) {
    case Short("sym"):
      return ReadSymbol(value);
    case Short("bp"):
      return fields_.Number(value, tick.futures_quote.bid);
    case Short("ap"):
      return fields_.Number(value, tick.futures_quote.ask);
    case Short("bs"):
      return fields_.Amount(value, tick.futures_quote.bid_size);
    case Short("as"):
      return fields_.Amount(value, tick.futures_quote.ask_size);
    case Short("bt"):
      return fields_.Time(value, tick.futures_quote.ts_bid_ns);
    case Short("at"):
      return fields_.Time(value, tick.futures_quote.ts_ask_ns);
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    default:
      return fields_.Skip(field);
  }
}

const char* EventReader::ReadForexQuote(ShortName name, const char* field, const char* value,
                                        Tick& tick) {
  switch (name) {
    case Short("p"):
      return ReadSymbol(value);
    case Short("b"):
      return fields_.Number(value, tick.quote.bid);
    case Short("a"):
      return fields_.Number(value, tick.quote.ask);
    case Short("x"):
      value = fields_.QuotedCode(value, tick.quote.bid_exchange);
      tick.quote.ask_exchange = tick.quote.bid_exchange;
      return value;
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    default:
      return fields_.Skip(field);
  }
}

const char* EventReader::ReadBar(ShortName name, const char* field, const char* value, Tick& tick) {
  switch (name) {
    case Short("sym"):
    case Short("pair"):
      return ReadSymbol(value);
    case Short("v"):
      return fields_.Amount(value, tick.size);
    case Short("dv"):
      return fields_.DecimalAmount(value, exact_size_);
    case Short("av"):
      return fields_.Amount(value, tick.bar.day_volume);
    case Short("dav"):
      return fields_.DecimalAmount(value, exact_day_volume_);
    case Short("op"):
      return fields_.Number(value, tick.bar.official_open);
    case Short("vw"):
      return fields_.Number(value, tick.bar.vwap);
    case Short("o"):
      return fields_.Number(value, tick.bar.open);
    case Short("c"):
      return fields_.Number(value, tick.price);
    case Short("h"):
      return fields_.Number(value, tick.bar.high);
    case Short("l"):
      return fields_.Number(value, tick.bar.low);
    case Short("a"):
      return fields_.Number(value, tick.bar.day_vwap);
    case Short("s"):
      return fields_.Time(value, start_ns_);
    case Short("e"):
      return fields_.Time(value, end_ns_);
    case Short("otc"): {
      bool otc = false;
      value = fields_.Flag(value, otc);
      if (otc) tick.flags |= tick_flags::kOtc;
      return value;
    }
    default:
      return fields_.Skip(field);
  }
}

const char* EventReader::ReadFuturesBar(ShortName name, const char* field, const char* value,
                                        Tick& tick) {
  switch (name) {
    case Short("sym"):
      return ReadSymbol(value);
    case Short("v"):
      return fields_.Amount(value, tick.size);
    case Short("dv"):
      return fields_.Number(value, tick.futures_bar.dollar_value);
    case Short("o"):
      return fields_.Number(value, tick.futures_bar.open);
    case Short("c"):
      return fields_.Number(value, tick.price);
    case Short("h"):
      return fields_.Number(value, tick.futures_bar.high);
    case Short("l"):
      return fields_.Number(value, tick.futures_bar.low);
    case Short("n"):
      return fields_.Amount(value, tick.futures_bar.transactions);
    case Short("s"):
      return fields_.Time(value, start_ns_);
    case Short("e"):
      return fields_.Time(value, end_ns_);
    default:
      return fields_.Skip(field);
  }
}

const char* EventReader::ReadLuld(ShortName name, const char* field, const char* value,
                                  Tick& tick) {
  switch (name) {
    case Short("T"):
      return ReadSymbol(value);
    case Short("h"):
      return fields_.Number(value, tick.luld.high);
    case Short("l"):
      return fields_.Number(value, tick.luld.low);
    case Short("i"):
      return ReadCodes(value, tick, tick.luld.indicators, tick.luld.indicator_count);
    case Short("z"):
      return fields_.Code(value, tick.luld.tape);
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    case Short("q"):
      return fields_.Sequence(value, tick.vendor_sequence);
    default:
      return fields_.Skip(field);
  }
}

const char* EventReader::ReadImbalance(ShortName name, const char* field, const char* value,
                                       Tick& tick) {
  switch (name) {
    case Short("T"):
      return ReadSymbol(value);
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    case Short("i"):
      return fields_.Sequence(value, tick.vendor_sequence);
    case Short("at"):
      return fields_.Code(value, tick.imbalance.auction_time);
    case Short("a"): {
      std::string_view type;
      value = fields_.Text(value, type, text_buffer_);
      if (!type.empty()) tick.imbalance.auction_type = type.front();
      return value;
    }
    case Short("x"):
      return fields_.Code(value, tick.imbalance.exchange);
    case Short("o"):
      return fields_.Number(value, tick.imbalance.imbalance);
    case Short("p"):
      return fields_.Amount(value, tick.imbalance.paired);
    case Short("b"):
      return fields_.Number(value, tick.imbalance.clearing_price);
    case Short("r"):
      return fields_.Number(value, tick.imbalance.reference_price);
    default:
      return fields_.Skip(field);
  }
}

const char* EventReader::ReadValue(ShortName name, const char* field, const char* value,
                                   Tick& tick) {
  switch (name) {
    case Short("sym"):
    case Short("T"):
      return ReadSymbol(value);
    case Short("val"):
    case Short("fmv"):
      return fields_.Number(value, tick.price);
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    default:
      return fields_.Skip(field);
  }
}

const char* EventReader::ReadStatus(ShortName, const char* field, const char* value, Tick&) {
  const auto is = [field](std::string_view name) {
    return std::strncmp(field, name.data(), name.size()) == 0;
  };
  if (is("\"status\"")) return ReadText(value, status_);
  if (is("\"message\"")) return ReadText(value, message_);
  return fields_.Skip(field);
}

const char* EventReader::ReadOther(ShortName name, const char* field, const char* value,
                                   Tick& tick) {
  switch (name) {
    case Short("sym"):
    case Short("pair"):
    case Short("T"):
      return fields_.TextIfAny(value, symbol_, symbol_buffer_);
    case Short("t"):
      return fields_.TimeIfAny(value, tick.ts_event_ns);
    default:
      return fields_.Skip(field);
  }
}

const char* EventReader::ReadTradeId(const char* value, Tick& tick) {
  std::string_view id;
  value = fields_.RawText(value, id);
  if (id.empty()) [[unlikely]] {
    return value;
  }
  if (id.size() > std::numeric_limits<std::uint16_t>::max()) [[unlikely]] {
    fields_.Fail(RejectReason::OutOfRange);
    return value;
  }
  tick.trade.id_offset = static_cast<std::uint32_t>(id.data() - begin_);
  tick.trade.id_size = static_cast<std::uint16_t>(id.size());
  return value;
}

template <std::size_t kSize>
const char* EventReader::ReadCodes(const char* value, Tick& tick, std::uint16_t (&codes)[kSize],
                                   std::uint8_t& count) {
  bool more = false;
  value = fields_.Codes(value, codes, count, more);
  if (more) [[unlikely]]
    tick.flags |= tick_flags::kMoreConditions;
  return value;
}

const char* EventReader::ReadText(const char* value, std::string& text) {
  std::string_view found;
  value = fields_.Text(value, found, text_buffer_);
  text = found;
  return value;
}

void EventReader::FinishBar(Tick& tick) {
  if (!std::isnan(exact_day_volume_)) tick.bar.day_volume = exact_day_volume_;
  const std::int64_t channel_ns = tick.window_ms * kNsPerMs;
  if (start_ns_ == kNoTime && end_ns_ == kNoTime) return;
  if (start_ns_ == kNoTime) start_ns_ = end_ns_ - channel_ns;
  if (end_ns_ == kNoTime || end_ns_ == start_ns_) {
    if (__builtin_add_overflow(start_ns_, channel_ns, &end_ns_)) {
      return fields_.Fail(RejectReason::OutOfRange);
    }
  }
  const std::int64_t window_ms = (end_ns_ - start_ns_) / kNsPerMs;
  if (end_ns_ < start_ns_ || window_ms > std::numeric_limits<std::uint32_t>::max()) {
    return fields_.Fail(RejectReason::OutOfRange);
  }
  tick.window_ms = static_cast<std::uint32_t>(window_ms);
  tick.ts_event_ns = end_ns_;
}

EventReader::Outcome EventReader::Finish(Shape shape, Tick& tick) {
  if (!std::isnan(exact_size_)) tick.size = exact_size_;
  if (tick.kind == Kind::Bar) FinishBar(tick);
  if (fields_.fault()) [[unlikely]] {
    return Reject(*fields_.fault());
  }
  if (!symbol_.empty()) [[likely]] {
    tick.symbol = symbols_.Find(symbol_);
    return tick.symbol == kNoSymbol ? Reject(RejectReason::TooManySymbols) : Outcome::Tick;
  }
  if (shape == Shape::Status) return Outcome::Status;
  return shape == Shape::Other ? Outcome::Tick : Reject(RejectReason::MissingField);
}

EventReader::Outcome EventReader::Reject(RejectReason reason) {
  reason_ = reason;
  return Outcome::Rejected;
}

}  // namespace feedmux::massive
