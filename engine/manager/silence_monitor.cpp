#include "manager/silence_monitor.hpp"

#include <algorithm>  // max, min
#include <cmath>      // ldexp

#include "core/nanoseconds.hpp"

namespace feedmux {

namespace {

constexpr std::int64_t kPhaseGraceNs = 60 * kSecondNs;

// Seconds, all of these.
constexpr double kMinLimit = 5;
constexpr double kMinLimitOfYoung = 15;
constexpr double kMaxLimit = 45;
constexpr double kLongestStep = 5;
constexpr double kLongestSilentStep = 2;  // of a clock set forth by less than kLongestStep
constexpr double kConnectGrace = 10;
constexpr double kFirstGlance = 10;  // enough to believe less, or more with a doubt
constexpr double kWarmUp = 300;
constexpr double kExperienced = 1200;
constexpr double kHealthy = 60;
constexpr double kOutdated = 600;

constexpr double kIntervals = 30;
constexpr double kLongestSilences = 8;
constexpr double kLongestSilencesAtLeast = 4;
constexpr int kMaxDoublings = 4;
// How much slower the feed may be at another time of the day than where it was learned.
constexpr double kDoubt = 4;
// A smaller rest of the symbols may lack those that did the talking.
constexpr std::size_t kMinRest = 20;
constexpr double kMinRestShare = 0.5;

}  // namespace

void SilenceMonitor::OnConnected(std::int64_t now_ns, std::size_t symbol_count, bool wildcard) {
  const double away = static_cast<double>(now_ns - last_sample_ns_) / kSecondNs;
  last_sample_ns_ = now_ns;
  connected_ = true;
  heard_ = 0;
  grace_ = kConnectGrace;
  ForgetSilence();
  LookUpPhase(now_ns, false);
  if (away < 0 || away > kOutdated) Relearn(RateForLater());
  SetSymbols(symbol_count, wildcard);
}

void SilenceMonitor::SetSymbols(std::size_t symbol_count, bool wildcard) {
  if (symbol_count == symbol_count_ && wildcard == wildcard_) return;
  const bool was_subscribed = IsSubscribed();
  const bool less = wildcard_ ? !wildcard : !wildcard && symbol_count < symbol_count_;
  const double share = wildcard_ || symbol_count_ == 0
                           ? 0
                           : static_cast<double>(symbol_count) / static_cast<double>(symbol_count_);
  symbol_count_ = symbol_count;
  wildcard_ = wildcard;
  if (!was_subscribed) {
    ForgetSilence();
    heard_ = 0;
  }
  if (less && symbol_count >= kMinRest && share >= kMinRestShare) {
    Relearn(RateForLater() * share);
    if (regular_rate_) *regular_rate_ *= share;
  } else if (less || !was_subscribed) {
    regular_rate_.reset();
    Relearn(Prior());
  } else if (activity_.observed() == 0) {
    // What is added cannot make the feed slower, but may be quiet: only the prior grows.
    believed_rate_ = std::max(believed_rate_, Prior());
  }
}

void SilenceMonitor::OnSample(std::int64_t now_ns, std::uint64_t ticks_total) {
  // Whoever counts may have begun anew.
  const std::uint64_t ticks = ticks_total - (ticks_total < ticks_total_ ? 0 : ticks_total_);
  ticks_total_ = ticks_total;
  if (!connected_) return;
  const double step = static_cast<double>(now_ns - last_sample_ns_) / kSecondNs;
  const bool clock_was_set = step <= 0 || step > kLongestStep;
  last_sample_ns_ = now_ns;
  LookUpPhase(now_ns, clock_was_set);
  if (phase_ == Phase::Closed) return;
  if (ticks > 0) {
    OnTicks(clock_was_set ? 0 : step, ticks);
  } else if (!clock_was_set && !IsStale(now_ns)) {
    OnSilence(std::min(step, kLongestSilentStep));
  }
}

void SilenceMonitor::OnHeldUp(std::int64_t now_ns, std::uint64_t ticks_total) {
  ticks_total_ = ticks_total;
  if (!connected_) return;
  const double step = static_cast<double>(now_ns - last_sample_ns_) / kSecondNs;
  last_sample_ns_ = now_ns;
  LookUpPhase(now_ns, step <= 0 || step > kLongestStep);
  ForgetSilence();
}

void SilenceMonitor::OnLost(std::int64_t now_ns) {
  if (IsStale(now_ns)) ++stale_sessions_;
  connected_ = false;
  last_sample_ns_ = now_ns;
}

std::optional<std::chrono::milliseconds> SilenceMonitor::Limit(std::int64_t now_ns) const {
  if (!connected_ || !IsSubscribed() || grace_ > 0 || !IsSettled(now_ns)) return std::nullopt;
  const double rate = ExpectedRate();
  const double longest = activity_.longest_silence();
  if (rate * kMaxLimit < kIntervals || longest * kLongestSilencesAtLeast > kMaxLimit) {
    return std::nullopt;
  }
  const double least = activity_.observed() < kExperienced ? kMinLimitOfYoung : kMinLimit;
  const double limit = std::max({kIntervals / rate, kLongestSilences * longest,
                                 std::ldexp(least, std::min(stale_sessions_, kMaxDoublings))});
  return std::chrono::milliseconds{static_cast<std::int64_t>(1000 * std::min(limit, kMaxLimit))};
}

bool SilenceMonitor::IsStale(std::int64_t now_ns) const {
  const std::optional<std::chrono::milliseconds> limit = Limit(now_ns);
  return limit && std::chrono::duration<double>{silence_} >= *limit;
}

void SilenceMonitor::LookUpPhase(std::int64_t now_ns, bool clock_was_set) {
  if (phase_ && phase_begin_ns_ <= now_ns && now_ns < phase_end_ns_) return;
  const Phase phase = PhaseAt(calendar_, now_ns);
  const std::int64_t before_ns = now_ns - kPhaseGraceNs;
  const bool is_new = PhaseAt(calendar_, before_ns) != phase;
  phase_begin_ns_ = is_new ? NextChange(calendar_, before_ns) : before_ns;
  phase_end_ns_ = NextChange(calendar_, now_ns);
  if (phase != phase_) EnterPhase(phase, clock_was_set);
}

void SilenceMonitor::EnterPhase(Phase phase, bool clock_was_set) {
  if (phase_ == Phase::Regular && activity_.observed() >= kWarmUp) regular_rate_ = RateForLater();
  phase_ = phase;
  ForgetSilence();
  // Where a clock that is set leads to may be the wrong phase: only ticks tell.
  const bool knows = phase == Phase::Regular && !clock_was_set;
  Relearn(knows ? regular_rate_.value_or(Prior()) : 0);
}

void SilenceMonitor::OnTicks(double step, std::uint64_t ticks) {
  // The time to the first tick is the vendor's, unless one session after the other is silent.
  const bool learn_silence = heard_ > 0 || stale_sessions_ > 0;
  if (silence_ > 0 && learn_silence) activity_.AddSilence(silence_, silent_samples_);
  if (step > 0) activity_.AddActivity(step, ticks);
  grace_ = std::max(0.0, grace_ - step);
  heard_ += step + silence_;
  if (heard_ >= kHealthy) stale_sessions_ = 0;
  ForgetSilence();
}

void SilenceMonitor::OnSilence(double step) {
  grace_ = std::max(0.0, grace_ - step);
  silence_ += step;
  ++silent_samples_;
}

void SilenceMonitor::ForgetSilence() {
  silence_ = 0;
  silent_samples_ = 0;
}

void SilenceMonitor::Relearn(double believed_rate) {
  activity_ = {};
  believed_rate_ = believed_rate;
}

bool SilenceMonitor::IsSettled(std::int64_t now_ns) const {
  return phase_ != Phase::Closed && now_ns - phase_begin_ns_ >= kPhaseGraceNs &&
         now_ns < phase_end_ns_;
}

double SilenceMonitor::Prior() const {
  if (phase_ != Phase::Regular) return 0;
  return wildcard_ ? prior_.wildcard : static_cast<double>(symbol_count_) * prior_.per_symbol;
}

double SilenceMonitor::RateForLater() const {
  return activity_.observed() >= kWarmUp ? activity_.rate() / kDoubt : ExpectedRate();
}

double SilenceMonitor::ExpectedRate() const {
  if (activity_.observed() >= kWarmUp) return activity_.rate();
  if (activity_.observed() < kFirstGlance) return believed_rate_;
  return std::max(std::min(believed_rate_, activity_.rate()), activity_.rate() / kDoubt);
}

}  // namespace feedmux
