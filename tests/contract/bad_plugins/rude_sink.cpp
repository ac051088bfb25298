// Throws the wrong exception when its target is away.
#include <stdexcept>

#include "feedmux/plugin.hpp"

namespace {

constexpr feedmux::OptionSpec kOptions[] = {
    {.name = "target", .required = true, .description = "host:port of nothing in particular"}};

class RudeSink final : public feedmux::Sink {
 public:
  RudeSink(feedmux::Host&, const feedmux::Options&) {}
  void Start() override { throw std::runtime_error("connection refused"); }
  void OnTicks(std::span<const feedmux::Tick>) override {}
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<RudeSink>({"rude", "1.0.0", "Is not to be reached"},
                                                 kOptions));
