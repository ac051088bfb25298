#include "generator.hpp"

#include <algorithm>  // clamp, find, max, min
#include <cmath>      // llround, sqrt
#include <limits>     // numeric_limits

#include "event_json.hpp"
#include "feedmux/eastern_time.hpp"
#include "us_session.hpp"

namespace feedmux::synthetic {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kMillisecondNs = 1'000'000;
constexpr double kSessionSecondsPerYear = 252 * 6.5 * 3600;
constexpr std::size_t kRoomForBars = 1024;

// The vendor's numbers: 4 FINRA (off exchange), 8 EDGX, 11 Arca, 12 Nasdaq, 15 IEX, 19 BZX, 21
// MEMX.
constexpr std::int32_t kOffExchange = 4;
constexpr std::int32_t kTrf = 202;
constexpr std::int32_t kListed = 0;  // wherever the symbol is listed
constexpr std::int32_t kTradeExchanges[8] = {kOffExchange, kOffExchange, kOffExchange, kListed,
                                             kListed,      11,           19,           8};
constexpr std::int32_t kQuoteExchanges[8] = {kListed, kListed, 11, 11, 19, 8, 15, 21};
constexpr std::uint16_t kIntermarketSweep = 14;

std::int32_t Exchange(const std::int32_t (&choices)[8], std::uint64_t bits,
                      const Instrument& instrument) {
  const std::int32_t choice = choices[bits & 7];
  return choice == kListed ? instrument.listed_at : choice;
}

double Dollars(Cents cents) { return static_cast<double>(cents) / 100; }

// A sixteen-bit random number below it makes a trade, any other a quote.
std::uint64_t TradeThreshold(const Settings& settings, bool makes_quotes) {
  constexpr std::uint64_t kAlways = 0x10000;
  if (!makes_quotes) return kAlways;
  if (settings.kinds == MaskOf(Kind::Quote)) return 0;
  return static_cast<std::uint64_t>(settings.trade_share * kAlways);
}

}  // namespace

Generator::Generator(const Settings& settings, std::string_view stream, std::int64_t start_ns)
    : settings_(settings),
      makes_bars_(settings.Wants(Kind::Bar) || settings.pattern_frequency > 0),
      makes_quotes_(settings.Wants(Kind::Quote) &&
                    (settings.trade_share < 1 || settings.kinds == MaskOf(Kind::Quote))),
      trade_threshold_(TradeThreshold(settings, makes_quotes_)),
      start_ns_(start_ns),
      random_(Mix(settings.seed, HashOf(stream))),
      timeline_(start_ns, settings.start_ns ? settings.simulated_rate : settings.rate),
      next_second_ns_(start_ns),
      window_end_ns_(makes_bars_ ? 0 : std::numeric_limits<std::int64_t>::max()) {}

void Generator::Add(SymbolId symbol, std::string_view ticker) {
  const auto [entry, is_new] =
      by_symbol_.try_emplace(symbol, static_cast<std::uint32_t>(instruments_.size()));
  if (is_new) {
    instruments_.emplace_back(symbol, ticker, settings_.seed, settings_.price_min,
                              settings_.price_max);
  }
  if (std::find(active_.begin(), active_.end(), entry->second) == active_.end()) {
    active_.push_back(entry->second);
  }
}

void Generator::Remove(SymbolId symbol) {
  const auto entry = by_symbol_.find(symbol);
  if (entry == by_symbol_.end()) return;
  const auto found = std::find(active_.begin(), active_.end(), entry->second);
  if (found == active_.end()) return;
  if (static_cast<std::size_t>(found - active_.begin()) < closed_) --closed_;
  active_.erase(found);
  Instrument& instrument = instruments_[entry->second];
  instrument.window = {};
  instrument.script.reset();
  instrument.second_is_due.reset();
}

