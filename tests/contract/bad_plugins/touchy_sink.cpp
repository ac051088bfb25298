// Refuses an option's value with an exception that does not name the option.
#include <stdexcept>

#include "feedmux/plugin.hpp"

namespace {

constexpr feedmux::OptionSpec kOptions[] = {
    {.name = "channel", .default_value = "ticks", .description = "Where nothing is written"}};

class TouchySink final : public feedmux::Sink {
 public:
  TouchySink(feedmux::Host&, const feedmux::Options& options) {
    if (options.String("channel").empty()) throw std::runtime_error("no channel");
  }
  void OnTicks(std::span<const feedmux::Tick>) override {}
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<TouchySink>({"touchy", "1.0.0", "Is easily upset"},
                                                   kOptions));
