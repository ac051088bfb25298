#include "folder_resolver.hpp"

#include <gtest/gtest.h>

#include "feedmux/testing/fake_host.hpp"
#include "feedmux/testing/make_options.hpp"

namespace {

TEST(FolderResolver, TakesEachSymbolOnce) {
  const std::filesystem::path path = ::testing::TempDir() + "folder_resolver_test";
  std::filesystem::create_directories(path);
  std::ofstream{path / "tech.txt"} << "AAPL\nMSFT\nAAPL\n";
  feedmux::testing::FakeHost host;
  folder::FolderResolver resolver{
      host, feedmux::testing::MakeOptions(folder::kOptions, {{"path", path.string()}})};

  EXPECT_EQ(resolver.Resolve("tech"), (std::vector<std::string>{"AAPL", "MSFT"}));
  EXPECT_EQ(resolver.Resolve("no_such_list"), std::nullopt);
  EXPECT_EQ(resolver.Resolve("../tech"), std::nullopt);
  EXPECT_EQ(resolver.Keys(), std::vector<std::string>{"tech"});
}

}  // namespace