std::size_t Generator::Next(Batch& batch, std::size_t max_events) {
  const std::size_t max_ticks = std::max(max_events, kRoomForBars);
  std::size_t events = 0;
  while (events < max_events && batch.ticks.size() < max_ticks) {
    if (closing_ != Closing::Nothing) {
      CloseNext(batch);
      continue;
    }
    if (timeline_.now_ns() >= window_end_ns_) {
      closing_ = Closing::Patterns;
      continue;
    }
    event_ns_ = timeline_.now_ns();
    if (event_ns_ >= next_second_ns_) EnterSecond();
    MakeEvent(batch);
    timeline_.Step();
    ++events;
  }
  PointIntoFrame(batch);
  return events;
}

void Generator::EnterSecond() {
  const std::int64_t elapsed = (event_ns_ - start_ns_) / kSecondNs;
  next_second_ns_ = start_ns_ + (elapsed + 1) * kSecondNs;
  const Mood mood = MoodAt(settings_.scenario, static_cast<double>(elapsed));
  drift_ = mood.drift;
  volatility_ = settings_.volatility * mood.volatility / std::sqrt(kSessionSecondsPerYear);
  volume_ = mood.volume * (settings_.time_of_day_volume ? VolumeFactor(event_ns_) : 1);
  spread_ = mood.spread;
  const std::chrono::local_days day = ToEastern(event_ns_).day;
  if (day == day_) return;
  day_ = day;
  for (Instrument& instrument : instruments_) instrument.day = {};
}

void Generator::EnterWindow() {
  window_begin_ns_ = timeline_.now_ns() / settings_.bar_interval_ns * settings_.bar_interval_ns;
  window_end_ns_ = window_begin_ns_ + settings_.bar_interval_ns;
}

void Generator::CloseNext(Batch& batch) {
  if (closed_ < active_.size()) {
    Instrument& instrument = instruments_[active_[closed_++]];
    if (instrument.window.trades == 0) return;
    closing_ == Closing::Patterns ? CompletePattern(batch, instrument)
                                  : CloseBar(batch, instrument);
    return;
  }
  closed_ = 0;
  if (closing_ == Closing::Patterns) {
    closing_ = Closing::Bars;
  } else {
    closing_ = Closing::Nothing;
    EnterWindow();
  }
}

void Generator::CompletePattern(Batch& batch, Instrument& instrument) {
  if (!instrument.script) return;
  const Candle script = *instrument.script;
  const Candle& prices = instrument.window.prices;
  if (prices.low > script.low) TradeAt(batch, instrument, script.low);
  if (prices.high < script.high) TradeAt(batch, instrument, script.high);
  if (prices.close != script.close) TradeAt(batch, instrument, script.close);
  instrument.first = script;
  instrument.script.reset();
}

void Generator::CloseBar(Batch& batch, Instrument& instrument) {
  if (settings_.Wants(Kind::Bar)) PublishBar(batch, instrument);
  instrument.window = {};
}

void Generator::MakeEvent(Batch& batch) {
  const std::uint64_t bits = random_.Bits();
  // The square of an even number makes the first symbols the busy ones.
  const std::uint64_t even = bits >> 32;
  const std::uint64_t skewed = (even * even) >> 32;
  Instrument& instrument = instruments_[active_[(skewed * active_.size()) >> 32]];
  const bool is_quoted = !makes_quotes_ || instrument.bid > 0;
  if ((bits & 0xffff) < trade_threshold_ && is_quoted) {
    if (!makes_quotes_) MoveQuote(instrument);
    MakeTrade(batch, instrument, bits >> 16);
  } else {
    MoveQuote(instrument);
    PublishQuote(batch, instrument);
  }
}

void Generator::MoveQuote(Instrument& instrument) {
  if (instrument.script) {
    const Cents price = ScriptedPrice(*instrument.script);
    instrument.mid = Dollars(price);
    instrument.moved_ns = event_ns_;
  } else {
    instrument.Walk(event_ns_, drift_, volatility_, random_.Normal());
  }
  instrument.Quote(instrument.price(), PickSpread(instrument));
}

