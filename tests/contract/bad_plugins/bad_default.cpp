// The default of its option is none of the option's type.
#include "feedmux/plugin.hpp"

namespace {

constexpr feedmux::OptionSpec kOptions[] = {{.name = "size",
                                             .type = feedmux::OptionType::Integer,
                                             .default_value = "large",
                                             .description = "How much of nothing"}};

class BadDefault final : public feedmux::Sink {
 public:
  BadDefault(feedmux::Host&, const feedmux::Options&) {}
  void OnTicks(std::span<const feedmux::Tick>) override {}
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<BadDefault>({"bad_default", "1.0.0", "Mixes types up"},
                                                   kOptions));
