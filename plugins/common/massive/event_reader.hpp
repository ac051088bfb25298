#pragma once

#include <cstddef>      // size_t
#include <cstdint>      // fixed-width integers
#include <string>       // string
#include <string_view>  // string_view

#include "feedmux/tick.hpp"
#include "massive/field_reader.hpp"
#include "massive/market.hpp"
#include "massive/symbol_cache.hpp"

namespace feedmux::massive {

/// Knows the vendor's event types and what their fields mean: one JSON object → one tick.
///
/// Private to the codec. Thread: one.
class EventReader {
 public:
  enum class Outcome {
    Tick,      ///< all that a source fills in is
    Status,    ///< likewise; see status() and message()
    Rejected,  ///< the tick is void; see reason(). Its raw_size still tells where the object ends
    Broken,    ///< the tick is void: this is not JSON; see broken_at()
  };

  EventReader(Symbols& symbols, Market market)
      : symbols_(symbols), futures_(market == Market::Futures) {}

  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  /// In bytes. Option contracts, the longest there are, take 22; the process keeps every symbol it
  /// has ever seen.
  static constexpr std::size_t kLongestSymbol = 64;

  /// `begin` is the object's '{' in a text as JsonText and FieldReader want it; `tick` is new.
  /// Unless `check_utf8`, the text is known to be UTF-8.
  Outcome Read(const char* begin, bool check_utf8, Tick& tick);

  /// Where the object stopped being JSON.
  const char* broken_at() { return fields_.json().broken_at(); }

  RejectReason reason() const { return reason_; }

  /// Valid until the next Read.
  const std::string& status() const { return status_; }
  const std::string& message() const { return message_; }

 private:
  /// The sets of fields that events have.
  enum class Shape {
    Trade,
    FuturesTrade,
    Quote,
    FuturesQuote,
    ForexQuote,
    Bar,
    FuturesBar,
    Luld,
    Imbalance,
    Value,
    Status,
    Other,
  };

  /// Reads one field: `field` is where its name begins, `value` where its value does. Returns where
  /// that ends, nullptr if it is not JSON. So do the others.
  using ReadField = const char* (EventReader::*)(ShortName name, const char* field,
                                                 const char* value, Tick& tick);

  /// The type stands first in every event seen, so that one walk is enough; where it does not, it
  /// is looked for first.
  const char* ReadObject(Shape& shape, Tick& tick);
  const char* ReadUnordered(Shape& shape, Tick& tick);
  const char* ReadType(const char* at, Shape& shape, Tick& tick);
  /// Sets the window of a channel of bars.
  Shape ShapeOf(std::string_view type, std::uint32_t& window_ms) const;
  void Begin(Shape shape, Tick& tick);
  const char* ReadFields(const char* at, Shape shape, Tick& tick);
  template <ReadField kReadField>
  const char* ReadEach(const char* at, Tick& tick);

  FEEDMUX_HOT const char* ReadTrade(ShortName, const char* field, const char* value, Tick&);
  FEEDMUX_HOT const char* ReadQuote(ShortName, const char* field, const char* value, Tick&);
  FEEDMUX_HOT const char* ReadBar(ShortName, const char* field, const char* value, Tick&);
  const char* ReadForexQuote(ShortName, const char* field, const char* value, Tick&);
  const char* ReadFuturesTrade(ShortName, const char* field, const char* value, Tick&);
  const char* ReadFuturesQuote(ShortName, const char* field, const char* value, Tick&);
  const char* ReadFuturesBar(ShortName, const char* field, const char* value, Tick&);
  const char* ReadLuld(ShortName, const char* field, const char* value, Tick&);
  const char* ReadImbalance(ShortName, const char* field, const char* value, Tick&);
  const char* ReadValue(ShortName, const char* field, const char* value, Tick&);
  const char* ReadStatus(ShortName, const char* field, const char* value, Tick&);
  const char* ReadOther(ShortName, const char* field, const char* value, Tick&);

  FEEDMUX_HOT const char* ReadSymbol(const char* value) {
    return fields_.Text(value, symbol_, symbol_buffer_);
  }
  FEEDMUX_HOT const char* ReadTradeId(const char* value, Tick& tick);
  template <std::size_t kSize>
  FEEDMUX_HOT const char* ReadCodes(const char* value, Tick& tick, std::uint16_t (&codes)[kSize],
                                    std::uint8_t& count);
  const char* ReadText(const char* value, std::string& text);

  Outcome Finish(Shape shape, Tick& tick);
  void FinishBar(Tick& tick);
  Outcome Reject(RejectReason reason);

  SymbolCache symbols_;
  FieldReader fields_;
  const bool futures_;

  /// Of the event being read.
  const char* begin_ = nullptr;
  std::string_view symbol_;  ///< in the frame or in symbol_buffer_
  std::string symbol_buffer_;
  std::string text_buffer_;
  double exact_size_ = kAbsent;
  double exact_day_volume_ = kAbsent;
  std::int64_t start_ns_ = kNoTime;
  std::int64_t end_ns_ = kNoTime;

  RejectReason reason_ = RejectReason::Malformed;
  std::string status_;
  std::string message_;
};

}  // namespace feedmux::massive
