#include <cstring>  // strncmp
#include <limits>   // numeric_limits

#include "massive/event_reader.hpp"

namespace feedmux::massive {

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

}  // namespace feedmux::massive
