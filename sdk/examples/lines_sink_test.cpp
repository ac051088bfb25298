#include "lines_sink.hpp"

#include <gtest/gtest.h>

#include <filesystem>  // path, remove
#include <iterator>    // istreambuf_iterator

#include "feedmux/testing/fake_host.hpp"
#include "feedmux/testing/make_options.hpp"

namespace {

using feedmux::testing::FakeHost;
using feedmux::testing::MakeOptions;

feedmux::Tick Trade(FakeHost& host, const char* symbol, double price) {
  feedmux::Tick tick;
  tick.kind = feedmux::Kind::Trade;
  tick.symbol = host.symbols().Intern(symbol);
  tick.price = price;
  return tick;
}

TEST(LinesSink, WritesOneLineATick) {
  const std::filesystem::path path = ::testing::TempDir() + "lines_sink_test.txt";
  std::filesystem::remove(path);
  FakeHost host;
  lines::LinesSink sink{host, MakeOptions(lines::kOptions, {{"path", path.string()}})};
  const feedmux::Tick ticks[] = {Trade(host, "AAPL", 187.5), Trade(host, "MSFT", 402)};
  sink.Start();
  sink.OnTicks(ticks);

  std::ifstream file{path};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  EXPECT_EQ(text, "trade AAPL 187.5\ntrade MSFT 402\n");
  EXPECT_TRUE(host.log().UnexpectedLines().empty());
}

TEST(LinesSink, IsUnavailableWhileTheDiskIsFull) {
  FakeHost host;
  lines::LinesSink sink{host, MakeOptions(lines::kOptions, {{"path", "/dev/full"}})};
  const feedmux::Tick ticks[] = {Trade(host, "AAPL", 187.5)};
  sink.Start();
  EXPECT_THROW(sink.OnTicks(ticks), feedmux::SinkUnavailable);
  EXPECT_THROW(sink.OnTicks(ticks), feedmux::SinkUnavailable);
}

}  // namespace
