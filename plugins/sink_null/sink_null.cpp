// The smallest plugin: takes every tick and forgets it. For measuring what comes before a sink.
#include "feedmux/plugin.hpp"

namespace {

class NullSink final : public feedmux::Sink {
 public:
  NullSink(feedmux::Host&, const feedmux::Options&) {}
  void OnTicks(std::span<const feedmux::Tick>) override {}
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<NullSink>({"null", "1.0.0",
                                                  "Takes every tick and forgets it"}));
