#include "massive/event_reader.hpp"

#include <simdjson.h>  // validate_utf8

#include <cmath>   // isnan
#include <limits>  // numeric_limits

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
    at = fields_.AnyName(at, name);
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
  if (tick.kind == Kind::Bar && !fields_.fault()) FinishBar(tick);
  if (fields_.fault()) [[unlikely]] {
    return Reject(*fields_.fault());
  }
  if (symbol_.size() > kLongestSymbol) [[unlikely]] {
    if (shape != Shape::Other) return Reject(RejectReason::OutOfRange);
    symbol_ = {};  // it may mean something else there
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