// Open, one extreme, the other, close: a third of the window from each to the next, and some noise.
Cents Generator::ScriptedPrice(const Candle& script) {
  const Cents stations[4] = {script.open, script.rises() ? script.low : script.high,
                             script.rises() ? script.high : script.low, script.close};
  const double thirds = 3 * static_cast<double>(event_ns_ - window_begin_ns_) /
                        static_cast<double>(settings_.bar_interval_ns);
  const int leg = std::min(2, static_cast<int>(thirds));
  const double on_the_way = thirds - leg;
  const double price = static_cast<double>(stations[leg]) * (1 - on_the_way) +
                       static_cast<double>(stations[leg + 1]) * on_the_way +
                       static_cast<double>(script.range()) * random_.Normal() / 20;
  return std::clamp(static_cast<Cents>(price), script.low, script.high);
}

Cents Generator::PickSpread(const Instrument& instrument) {
  constexpr double kUsual = 0.0002;  // of the price
  return 1 + static_cast<Cents>(instrument.mid * 100 * kUsual * spread_ * random_.Unit());
}

void Generator::MakeTrade(Batch& batch, Instrument& instrument, std::uint64_t bits) {
  const Cents price = PickPrice(instrument, bits);
  if (!makes_bars_ || instrument.window.trades > 0) {
    Trade(batch, instrument, price);
  } else if (instrument.second_is_due) {
    instrument.script = ShapeSecond(*instrument.second_is_due, instrument.first, random_);
    instrument.second_is_due.reset();
    TradeAt(batch, instrument, instrument.script->open);
  } else {
    MaybeBeginPattern(instrument, price);
    Trade(batch, instrument, price);
  }
}

Cents Generator::PickPrice(const Instrument& instrument, std::uint64_t bits) {
  const unsigned side = bits & 7;
  const Cents price = side < 3   ? instrument.bid
                      : side < 6 ? instrument.ask
                                 : (instrument.bid + instrument.ask) / 2;
  if (!instrument.script) return price;
  return std::clamp(price, instrument.script->low, instrument.script->high);
}

void Generator::MaybeBeginPattern(Instrument& instrument, Cents open) {
  const double frequency = settings_.pattern_frequency;
  if (frequency == 0 || random_.Unit() >= frequency) return;
  const double window_seconds = static_cast<double>(settings_.bar_interval_ns) * 1e-9;
  const double usual_range =
      3 * volatility_ * std::sqrt(window_seconds) * static_cast<double>(open);
  const Cents range =
      std::min(open / 4, std::max<Cents>(kMinPatternRange, std::llround(usual_range)));
  if (range < kMinPatternRange) return;
  const auto last = static_cast<std::int64_t>(settings_.patterns.size()) - 1;
  const Pattern pattern = settings_.patterns[static_cast<std::size_t>(random_.Between(0, last))];
  instrument.script = ShapeFirst(pattern, open, range, random_);
  if (SpansTwoBars(pattern)) instrument.second_is_due = pattern;
}

std::int64_t Generator::PickSize(std::uint64_t bits) const {
  const double even = static_cast<double>(bits & 0xffff) * 0x1p-16;
  const double lots = (1 + 19 * even * even * even) * volume_;  // mostly few
  return 100 * std::max<std::int64_t>(1, static_cast<std::int64_t>(lots + 0.5));
}

void Generator::PublishQuote(Batch& batch, Instrument& instrument) {
  const std::uint64_t bits = random_.Bits();
  instrument.sequence += 1 + (bits >> 61);
  Tick& tick = AddTick(batch, Kind::Quote, instrument, event_ns_);
  tick.vendor_sequence = instrument.sequence;
  QuoteFields& quote = tick.quote;
  quote = QuoteFields{};
  quote.bid = Dollars(instrument.bid);
  quote.ask = Dollars(instrument.ask);
  quote.bid_size = static_cast<double>(PickSize(bits));
  quote.ask_size = static_cast<double>(PickSize(bits >> 16));
  quote.bid_exchange = static_cast<std::int16_t>(Exchange(kQuoteExchanges, bits >> 32, instrument));
  quote.ask_exchange = static_cast<std::int16_t>(Exchange(kQuoteExchanges, bits >> 40, instrument));
  quote.condition = 0;
  quote.tape = instrument.tape;
  if (settings_.raw) AppendQuote(batch.frame, tick, instrument.json);
}

