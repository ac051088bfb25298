#include "tick_samples.hpp"

#include <sys/mman.h>  // mmap, mprotect

#include <array>        // array
#include <cstring>      // memcpy
#include <limits>       // numeric_limits
#include <memory>       // construct_at
#include <stdexcept>    // runtime_error
#include <string>       // string
#include <string_view>  // string_view

namespace feedmux::contract {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kRaw =
    R"({"ev":"T","sym":"A\"B","i":"id-17","p":178.23,"s":100,"t":1705853696123,"x":{"y":[1,null]}})";
constexpr std::string_view kTradeId = "id-17";

constexpr std::array kPrices = {178.23, kAbsent,      0.0, -37.63, 5e-324, 1.7976931348623157e308,
                                0.0001, 123456789.125};

std::string SymbolText(std::size_t i) {
  static const std::string kLong(200, 'X');
  static const std::array<std::string_view, 14> kTexts = {
      "AAPL",    "BRK.B",     "X:BTC-USD",  "O:SPY251219C00650000", "I:SPX",  "C:EUR/USD",
      "A\"B\\C", "T\tB\nL\r", "Zürich€😀"sv, "NUL\0INSIDE"sv,        "%s%n{}", "{symbol}",
      " ",       kLong};
  return std::string{kTexts[i % kTexts.size()]};
}

void FillKind(Tick& tick, std::size_t i) {
  const double price = kPrices[(i / kKindCount) % kPrices.size()];
  switch (tick.kind) {
    case Kind::Trade:
      tick.trade = TradeFields{};
      if (tick.raw_size > 0) {
        tick.trade.id_offset = static_cast<std::uint32_t>(kRaw.find(kTradeId));
        tick.trade.id_size = static_cast<std::uint16_t>(kTradeId.size());
      }
      tick.trade.exchange = i % 3 == 0 ? kNoCode : 4;
      tick.trade.condition_count = static_cast<std::uint8_t>(i % (TradeFields::kMaxConditions + 1));
      for (auto& condition : tick.trade.conditions) condition = 65535;
      break;
    case Kind::Quote:
      tick.price = kAbsent;
      if (tick.flags & tick_flags::kFutures) {
        tick.futures_quote = FuturesQuoteFields{.bid = price, .ask = price};
      } else {
        tick.quote = QuoteFields{};
        if (i % 3 != 0) tick.quote.bid = price;
        if (i % 5 != 0) tick.quote.ask = price;
        tick.quote.indicator_count = QuoteFields::kMaxIndicators;
      }
      break;
    case Kind::Bar:
      tick.window_ms = i % 2 == 0 ? 1000 : 60'000;
      if (tick.flags & tick_flags::kFutures) {
        tick.futures_bar = FuturesBarFields{.open = price};
      } else {
        tick.bar = BarFields{.open = price, .high = price, .vwap = price};
      }
      break;
    case Kind::Luld:
      tick.luld = LuldFields{.high = price};
      tick.luld.indicator_count = LuldFields::kMaxIndicators;
      break;
    case Kind::Imbalance:
      tick.imbalance = ImbalanceFields{.imbalance = price};
      tick.imbalance.auction_type = i % 2 == 0 ? 'O' : '\0';
      break;
    case Kind::Gap:
      tick.gap = GapFields{.ts_from_ns = tick.ts_recv_ns, .symbol_count = 3};
      break;
    case Kind::Value:
    case Kind::Other:
      break;
  }
}

}  // namespace

TickSamples::TickSamples(Symbols& symbols, std::size_t count, std::uint64_t first_sequence) {
  constexpr std::int64_t kReceived = 1'705'853'696'123'456'789;
  size_ = count * sizeof(Tick) + kRaw.size();
  memory_ = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory_ == MAP_FAILED) throw std::runtime_error("no memory for ticks");
  char* raw = static_cast<char*>(memory_) + count * sizeof(Tick);
  std::memcpy(raw, kRaw.data(), kRaw.size());
  ticks_ = {static_cast<Tick*>(memory_), count};

  for (std::size_t i = 0; i < count; ++i) {
    Tick& tick = *std::construct_at(&ticks_[i]);
    const std::size_t variant = i / kKindCount;
    tick.kind = static_cast<Kind>(i % kKindCount);
    tick.ts_event_ns = variant % 4 == 3   ? kNoTime
                       : variant % 8 == 5 ? std::numeric_limits<std::int64_t>::max()
                                          : kReceived - 1'000'000;
    tick.ts_recv_ns = kReceived;
    tick.sequence = first_sequence + i;
    tick.vendor_sequence = i % 2 == 0 ? 0 : i;
    tick.price = kPrices[variant % kPrices.size()];
    tick.size = kPrices[(variant + 3) % kPrices.size()];
    tick.symbol = tick.kind == Kind::Gap || (tick.kind == Kind::Other && variant % 2 == 1)
                      ? kNoSymbol
                      : symbols.Intern(SymbolText(variant));
    tick.connection = static_cast<ConnectionIndex>(variant % 5 == 4 ? 999 : 1 + variant % 3);
    tick.flags = variant % 3 == 2 ? tick_flags::kFutures | tick_flags::kMoreConditions : 0;
    if (variant % 2 == 0) {
      tick.raw_data = raw;
      tick.raw_size = static_cast<std::uint32_t>(kRaw.size());
    }
    FillKind(tick, i);
  }
  ::mprotect(memory_, size_, PROT_READ);
}

TickSamples::~TickSamples() {
  // Kept in the address space, so that nothing else moves in and hides a plugin's late look at it.
  ::mprotect(memory_, size_, PROT_NONE);
}

}  // namespace feedmux::contract
