#pragma once

#include <simdjson.h>  // ondemand

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
    Tick,      ///< everything but raw_data and raw_size is filled in
    Status,    ///< the tick is void; see status() and message()
    Rejected,  ///< the tick is void; see reason()
    Broken,    ///< the tick is void and the frame cannot be read on from here
  };

  EventReader(const simdjson::ondemand::parser& parser, Symbols& symbols, Market market)
      : symbols_(symbols), fields_(parser), futures_(market == Market::Futures) {}

  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  /// `raw_data` is where the object begins in the document; `tick` is new.
  Outcome Read(simdjson::ondemand::object object, const char* raw_data, Tick& tick);

  RejectReason reason() const { return reason_; }

  /// Valid until the next Read.
  const std::string& status() const { return status_; }
  const std::string& message() const { return message_; }

 private:
  using Field = simdjson::ondemand::field;

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

  struct Type {
    Shape shape = Shape::Other;
    Kind kind = Kind::Other;
    std::uint32_t window_ms = 0;  ///< bars: the window of the channel
  };

  /// The type stands first in every event seen, so that one walk is enough; where it does not, it
  /// is looked for first.
  Outcome ReadUnordered(simdjson::ondemand::object& object, Tick& tick);
  void ReadType(Field& field, Type& type);
  Type TypeOf(std::string_view name) const;

  static void Begin(const Type& type, Tick& tick);
  void ReadField(const Type& type, Field& field, Tick& tick);
  void ReadTrade(Field& field, Tick& tick);
  void ReadFuturesTrade(Field& field, Tick& tick);
  void ReadQuote(Field& field, Tick& tick);
  void ReadFuturesQuote(Field& field, Tick& tick);
  void ReadForexQuote(Field& field, Tick& tick);
  void ReadBar(Field& field, Tick& tick);
  void ReadFuturesBar(Field& field, Tick& tick);
  void ReadLuld(Field& field, Tick& tick);
  void ReadImbalance(Field& field, Tick& tick);
  void ReadValue(Field& field, Tick& tick);
  void ReadStatus(Field& field);
  void ReadOther(Field& field, Tick& tick);
  Outcome Finish(const Type& type, Tick& tick);
  void FinishBar(Tick& tick);

  void ReadSymbol(Field& field) { fields_.Text(field.value(), symbol_, symbol_buffer_); }
  void ReadTradeId(Field& field, Tick& tick);
  template <std::size_t kSize>
  void ReadCodes(Field& field, Tick& tick, std::uint16_t (&codes)[kSize], std::uint8_t& count);
  void ReadText(Field& field, std::string& text);
  Outcome Reject(RejectReason reason);

  SymbolCache symbols_;
  FieldReader fields_;
  const bool futures_;

  /// Of the event being read.
  const char* raw_data_ = nullptr;
  std::string_view symbol_;  ///< in the frame or in symbol_buffer_
  FieldReader::TextBuffer symbol_buffer_;
  double exact_size_ = kAbsent;
  double exact_day_volume_ = kAbsent;
  std::int64_t start_ns_ = kNoTime;
  std::int64_t end_ns_ = kNoTime;

  RejectReason reason_ = RejectReason::Malformed;
  std::string status_;
  std::string message_;
};

}  // namespace feedmux::massive
