#pragma once

#include <cstdint>  // fixed-width integers

namespace feedmux::synthetic {

/// Says when events are due that come at an even rate, in groups. Event n (from 0) is due n / rate
/// seconds after the start, however late the ones before it were: the average rate has no drift.
///
/// What is late is made up for, up to `kMaxLagNs`; beyond that it is skipped, so that a machine
/// that slept does not pour hours into the queues.
class Pacer {
 public:
  static constexpr std::int64_t kMaxLagNs = 5'000'000'000;

  /// `rate` per second; 0: always due. `group` is at least 1. Times are monotonic.
  Pacer(std::int64_t rate, std::int64_t group, std::int64_t now_ns)
      : rate_(rate), group_(group), start_ns_(now_ns) {}

  /// When the whole next group is due.
  std::int64_t NextAt() const { return rate_ == 0 ? start_ns_ : DueAt(done_ + group_ - 1); }

  /// When the next event is due: it has this time whenever it is made.
  std::int64_t EventAt() const { return rate_ == 0 ? start_ns_ : DueAt(done_); }

  void Done(std::int64_t events) { done_ += events; }

  /// Skips what is too late at `now_ns`, and returns how many events that are.
  std::int64_t SkipTooLate(std::int64_t now_ns) {
    if (rate_ == 0 || EventAt() + kMaxLagNs >= now_ns) return 0;
    const std::int64_t late_ns = now_ns - kMaxLagNs - start_ns_;
    const std::int64_t due = late_ns / kSecond * rate_ + late_ns % kSecond * rate_ / kSecond;
    const std::int64_t skipped = due - done_;
    done_ = due;
    return skipped;
  }

 private:
  static constexpr std::int64_t kSecond = 1'000'000'000;

  /// Rounded up, so that an event is never early.
  std::int64_t DueAt(std::int64_t event) const {
    return start_ns_ + event / rate_ * kSecond + (event % rate_ * kSecond + rate_ - 1) / rate_;
  }

  std::int64_t rate_;
  std::int64_t group_;
  std::int64_t start_ns_;
  std::int64_t done_ = 0;
};

}  // namespace feedmux::synthetic