void Generator::Trade(Batch& batch, Instrument& instrument, Cents price) {
  const std::uint64_t bits = random_.Bits();
  const bool is_mixed_lot = ((bits >> 16) & 7) == 0;
  const std::int64_t size =
      PickSize(bits) + (is_mixed_lot ? 1 + static_cast<std::int64_t>((bits >> 20) & 63) : 0);
  instrument.sequence += 1 + (bits >> 61);
  ++instrument.trade_id;
  if (makes_bars_) {
    instrument.window.Count(price, size);
    instrument.day.Count(price, size);
  }
  if (!settings_.Wants(Kind::Trade)) return;

  Tick& tick = AddTick(batch, Kind::Trade, instrument, event_ns_);
  tick.vendor_sequence = instrument.sequence;
  tick.price = Dollars(price);
  tick.size = static_cast<double>(size);
  TradeFields& trade = tick.trade;
  trade.exchange = Exchange(kTradeExchanges, bits >> 32, instrument);
  trade.tape = instrument.tape;
  const auto latency_us = static_cast<std::int64_t>((bits >> 40) & 511);
  trade.ts_participant_ns = AsPublished(tick.ts_event_ns - latency_us * 1000);
  if (trade.exchange == kOffExchange) {
    trade.trf_id = kTrf;
    trade.ts_trf_ns = AsPublished(tick.ts_event_ns - latency_us * 500);
  }
  if (((bits >> 50) & 3) == 0) trade.conditions[trade.condition_count++] = kIntermarketSweep;
  if (settings_.raw) AppendTrade(batch.frame, tick, instrument.json, instrument.trade_id);
}

void Generator::TradeAt(Batch& batch, Instrument& instrument, Cents price) {
  instrument.mid = Dollars(price);
  instrument.moved_ns = event_ns_;
  instrument.Quote(price, PickSpread(instrument));
  if (makes_quotes_) PublishQuote(batch, instrument);
  Trade(batch, instrument, price);
}

void Generator::PublishBar(Batch& batch, const Instrument& instrument) {
  Tick& tick = AddTick(batch, Kind::Bar, instrument, window_end_ns_);
  const Traded& window = instrument.window;
  tick.price = Dollars(window.prices.close);
  tick.size = static_cast<double>(window.shares);
  tick.window_ms = static_cast<std::uint32_t>(settings_.bar_interval_ns / kMillisecondNs);
  BarFields& bar = tick.bar;
  bar = BarFields{};
  bar.open = Dollars(window.prices.open);
  bar.high = Dollars(window.prices.high);
  bar.low = Dollars(window.prices.low);
  bar.vwap = window.Vwap();
  bar.day_volume = static_cast<double>(instrument.day.shares);
  bar.day_vwap = instrument.day.Vwap();
  bar.official_open = Dollars(instrument.day.prices.open);
  if (settings_.raw) AppendBar(batch.frame, tick, instrument.json, window.trades);
}

Tick& Generator::AddTick(Batch& batch, Kind kind, const Instrument& instrument,
                         std::int64_t time_ns) {
  if (settings_.raw) {
    batch.frame += batch.ticks.empty() ? '[' : ',';
    raw_begins_.push_back(static_cast<std::uint32_t>(batch.frame.size()));
  }
  ++batch.events;
  Tick& tick = batch.Add(kind);
  tick.symbol = instrument.symbol;
  tick.ts_event_ns = AsPublished(time_ns);
  return tick;
}

std::int64_t Generator::AsPublished(std::int64_t time_ns) const {
  return settings_.raw ? time_ns / kMillisecondNs * kMillisecondNs : time_ns;
}

void Generator::PointIntoFrame(Batch& batch) {
  if (raw_begins_.empty()) return;
  batch.frame += ']';
  raw_begins_.push_back(static_cast<std::uint32_t>(batch.frame.size()));
  for (std::size_t i = 0; i < batch.ticks.size(); ++i) {
    batch.ticks[i].raw_data = batch.frame.data() + raw_begins_[i];
    batch.ticks[i].raw_size = raw_begins_[i + 1] - raw_begins_[i] - 1;  // without comma or bracket
  }
  raw_begins_.clear();
}

}  // namespace feedmux::synthetic
