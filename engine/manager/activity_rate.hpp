#pragma once

#include <cstdint>  // uint64_t

namespace feedmux {

/// How often a feed speaks, from samples of how much came. It forgets with a time constant of five
/// minutes. All times are seconds.
class ActivityRate {
 public:
  /// Nothing came in `samples` samples that took `length` together, and then something did.
  void AddSilence(double length, int samples);
  /// So many ticks came within a sample of this length.
  void AddActivity(double length, std::uint64_t ticks);

  /// Events per second, the lower of two estimates: ticks in all, which is right for a feed that is
  /// regular; and what follows from the share of empty samples as if events came independently, so
  /// that a burst of a thousand ticks is one event. The latter never exceeds 6.5, for lack of empty
  /// samples. 0 if nothing is known.
  double rate() const;
  /// The longest silence; an older one counts less, by a time constant of an hour.
  double longest_silence() const { return longest_silence_; }
  /// How long it has been observed.
  double observed() const { return observed_; }

 private:
  void Forget(double length);

  // Sums over the samples, decayed.
  double length_ = 0;
  double samples_ = 0;
  double active_ = 0;  // samples
  double ticks_ = 0;

  double longest_silence_ = 0;
  double observed_ = 0;
};

}  // namespace feedmux
