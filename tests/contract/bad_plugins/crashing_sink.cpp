// Takes for granted that every tick has a raw event.
#include "feedmux/plugin.hpp"

namespace {

class CrashingSink final : public feedmux::Sink {
 public:
  CrashingSink(feedmux::Host&, const feedmux::Options&) {}
  void OnTicks(std::span<const feedmux::Tick> ticks) override {
    for (const feedmux::Tick& tick : ticks) last_ = *tick.raw_data;
  }

 private:
  volatile char last_ = 0;
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<CrashingSink>({"crashing", "1.0.0", "Crashes"}));
