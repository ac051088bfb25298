#include "synthetic_connection.hpp"

#include <fmt/format.h>  // format

#include <algorithm>  // find
#include <chrono>     // nanoseconds
#include <utility>    // move, swap

namespace feedmux::synthetic {
namespace {

// Event times are exact steps of the rate; the wall clock moves them only where it was set, or
// where the pacer skipped something.
constexpr std::int64_t kToleratedOffsetNs = 100'000'000;
constexpr std::string_view kWildcard = "*";

}  // namespace

SyntheticConnection::SyntheticConnection(Host& host, const Settings& settings,
                                         const ConnectionSpec& spec,
                                         std::vector<std::string> default_tickers)
    : host_(host),
      settings_(settings),
      default_tickers_(std::move(default_tickers)),
      skipped_(host.metrics().GetCounter(
          "skipped_events", "Events not made up for because they were late by over 5 s")),
      generator_(settings, spec.name.empty() ? spec.connection_id : spec.name,
                 settings.start_ns.value_or(host.clock().UtcNs())) {
  Subscribe(spec.tickers);
}

void SyntheticConnection::Run(Publisher& publisher, std::stop_token stop) {
  Pacer pacer = NewPacer();
  publisher.Connected();
  while (!stop.stop_requested()) {
    ApplyChanges(publisher);
    if (generator_.empty()) {
      WaitForChange(stop);
      pacer = NewPacer();
      continue;
    }
    const std::int64_t wait_ns = pacer.NextAt() - host_.clock().MonotonicNs();
    if (wait_ns > 0) {
      WaitForChange(stop, wait_ns);
    } else {
      PublishGroup(publisher, pacer);
    }
  }
}

void SyntheticConnection::PublishGroup(Publisher& publisher, Pacer& pacer) {
  const std::int64_t now_ns = host_.clock().MonotonicNs();
  CountSkipped(pacer.SkipTooLate(now_ns), now_ns);
  if (!settings_.start_ns) FollowWallClock(pacer, now_ns);
  Batch& batch = publisher.NewBatch();
  pacer.Done(static_cast<std::int64_t>(generator_.Next(batch, settings_.batch)));
  if (!batch.ticks.empty()) publisher.Publish(batch);
}

void SyntheticConnection::FollowWallClock(const Pacer& pacer, std::int64_t now_ns) {
  const std::int64_t utc_ns = host_.clock().UtcNs();
  if (settings_.rate == 0) {
    generator_.MoveTo(utc_ns);
    return;
  }
  const std::int64_t due_ns = utc_ns - (now_ns - pacer.EventAt());
  if (due_ns > generator_.now_ns() + kToleratedOffsetNs) generator_.MoveTo(due_ns);
}

void SyntheticConnection::CountSkipped(std::int64_t events, std::int64_t now_ns) {
  if (events == 0) return;
  skipped_.Add(static_cast<std::uint64_t>(events));
  if (now_ns < warn_again_ns_) return;
  constexpr std::int64_t kMinuteNs = 60'000'000'000;
  warn_again_ns_ = now_ns + kMinuteNs;
  host_.log().Warning(
      fmt::format("a rate of {} per second was not kept: {} events late by over {} s are skipped",
                  settings_.rate, events, Pacer::kMaxLagNs / 1'000'000'000));
}

Pacer SyntheticConnection::NewPacer() const {
  return {settings_.rate, static_cast<std::int64_t>(settings_.batch), host_.clock().MonotonicNs()};
}

void SyntheticConnection::Subscribe(const std::vector<std::string>& tickers) {
  Enqueue(true, tickers);
}

void SyntheticConnection::Unsubscribe(const std::vector<std::string>& tickers) {
  Enqueue(false, tickers);
}

void SyntheticConnection::Enqueue(bool subscribe, const std::vector<std::string>& tickers) {
  {
    const std::lock_guard lock{mutex_};
    for (const std::string& ticker : tickers) {
      if (!ticker.empty()) changes_.push_back({subscribe, ticker});
    }
  }
  changed_.notify_one();
}

void SyntheticConnection::ApplyChanges(Publisher& publisher) {
  std::vector<Change> changes;
  {
    const std::lock_guard lock{mutex_};
    changes.swap(changes_);
  }
  std::vector<std::string> subscribed;
  for (const Change& change : changes) {
    const bool applied = change.ticker == kWildcard ? ApplyToAll(change.subscribe, publisher)
                                                    : ApplyToOne(change, publisher);
    if (applied && change.subscribe) subscribed.push_back(change.ticker);
  }
  if (!subscribed.empty()) publisher.Subscribed(subscribed);
}

bool SyntheticConnection::ApplyToAll(bool subscribe, Publisher& publisher) {
  wants_all_ = subscribe;
  for (const std::string& ticker : default_tickers_) {
    subscribe ? (void)Begin(ticker, publisher) : EndUnlessWanted(ticker);
  }
  return true;
}

bool SyntheticConnection::ApplyToOne(const Change& change, Publisher& publisher) {
  if (change.subscribe) {
    named_.insert(change.ticker);
    return Begin(change.ticker, publisher);
  }
  named_.erase(change.ticker);
  EndUnlessWanted(change.ticker);
  return true;
}

bool SyntheticConnection::Begin(const std::string& ticker, Publisher& publisher) {
  const SymbolId symbol = host_.symbols().Intern(ticker);
  if (symbol == kNoSymbol) {
    publisher.ReportError(fmt::format("'{}' gets no ticks: the symbol table is full", ticker));
    return false;
  }
  generator_.Add(symbol, ticker);
  return true;
}

void SyntheticConnection::EndUnlessWanted(const std::string& ticker) {
  const bool by_wildcard = wants_all_ && std::find(default_tickers_.begin(), default_tickers_.end(),
                                                   ticker) != default_tickers_.end();
  if (by_wildcard || named_.count(ticker) != 0) return;
  generator_.Remove(host_.symbols().Intern(ticker));
}

void SyntheticConnection::WaitForChange(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  changed_.wait(lock, stop, [this] { return !changes_.empty(); });
}

void SyntheticConnection::WaitForChange(const std::stop_token& stop, std::int64_t at_most_ns) {
  std::unique_lock lock{mutex_};
  changed_.wait_for(lock, stop, std::chrono::nanoseconds{at_most_ns},
                    [this] { return !changes_.empty(); });
}

}  // namespace feedmux::synthetic
