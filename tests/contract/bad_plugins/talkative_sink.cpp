// Exports a second symbol.
#include "feedmux/plugin.hpp"

extern "C" __attribute__((visibility("default"))) int talkative_sink_helper() { return 1; }

namespace {

class TalkativeSink final : public feedmux::Sink {
 public:
  TalkativeSink(feedmux::Host&, const feedmux::Options&) {}
  void OnTicks(std::span<const feedmux::Tick>) override {}
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<TalkativeSink>({"talkative", "1.0.0", "Exports too much"}));
