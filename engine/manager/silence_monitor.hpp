#pragma once

#include <chrono>    // milliseconds
#include <cstddef>   // size_t
#include <cstdint>   // int64_t, uint64_t
#include <optional>  // optional

#include "feedmux/market_calendar.hpp"
#include "manager/activity_rate.hpp"

namespace feedmux {

/// How often a feed speaks of which nothing is known yet, while its market is in regular session:
/// seconds with ticks, per second. A guess on the quiet side; zeros for feeds that speak by the
/// minute, such as minute bars alone.
struct SilencePrior {
  double per_symbol = 0.002;  ///< about fifty a session
  double wildcard = 20;
};

/// Tells when a connected connection has been silent for longer than is plausible. No thread and no
/// clock of its own: what it says depends on the calls alone. All of them from one thread.
///
/// It learns how often the feed speaks from the feed itself, anew in each phase of the market, over
/// five minutes; after ten seconds it believes a quarter of it. Before that, in the regular
/// session, it believes a quarter of what it learned in the session before, else the prior. Silence
/// is tolerated for the longest of
///  - 30 mean intervals: if events came independently, a silence that long would have a chance of
///    exp(-30). The margin is for arrivals that cluster and for a rate that falls faster than the
///    average follows;
///  - 8 times the longest silence that the feed lately broke by itself: good for gaps whose
///    distribution falls as fast as the fourth power, which is much slower than exponentially;
///  - 5 s, 15 s in the first 20 minutes of learning; doubled for each stale session in a row, as
///    the feed may have become quiet for good.
/// It is 45 s at most. Silence proves nothing if 30 intervals or 4 times that longest silence are
/// more, in the first minute of a phase, and while the market is closed. What it cannot foresee is
/// a feed that all at once speaks twenty times less often, early in a phase.
class SilenceMonitor {
 public:
  explicit SilenceMonitor(Calendar calendar, const SilencePrior& prior = {})
      : calendar_(calendar), prior_(prior) {}

  /// A session begins, subscribed to this. What was learned in earlier ones is kept, so that a
  /// reconnected but mute session is found as well.
  void OnConnected(std::int64_t now_ns, std::size_t symbol_count, bool wildcard);

  /// Tell a removal before an addition: the count does not show a swap.
  void SetSymbols(std::size_t symbol_count, bool wildcard);

  /// To be called about once a second. `ticks_total`: of the connection, over all sessions.
  /// Silence is the sum of the steps of `now_ns` over samples without ticks. A step that is not
  /// positive or longer than 5 s counts nothing: the clock was set, or the process stood still.
  void OnSample(std::int64_t now_ns, std::uint64_t ticks_total);

  /// In place of OnSample where the connection could not read: that is neither silence nor speech.
  void OnHeldUp(std::int64_t now_ns, std::uint64_t ticks_total);

  /// The session has ended, for whatever reason.
  void OnLost(std::int64_t now_ns);

  /// How long silence is tolerated at this moment; nullopt: silence proves nothing.
  std::optional<std::chrono::milliseconds> Limit(std::int64_t now_ns) const;

  bool IsStale(std::int64_t now_ns) const;

 private:
  void LookUpPhase(std::int64_t now_ns, bool clock_was_set);
  void EnterPhase(Phase phase, bool clock_was_set);
  void OnTicks(double step, std::uint64_t ticks);
  void OnSilence(double step);
  void ForgetSilence();
  void Relearn(double believed_rate);
  bool IsSubscribed() const { return wildcard_ || symbol_count_ > 0; }
  bool IsSettled(std::int64_t now_ns) const;
  double Prior() const;
  double RateForLater() const;
  double ExpectedRate() const;

  const Calendar calendar_;
  const SilencePrior prior_;

  std::size_t symbol_count_ = 0;
  bool wildcard_ = false;
  std::int64_t last_sample_ns_ = 0;
  std::uint64_t ticks_total_ = 0;

  // This session. Times are seconds.
  bool connected_ = false;
  double grace_ = 0;  // left for the answer to the subscription
  double heard_ = 0;  // for how long the feed has been speaking
  // The silence that lasts. It is learned only once a tick ends it, as it may be an outage.
  double silence_ = 0;
  int silent_samples_ = 0;

  int stale_sessions_ = 0;  // in a row
  // phase_ holds from phase_begin_ns_, or from earlier on, to phase_end_ns_.
  std::optional<Phase> phase_;
  std::int64_t phase_begin_ns_ = 0;
  std::int64_t phase_end_ns_ = 0;

  ActivityRate activity_;               // in this phase
  double believed_rate_ = 0;            // until activity_ is worth more
  std::optional<double> regular_rate_;  // to believe when the next regular session begins
};

}  // namespace feedmux
