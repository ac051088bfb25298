#include "massive/event_reader.hpp"

#include <cmath>    // isnan
#include <limits>   // numeric_limits
#include <utility>  // move

namespace feedmux::massive {

namespace ondemand = simdjson::ondemand;
using simdjson::SUCCESS;

namespace {

constexpr std::uint32_t kSecondMs = 1'000;
constexpr std::uint32_t kMinuteMs = 60'000;
constexpr std::int64_t kNsPerMs = 1'000'000;

}  // namespace

EventReader::Outcome EventReader::Read(ondemand::object object, const char* raw_data, Tick& tick) {
  fields_.Reset();
  raw_data_ = raw_data;
  symbol_ = {};
  exact_size_ = exact_day_volume_ = kAbsent;
  start_ns_ = end_ns_ = kNoTime;
  status_.clear();
  message_.clear();

  Type type;
  bool typed = false;
  for (auto result : object) {
    Field field;
    if (std::move(result).get(field) != SUCCESS) [[unlikely]]
      return Outcome::Broken;
    if (typed) [[likely]] {
      ReadField(type, field, tick);
    } else if (fields_.Name(field) == Short("ev")) [[likely]] {
      ReadType(field, type);
      Begin(type, tick);
      typed = true;
    } else {
      return ReadUnordered(object, tick);
    }
    if (fields_.broken()) [[unlikely]]
      return Outcome::Broken;
  }
  if (!typed) return Reject(RejectReason::MissingField);
  return Finish(type, tick);
}

EventReader::Outcome EventReader::ReadUnordered(ondemand::object& object, Tick& tick) {
  Type type;
  bool typed = false;
  if (object.reset().error() != SUCCESS) return Outcome::Broken;
  for (auto result : object) {
    Field field;
    if (std::move(result).get(field) != SUCCESS) return Outcome::Broken;
    if (!typed && fields_.Name(field) == Short("ev")) {
      ReadType(field, type);
      Begin(type, tick);
      typed = true;
    } else {
      fields_.Skip(field);
    }
    if (fields_.broken()) return Outcome::Broken;
  }
  if (!typed) return Reject(fields_.fault().value_or(RejectReason::MissingField));

  if (object.reset().error() != SUCCESS) return Outcome::Broken;
  for (auto result : object) {
    Field field;
    if (std::move(result).get(field) != SUCCESS) return Outcome::Broken;
    ReadField(type, field, tick);
    if (fields_.broken()) return Outcome::Broken;
  }
  return Finish(type, tick);
}

void EventReader::ReadType(Field& field, Type& type) {
  std::string_view name;
  if (fields_.Text(field.value(), name) && !name.empty()) {
    type = TypeOf(name);
  } else if (!fields_.fault()) {
    fields_.Fail(RejectReason::MissingField);
  }
}

EventReader::Type EventReader::TypeOf(std::string_view name) const {
  switch (Short(name)) {
    case Short("T"):
      return {futures_ ? Shape::FuturesTrade : Shape::Trade, Kind::Trade};
    case Short("Q"):
      return {futures_ ? Shape::FuturesQuote : Shape::Quote, Kind::Quote};
    case Short("A"):
      return {futures_ ? Shape::FuturesBar : Shape::Bar, Kind::Bar, kSecondMs};
    case Short("AM"):
      return {futures_ ? Shape::FuturesBar : Shape::Bar, Kind::Bar, kMinuteMs};
    case Short("XT"):
      return {Shape::Trade, Kind::Trade};
    case Short("XQ"):
      return {Shape::Quote, Kind::Quote};
    case Short("C"):
      return {Shape::ForexQuote, Kind::Quote};
    case Short("CAS"):
    case Short("XAS"):
      return {Shape::Bar, Kind::Bar, kSecondMs};
    case Short("CA"):
    case Short("XA"):
      return {Shape::Bar, Kind::Bar, kMinuteMs};
    case Short("LULD"):
      return {Shape::Luld, Kind::Luld};
    case Short("NOI"):
      return {Shape::Imbalance, Kind::Imbalance};
    case Short("V"):
    case Short("LV"):
    case Short("FMV"):
      return {Shape::Value, Kind::Value};
    default:
      return {name == "status" ? Shape::Status : Shape::Other, Kind::Other};
  }
}

void EventReader::Begin(const Type& type, Tick& tick) {
  tick.kind = type.kind;
  tick.window_ms = type.window_ms;
  switch (type.shape) {
    case Shape::Quote:
    case Shape::ForexQuote:
      tick.quote = QuoteFields{};
      break;
    case Shape::FuturesQuote:
      tick.futures_quote = FuturesQuoteFields{};
      tick.flags |= tick_flags::kFutures;
      break;
    case Shape::Bar:
      tick.bar = BarFields{};
      break;
    case Shape::FuturesBar:
      tick.futures_bar = FuturesBarFields{};
      tick.flags |= tick_flags::kFutures;
      break;
    case Shape::Luld:
      tick.luld = LuldFields{};
      break;
    case Shape::Imbalance:
      tick.imbalance = ImbalanceFields{};
      break;
    case Shape::Trade:
    case Shape::FuturesTrade:
    case Shape::Value:
    case Shape::Status:
    case Shape::Other:
      break;
  }
}

void EventReader::ReadField(const Type& type, Field& field, Tick& tick) {
  switch (type.shape) {
    case Shape::Trade:
      return ReadTrade(field, tick);
    case Shape::FuturesTrade:
      return ReadFuturesTrade(field, tick);
    case Shape::Quote:
      return ReadQuote(field, tick);
    case Shape::FuturesQuote:
      return ReadFuturesQuote(field, tick);
    case Shape::ForexQuote:
      return ReadForexQuote(field, tick);
    case Shape::Bar:
      return ReadBar(field, tick);
    case Shape::FuturesBar:
      return ReadFuturesBar(field, tick);
    case Shape::Luld:
      return ReadLuld(field, tick);
    case Shape::Imbalance:
      return ReadImbalance(field, tick);
    case Shape::Value:
      return ReadValue(field, tick);
    case Shape::Status:
      return ReadStatus(field);
    case Shape::Other:
      return ReadOther(field, tick);
  }
}

void EventReader::ReadTrade(Field& field, Tick& tick) {
  FieldReader::Value& value = field.value();
  switch (fields_.Name(field)) {
    case Short("sym"):
    case Short("pair"):
      return ReadSymbol(field);
    case Short("p"):
      return fields_.Number(value, tick.price);
    case Short("s"):
      return fields_.Amount(value, tick.size);
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    case Short("x"):
      return fields_.Code(value, tick.trade.exchange);
    case Short("i"):
      return ReadTradeId(field, tick);
    case Short("z"):
      return fields_.Code(value, tick.trade.tape);
    case Short("c"):
      return ReadCodes(field, tick, tick.trade.conditions, tick.trade.condition_count);
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

void EventReader::ReadFuturesTrade(Field& field, Tick& tick) {
  FieldReader::Value& value = field.value();
  switch (fields_.Name(field)) {
    case Short("sym"):
      return ReadSymbol(field);
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

void EventReader::ReadQuote(Field& field, Tick& tick) {
  FieldReader::Value& value = field.value();
  QuoteFields& quote = tick.quote;
  switch (fields_.Name(field)) {
    case Short("sym"):
    case Short("pair"):
      return ReadSymbol(field);
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
      return ReadCodes(field, tick, quote.indicators, quote.indicator_count);
    case Short("z"):
      return fields_.Code(value, quote.tape);
    case Short("x"):
      fields_.Code(value, quote.bid_exchange);
      quote.ask_exchange = quote.bid_exchange;
      return;
    case Short("r"):
      return fields_.Time(value, quote.ts_vendor_ns);
    default:
      return fields_.Skip(field);
  }
}

void EventReader::ReadFuturesQuote(Field& field, Tick& tick) {
  FieldReader::Value& value = field.value();
  switch (fields_.Name(field)) {
    case Short("sym"):
      return ReadSymbol(field);
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

void EventReader::ReadForexQuote(Field& field, Tick& tick) {
  FieldReader::Value& value = field.value();
  switch (fields_.Name(field)) {
    case Short("p"):
      return ReadSymbol(field);
    case Short("b"):
      return fields_.Number(value, tick.quote.bid);
    case Short("a"):
      return fields_.Number(value, tick.quote.ask);
    case Short("x"):
      fields_.QuotedCode(value, tick.quote.bid_exchange);
      tick.quote.ask_exchange = tick.quote.bid_exchange;
      return;
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    default:
      return fields_.Skip(field);
  }
}

void EventReader::ReadBar(Field& field, Tick& tick) {
  FieldReader::Value& value = field.value();
  switch (fields_.Name(field)) {
    case Short("sym"):
    case Short("pair"):
      return ReadSymbol(field);
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
      fields_.Flag(value, otc);
      if (otc) tick.flags |= tick_flags::kOtc;
      return;
    }
    default:
      return fields_.Skip(field);
  }
}

void EventReader::ReadFuturesBar(Field& field, Tick& tick) {
  FieldReader::Value& value = field.value();
  switch (fields_.Name(field)) {
    case Short("sym"):
      return ReadSymbol(field);
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

void EventReader::ReadLuld(Field& field, Tick& tick) {
  FieldReader::Value& value = field.value();
  switch (fields_.Name(field)) {
    case Short("T"):
      return ReadSymbol(field);
    case Short("h"):
      return fields_.Number(value, tick.luld.high);
    case Short("l"):
      return fields_.Number(value, tick.luld.low);
    case Short("i"):
      return ReadCodes(field, tick, tick.luld.indicators, tick.luld.indicator_count);
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

void EventReader::ReadImbalance(Field& field, Tick& tick) {
  FieldReader::Value& value = field.value();
  switch (fields_.Name(field)) {
    case Short("T"):
      return ReadSymbol(field);
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    case Short("i"):
      return fields_.Sequence(value, tick.vendor_sequence);
    case Short("at"):
      return fields_.Code(value, tick.imbalance.auction_time);
    case Short("a"): {
      std::string_view type;
      if (fields_.Text(value, type) && !type.empty()) tick.imbalance.auction_type = type.front();
      return;
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

void EventReader::ReadValue(Field& field, Tick& tick) {
  FieldReader::Value& value = field.value();
  switch (fields_.Name(field)) {
    case Short("sym"):
    case Short("T"):
      return ReadSymbol(field);
    case Short("val"):
    case Short("fmv"):
      return fields_.Number(value, tick.price);
    case Short("t"):
      return fields_.Time(value, tick.ts_event_ns);
    default:
      return fields_.Skip(field);
  }
}

void EventReader::ReadStatus(Field& field) {
  constexpr std::string_view kStatus = "status\"";
  constexpr std::string_view kMessage = "message\"";
  const char* const name = field.key().raw();
  if (kStatus.compare(0, kStatus.npos, name, kStatus.size()) == 0) return ReadText(field, status_);
  if (kMessage.compare(0, kMessage.npos, name, kMessage.size()) == 0) {
    return ReadText(field, message_);
  }
  fields_.Skip(field);
}

void EventReader::ReadOther(Field& field, Tick& tick) {
  FieldReader::Value& value = field.value();
  switch (fields_.Name(field)) {
    case Short("sym"):
    case Short("pair"):
    case Short("T"):
      fields_.TextIfAny(value, symbol_, symbol_buffer_);
      return;
    case Short("t"):
      return fields_.TimeIfAny(value, tick.ts_event_ns);
    default:
      return fields_.Skip(field);
  }
}

void EventReader::ReadTradeId(Field& field, Tick& tick) {
  std::string_view id;
  if (!fields_.RawText(field.value(), id)) return;
  if (id.size() > std::numeric_limits<std::uint16_t>::max()) {
    return fields_.Fail(RejectReason::OutOfRange);
  }
  tick.trade.id_offset = static_cast<std::uint32_t>(id.data() - raw_data_);
  tick.trade.id_size = static_cast<std::uint16_t>(id.size());
}

template <std::size_t kSize>
void EventReader::ReadCodes(Field& field, Tick& tick, std::uint16_t (&codes)[kSize],
                            std::uint8_t& count) {
  bool more = false;
  fields_.Codes(field.value(), codes, count, more);
  if (more) tick.flags |= tick_flags::kMoreConditions;
}

void EventReader::ReadText(Field& field, std::string& text) {
  std::string_view found;
  if (fields_.Text(field.value(), found)) text = found;
}

void EventReader::FinishBar(Tick& tick) {
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

EventReader::Outcome EventReader::Finish(const Type& type, Tick& tick) {
  if (type.kind == Kind::Bar) {
    FinishBar(tick);
    if (!std::isnan(exact_day_volume_)) tick.bar.day_volume = exact_day_volume_;
  }
  if (!std::isnan(exact_size_)) tick.size = exact_size_;
  if (fields_.fault()) [[unlikely]]
    return Reject(*fields_.fault());
  if (type.shape == Shape::Status) return Outcome::Status;

  if (!symbol_.empty()) [[likely]] {
    tick.symbol = symbols_.Find(symbol_);
    if (tick.symbol == kNoSymbol) return Reject(RejectReason::TooManySymbols);
  } else if (type.shape != Shape::Other) {
    return Reject(RejectReason::MissingField);
  }
  return Outcome::Tick;
}

EventReader::Outcome EventReader::Reject(RejectReason reason) {
  reason_ = reason;
  return Outcome::Rejected;
}

}  // namespace feedmux::massive
