#include "manager/activity_rate.hpp"

#include <algorithm>  // max, min
#include <cmath>      // exp, log

namespace feedmux {

namespace {

constexpr double kRateMemory = 300;
constexpr double kSilenceMemory = 3600;

}  // namespace

void ActivityRate::AddSilence(double length, int samples) {
  Forget(length);
  length_ += length;
  samples_ += samples;
  longest_silence_ = std::max(longest_silence_, length);
}

void ActivityRate::AddActivity(double length, std::uint64_t ticks) {
  Forget(length);
  length_ += length;
  samples_ += 1;
  active_ += 1;
  ticks_ += static_cast<double>(ticks);
}

double ActivityRate::rate() const {
  if (active_ == 0) return 0;
  const double empty = std::max(samples_ - active_, 0.5);
  const double independent = std::log(std::max(samples_ / empty, 1.0)) * samples_ / length_;
  return std::min(independent, ticks_ / length_);
}

void ActivityRate::Forget(double length) {
  const double kept = std::exp(-length / kRateMemory);
  length_ *= kept;
  samples_ *= kept;
  active_ *= kept;
  ticks_ *= kept;
  longest_silence_ *= std::exp(-length / kSilenceMemory);
  observed_ += length;
}

}  // namespace feedmux
