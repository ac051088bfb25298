#include "feedmux/plugin.hpp"

#include <gtest/gtest.h>

#include "feedmux/testing/fake_host.hpp"

namespace feedmux {
namespace {

constexpr OptionSpec kOptions[] = {{.name = "size", .description = "How much"}};

class AnySink final : public Sink {
 public:
  AnySink(Host&, const Options& options) {
    if (options.Has("size")) throw OptionError("size", "less");
  }
  void OnTicks(std::span<const Tick>) override {}
};

class AnyUniverse final : public UniverseResolver {
 public:
  AnyUniverse(Host&, const Options&) {}
  std::optional<std::vector<std::string>> Resolve(std::string_view) override { return {}; }
  std::vector<std::string> Keys() override { return {}; }
};

class AnySource final : public Source {
 public:
  AnySource(Host&, const Options&) {}
  std::unique_ptr<Connection> NewConnection(const ConnectionSpec&) override { return nullptr; }
};

TEST(DescribePlugin, FindsTheKindByTheInterface) {
  constexpr auto sink = DescribePlugin<AnySink>({"any", "1.0.0", "Any"}, kOptions);
  EXPECT_EQ(sink.kind, PluginKind::Sink);
  EXPECT_TRUE(sink.make_sink && !sink.make_source && !sink.make_universe);
  constexpr auto source = DescribePlugin<AnySource>({"any", "1.0.0", "Any"});
  EXPECT_EQ(source.kind, PluginKind::Source);
  EXPECT_TRUE(source.make_source && !source.make_sink && !source.make_universe);
  constexpr auto universe = DescribePlugin<AnyUniverse>({"any", "1.0.0", "Any"});
  EXPECT_EQ(universe.kind, PluginKind::Universe);
  EXPECT_TRUE(universe.make_universe && !universe.make_sink && !universe.make_source);
}

TEST(DescribePlugin, SaysWithWhatItWasBuilt) {
  constexpr auto descriptor = DescribePlugin<AnySink>({"any", "1.2.0", "Any sink"}, kOptions);
  EXPECT_EQ(descriptor.size, sizeof(PluginDescriptor));
  EXPECT_EQ(descriptor.tick_size, sizeof(Tick));
  EXPECT_EQ(descriptor.option_size, sizeof(OptionSpec));
  EXPECT_EQ(descriptor.api_major, kApiMajor);
  EXPECT_STREQ(descriptor.build_tag, FEEDMUX_BUILD_TAG);
  EXPECT_STREQ(descriptor.version, "1.2.0");
  EXPECT_EQ(descriptor.options, kOptions);
  EXPECT_EQ(descriptor.option_count, 1U);
}

TEST(DescribePlugin, MakesInstances) {
  constexpr auto descriptor = DescribePlugin<AnySink>({"any", "1.0.0", "Any"}, kOptions);
  testing::FakeHost host;
  Options options;
  EXPECT_NE(descriptor.make_sink(host, options), nullptr);
  options.Set("size", std::string{"more"});
  EXPECT_THROW(descriptor.make_sink(host, options), OptionError);
}

}  // namespace
}  // namespace feedmux
