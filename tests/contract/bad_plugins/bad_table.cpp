// Its option is not described.
#include "feedmux/plugin.hpp"

namespace {

constexpr feedmux::OptionSpec kOptions[] = {{.name = "size", .default_value = "large"}};

class BadTable final : public feedmux::Sink {
 public:
  BadTable(feedmux::Host&, const feedmux::Options&) {}
  void OnTicks(std::span<const feedmux::Tick>) override {}
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<BadTable>({"bad_table", "1.0.0", "Says too little"},
                                                 kOptions));
