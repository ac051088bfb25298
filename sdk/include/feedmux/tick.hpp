#pragma once

#include <cstdint>      // fixed-width integers
#include <limits>       // numeric_limits
#include <string_view>  // string_view
#include <type_traits>  // is_trivially_copyable_v

#include "feedmux/kind.hpp"

namespace feedmux {

/// A symbol's number in this process; Symbols turns it into text and back. 0 is "no symbol".
using SymbolId = std::uint32_t;
inline constexpr SymbolId kNoSymbol = 0;

/// The number in "connection_7". 0 is "no connection".
using ConnectionIndex = std::uint16_t;

/// An absent price, size or volume.
inline constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();

/// An absent time. All times are nanoseconds since the Unix epoch, UTC.
inline constexpr std::int64_t kNoTime = 0;

/// Bits of Tick::flags.
namespace tick_flags {
inline constexpr std::uint8_t kFutures = 1;         ///< quote: FuturesQuote, bar: FuturesBar is set
inline constexpr std::uint8_t kOtc = 2;             ///< bar of an over-the-counter symbol
inline constexpr std::uint8_t kMoreConditions = 4;  ///< the event has more than the tick can hold
}  // namespace tick_flags

/// The fields of each kind beyond Tick::price and Tick::size. Codes are the vendor's own.
inline constexpr int kNoCode = -1;

struct TradeFields {
  static constexpr int kMaxConditions = 8;
  std::int64_t ts_participant_ns = kNoTime;  ///< when the exchange or dealer executed it
  std::int64_t ts_trf_ns = kNoTime;          ///< when the trade reporting facility had it
  std::int64_t ts_vendor_ns = kNoTime;       ///< when the vendor had it (crypto)
  std::uint32_t id_offset = 0;               ///< the trade id stands in Raw() from here ...
  std::uint16_t id_size = 0;                 ///< ... over this many bytes; 0: no id
  std::int8_t tape = kNoCode;                ///< 1 NYSE, 2 AMEX, 3 Nasdaq
  std::uint8_t condition_count = 0;          ///< of the conditions below
  std::int32_t exchange = kNoCode;
  std::int32_t trf_id = kNoCode;
  std::uint16_t conditions[kMaxConditions] = {};
};

struct QuoteFields {
  static constexpr int kMaxIndicators = 4;
  double bid = kAbsent;  ///< price
  double ask = kAbsent;  ///< price
  double bid_size = kAbsent;
  double ask_size = kAbsent;
  std::int64_t ts_vendor_ns = kNoTime;  ///< when the vendor had it (crypto)
  std::int16_t bid_exchange = kNoCode;
  std::int16_t ask_exchange = kNoCode;
  std::int16_t condition = kNoCode;
  std::int8_t tape = kNoCode;
  std::uint8_t indicator_count = 0;
  std::uint16_t indicators[kMaxIndicators] = {};
};

/// A futures quote: the first four fields are those of QuoteFields and may be read through either.
struct FuturesQuoteFields {
  double bid = kAbsent;
  double ask = kAbsent;
  double bid_size = kAbsent;
  double ask_size = kAbsent;
  std::int64_t ts_bid_ns = kNoTime;
  std::int64_t ts_ask_ns = kNoTime;
};

/// A bar's close is Tick::price, its volume Tick::size, its end Tick::ts_event_ns.
struct BarFields {
  double open = kAbsent;
  double high = kAbsent;
  double low = kAbsent;
  double vwap = kAbsent;
  double day_volume = kAbsent;
  double day_vwap = kAbsent;
  double official_open = kAbsent;
};

/// A futures bar: the first three fields are those of BarFields and may be read through either.
struct FuturesBarFields {
  double open = kAbsent;
  double high = kAbsent;
  double low = kAbsent;
  double dollar_value = kAbsent;  ///< value of the contracts traded in the window
  double transactions = kAbsent;
};

struct LuldFields {
  static constexpr int kMaxIndicators = 8;
  double high = kAbsent;  ///< upper band, price
  double low = kAbsent;   ///< lower band, price
  std::int8_t tape = kNoCode;
  std::uint8_t indicator_count = 0;
  std::uint16_t indicators[kMaxIndicators] = {};  ///< 17 is a halt, 18 its end
};

struct ImbalanceFields {
  double imbalance = kAbsent;  ///< shares; negative: more to sell
  double paired = kAbsent;     ///< shares matched
  double clearing_price = kAbsent;
  double reference_price = kAbsent;
  std::int32_t exchange = kNoCode;
  std::int32_t auction_time = kNoCode;  ///< hour * 100 + minute, Eastern Time
  char auction_type = 0;                ///< O early open, M open, H reopening, C close, P, R
};

/// An outage of Tick::connection: for its symbols, ticks that arrived between the two times may be
/// missing. It comes twice, when the outage is noticed and when it is over. Tick::symbol is
/// kNoSymbol; Raw() is {"ev":"gap","connection":…,"from":…,"to":…,"reason":…,"symbols":[…]}, times
/// in seconds, `to` null while it lasts.
struct GapFields {
  std::int64_t ts_from_ns = kNoTime;
  std::int64_t ts_to_ns = kNoTime;  ///< kNoTime: not over yet
  std::uint32_t symbol_count = 0;
};

/// One market event. A plain record that may be copied with memcpy; what it points to lives as long
/// as the batch it came in, so that a sink that keeps a tick beyond OnTicks copies Raw() too.
struct Tick {
  constexpr Tick() : trade() {}

  std::int64_t ts_event_ns = kNoTime;  ///< when it happened, as the vendor says; a bar: its end
  std::int64_t ts_recv_ns = kNoTime;   ///< when its frame arrived here
  std::uint64_t sequence = 0;          ///< its place on the bus, from 1, without holes
  std::uint64_t vendor_sequence = 0;   ///< rises by symbol, with holes; 0: the event has none
  double price = kAbsent;              ///< of a trade; close of a bar; value; absent in quotes
  double size = kAbsent;               ///< of a trade (fractions included); volume of a bar
  const char* raw_data = nullptr;      ///< see Raw()
  std::uint32_t raw_size = 0;
  SymbolId symbol = kNoSymbol;
  std::uint32_t window_ms = 0;  ///< bars: length of the window
  ConnectionIndex connection = 0;
  Kind kind = Kind::Other;
  std::uint8_t flags = 0;  ///< tick_flags
  union {
    TradeFields trade;
    QuoteFields quote;
    FuturesQuoteFields futures_quote;
    BarFields bar;
    FuturesBarFields futures_bar;
    LuldFields luld;
    ImbalanceFields imbalance;
    GapFields gap;
  };

  /// The vendor's event as it stood in the frame, byte for byte; empty where a source has none.
  std::string_view Raw() const { return {raw_data, raw_size}; }

  /// The vendor's id of a trade; empty where there is none.
  std::string_view TradeId() const {
    if (kind != Kind::Trade || trade.id_size == 0) return {};
    return Raw().substr(trade.id_offset, trade.id_size);
  }
};

static_assert(std::is_trivially_copyable_v<Tick>);
static_assert(sizeof(Tick) == 128, "two cache lines; a change is a new major API version");

}  // namespace feedmux
