#pragma once

#include <chrono>         // local_days
#include <cstddef>        // size_t
#include <cstdint>        // fixed-width integers
#include <string_view>    // string_view
#include <unordered_map>  // unordered_map
#include <vector>         // vector

#include "feedmux/batch.hpp"
#include "instrument.hpp"
#include "random.hpp"
#include "settings.hpp"
#include "timeline.hpp"

namespace feedmux::synthetic {

/// The market that one connection sees. It has no thread and no clock: what comes out depends on
/// the arguments and the calls alone, and not on how the events are cut into batches.
///
/// Invariants, for each symbol:
///  1. bid < ask, both positive whole cents.
///  2. A trade lies within the quote published last (if quotes are).
///  3. A bar is open, high, low, close, volume and VWAP of exactly the trades in its window. Trades
///     carry only conditions that count for all of these, so that a consumer that builds bars by
///     the exchanges' rules comes to the same.
///  4. Event times never go back.
///
/// Thread: one at a time.
class Generator {
 public:
  /// `stream` tells connections of one seed apart. The first event happens at `start_ns`.
  Generator(const Settings& settings, std::string_view stream, std::int64_t start_ns);

  /// Starts a symbol, or resumes it at the price it had. Those added first trade most.
  void Add(SymbolId symbol, std::string_view ticker);

  /// Stops a symbol; its unfinished bar is lost.
  void Remove(SymbolId symbol);

  bool empty() const { return active_.empty(); }

  /// When the next event happens.
  std::int64_t now_ns() const { return timeline_.now_ns(); }

  /// Lets time pass without events; an earlier time is ignored.
  void MoveTo(std::int64_t time_ns) { timeline_.MoveTo(time_ns); }

  /// Makes trades and quotes into an empty batch, `max_events` at most, and returns how many. Bars
  /// that fall due between them are added too; when they fill the batch it is fewer events, or
  /// none. Needs a symbol.
  std::size_t Next(Batch& batch, std::size_t max_events);

 private:
  /// The end of a window: first the trades that complete patterns, then the bars, so that time does
  /// not go back between two symbols.
  enum class Closing { Nothing, Patterns, Bars };

  void EnterSecond();
  void EnterWindow();
  void CloseNext(Batch& batch);
  void CompletePattern(Batch& batch, Instrument& instrument);
  void CloseBar(Batch& batch, Instrument& instrument);
  void MakeEvent(Batch& batch);
  void MoveQuote(Instrument& instrument);
  void MakeTrade(Batch& batch, Instrument& instrument, std::uint64_t bits);
  void MaybeBeginPattern(Instrument& instrument, Cents open);
  static Cents PickPrice(const Instrument& instrument, std::uint64_t bits);
  Cents PickSpread(const Instrument& instrument);
  Cents ScriptedPrice(const Candle& script);
  std::int64_t PickSize(std::uint64_t bits) const;
  void Trade(Batch& batch, Instrument& instrument, Cents price);
  void TradeAt(Batch& batch, Instrument& instrument, Cents price);  // after a quote around it
  void PublishQuote(Batch& batch, Instrument& instrument);
  void PublishBar(Batch& batch, const Instrument& instrument);
  Tick& AddTick(Batch& batch, Kind kind, const Instrument& instrument, std::int64_t time_ns);
  std::int64_t AsPublished(std::int64_t time_ns) const;
  void PointIntoFrame(Batch& batch);

  const Settings settings_;
  const bool makes_bars_;
  const bool makes_quotes_;
  const std::uint64_t trade_threshold_;
  const std::int64_t start_ns_;

  Random random_;
  Timeline timeline_;
  std::vector<Instrument> instruments_;                    // in the order first added
  std::unordered_map<SymbolId, std::uint32_t> by_symbol_;  // into instruments_
  std::vector<std::uint32_t> active_;                      // into instruments_

  // The market's state, renewed each second.
  std::int64_t next_second_ns_;
  std::chrono::local_days day_{};
  double drift_ = 0;       // per second
  double volatility_ = 0;  // per root of a second
  double volume_ = 1;
  double spread_ = 1;

  // Windows of bars.
  std::int64_t window_begin_ns_ = 0;
  std::int64_t window_end_ns_;
  Closing closing_ = Closing::Nothing;
  std::size_t closed_ = 0;           // of active_, in the current step
  std::int64_t event_ns_ = kNoTime;  // when the event being made, or made last, happens

  std::vector<std::uint32_t> raw_begins_;  // in the frame, of each tick of the batch
};

}  // namespace feedmux::synthetic
