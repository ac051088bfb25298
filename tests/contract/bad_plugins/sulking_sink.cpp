// Throws when it is stopped, as its option says.
#include <stdexcept>

#include "feedmux/errors.hpp"
#include "feedmux/plugin.hpp"

namespace {

constexpr feedmux::OptionSpec kOptions[] = {{.name = "unavailable",
                                             .type = feedmux::OptionType::Boolean,
                                             .default_value = "false",
                                             .description = "Says that its target is away"}};

class SulkingSink final : public feedmux::Sink {
 public:
  SulkingSink(feedmux::Host&, const feedmux::Options& options)
      : unavailable_(options.Boolean("unavailable")) {}
  void OnTicks(std::span<const feedmux::Tick>) override {}
  void Stop() override {
    if (unavailable_) throw feedmux::SinkUnavailable("the target is away");
    throw std::runtime_error("a bug");
  }

 private:
  const bool unavailable_;
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<SulkingSink>({"sulking", "1.0.0", "Does not like to stop"},
                                                    kOptions));
