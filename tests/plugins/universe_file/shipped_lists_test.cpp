#include <gmock/gmock.h>

#include <algorithm>
#include <regex>
#include <set>

#include "feedmux/testing/fake_host.hpp"
#include "resolver_fixture.hpp"

namespace feedmux::universe_file {
namespace {

using ::testing::Contains;
using ::testing::IsSubsetOf;
using ::testing::SizeIs;

class ShippedLists : public ::testing::Test {
 protected:
  List Resolve(const std::string& key) {
    auto symbols = resolver_.Resolve(key);
    if (!symbols) ADD_FAILURE() << "no universe " << key;
    return symbols.value_or(List{});
  }

  testing::FakeHost host_;
  FileResolver resolver_{host_, ResolverFixture::MakeOptions(FEEDMUX_UNIVERSES_YAML, "auto")};
};

TEST_F(ShippedLists, HaveAsManySymbolsAsTheirNamesSay) {
  EXPECT_THAT(Resolve("market_leaders:top_10"), SizeIs(10));
  EXPECT_THAT(Resolve("market_leaders:top_50"), SizeIs(50));
  EXPECT_THAT(Resolve("market_leaders:top_100"), SizeIs(100));
  EXPECT_THAT(Resolve("market_leaders:top_500"), SizeIs(500));
  EXPECT_THAT(Resolve("dow30"), SizeIs(30));
  EXPECT_THAT(Resolve("nasdaq100"), SizeIs(101));
  EXPECT_THAT(Resolve("sp500"), SizeIs(503));
  EXPECT_THAT(Resolve("etf:sectors"), SizeIs(11));
}

TEST_F(ShippedLists, BeginWithTheSmallerLists) {
  const List whole = Resolve("market_leaders:top_500");
  for (const std::string key : {"top_10", "top_50", "top_100"}) {
    const List part = Resolve("market_leaders:" + key);
    EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin())) << key;
  }
  EXPECT_THAT(whole, IsSubsetOf(Resolve("sp500")));
}

TEST_F(ShippedLists, HaveEverySectorFromMembersOfTheIndex) {
  int sectors = 0;
  std::set<std::string> seen;
  for (const std::string& key : resolver_.Keys()) {
    if (key.rfind("sector:", 0) != 0) continue;
    ++sectors;
    const List symbols = Resolve(key);
    EXPECT_GE(symbols.size(), 20U) << key;
    EXPECT_THAT(symbols, IsSubsetOf(Resolve("sp500"))) << key;
    for (const std::string& symbol : symbols) EXPECT_TRUE(seen.insert(symbol).second) << symbol;
  }
  EXPECT_EQ(sectors, 11);
}

TEST_F(ShippedLists, HoldOnlySymbolsEachOnce) {
  const std::regex symbol{"[A-Z]{1,5}(\\.[A-Z])?"};
  for (const std::string& key : resolver_.Keys()) {
    for (const std::string& text : Resolve(key)) {
      EXPECT_TRUE(std::regex_match(text, symbol)) << key << ": " << text;
    }
  }
  EXPECT_FALSE(host_.log().Contains("more than once"));
  EXPECT_TRUE(host_.log().UnexpectedLines().empty());
}

TEST_F(ShippedLists, KeepTheTickerThatLooksLikeABoolean) {
  EXPECT_THAT(Resolve("market_leaders:top_500"), Contains("ON"));
}

}  // namespace
}  // namespace feedmux::universe_file
