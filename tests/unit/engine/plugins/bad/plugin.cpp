// A good sink plugin, then spoilt by the statement FEEDMUX_TEST_SPOIL that CMake gives.
#include "feedmux/plugin.hpp"

namespace feedmux {
namespace {

class TestSink final : public Sink {
 public:
  TestSink(Host&, const Options&) {}
  void OnTicks(std::span<const Tick>) override {}
};

[[maybe_unused]] std::unique_ptr<Source> MakeNoSource(Host&, const Options&) { return nullptr; }

constexpr OptionSpec kOptions[] = {{.name = "level", .description = "How loud"}};
[[maybe_unused]] constexpr OptionSpec kNameless[] = {kOptions[0], {.description = "Of what?"}};
[[maybe_unused]] constexpr OptionSpec kUndescribed[] = {{.name = "level"}};
[[maybe_unused]] constexpr OptionSpec kChoiceless[] = {
    {.name = "level", .type = OptionType::Choice, .description = "How loud"}};
[[maybe_unused]] constexpr OptionSpec kRepeated[] = {kOptions[0], kOptions[0]};

constexpr PluginDescriptor Spoilt() {
  PluginDescriptor plugin =
      DescribePlugin<TestSink>({"test", "1.2.3", "Takes ticks and forgets them"}, kOptions);
  FEEDMUX_TEST_SPOIL;
  return plugin;
}

}  // namespace
}  // namespace feedmux

FEEDMUX_PLUGIN(feedmux::Spoilt());
