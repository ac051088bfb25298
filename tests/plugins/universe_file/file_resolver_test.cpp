#include "file_resolver.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <stdexcept>

#include "feedmux/errors.hpp"
#include "resolver_fixture.hpp"

namespace feedmux::universe_file {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;

constexpr std::string_view kLists = R"(
market_leaders:
  top_2: [AAPL, MSFT]
  top_3: [AAPL, MSFT, NVDA]
dow: [AAPL, IBM]
)";

TEST(FileResolver, FindsAListOfAGroup) {
  ResolverFixture fixture{"u.yaml", kLists};
  EXPECT_THAT(fixture.resolver.Resolve("market_leaders:top_2"),
              Optional(ElementsAre("AAPL", "MSFT")));
}

TEST(FileResolver, KnowsNothingOfAnUnknownKey) {
  ResolverFixture fixture{"u.yaml", kLists};
  EXPECT_EQ(fixture.resolver.Resolve("market_leaders:top_9"), std::nullopt);
  EXPECT_EQ(fixture.resolver.Resolve("market_leaders"), std::nullopt);
  EXPECT_EQ(fixture.resolver.Resolve(""), std::nullopt);
}

TEST(FileResolver, KnowsNothingOfAUnionOfUnknownKeys) {
  ResolverFixture fixture{"u.yaml", kLists};
  EXPECT_EQ(fixture.resolver.Resolve("these+those"), std::nullopt);
  EXPECT_EQ(fixture.resolver.Resolve("+"), std::nullopt);
}

TEST(FileResolver, JoinsAUnionInOrderEachSymbolOnce) {
  ResolverFixture fixture{"u.yaml", kLists};
  EXPECT_THAT(fixture.resolver.Resolve(" dow  +\tmarket_leaders:top_3 "),
              Optional(ElementsAre("AAPL", "IBM", "MSFT", "NVDA")));
}

TEST(FileResolver, NamesTheUnknownPartOfAUnionAndItsNearestKeys) {
  ResolverFixture fixture{"u.yaml", kLists};
  try {
    fixture.resolver.Resolve("dow + market_leaders:top_5");
    FAIL() << "no error";
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("no universe \"market_leaders:top_5\""),
                                    HasSubstr("nearest: market_leaders:top_2")));
  }
}

TEST(FileResolver, RefusesAUnionWithAnEmptyPart) {
  ResolverFixture fixture{"u.yaml", kLists};
  EXPECT_THROW(fixture.resolver.Resolve("dow+"), std::invalid_argument);
}

TEST(FileResolver, ListsItsKeysInTheFilesOrder) {
  ResolverFixture fixture{"u.yaml", kLists};
  EXPECT_THAT(fixture.resolver.Keys(),
              ElementsAre("market_leaders:top_2", "market_leaders:top_3", "dow"));
}

TEST(FileResolver, ReadsAFileAgainWhenItHasChanged) {
  ResolverFixture fixture{"u.yaml", "dow: [AAPL]"};
  EXPECT_THAT(fixture.resolver.Resolve("dow"), Optional(ElementsAre("AAPL")));
  fixture.file.Write("dow: [AAPL, IBM]");
  EXPECT_THAT(fixture.resolver.Resolve("dow"), Optional(ElementsAre("AAPL", "IBM")));
}

TEST(FileResolver, SeesAChangeThatKeepsTheSize) {
  ResolverFixture fixture{"u.yaml", "dow: [AAPL]"};
  EXPECT_THAT(fixture.resolver.Resolve("dow"), Optional(ElementsAre("AAPL")));
  fixture.file.Write("dow: [MSFT]");
  const auto later =
      std::filesystem::last_write_time(fixture.file.path()) + std::chrono::seconds{5};
  std::filesystem::last_write_time(fixture.file.path(), later);
  EXPECT_THAT(fixture.resolver.Resolve("dow"), Optional(ElementsAre("MSFT")));
}

TEST(FileResolver, DoesNotServeOldListsOfAFileThatBroke) {
  ResolverFixture fixture{"u.yaml", "dow: [AAPL]"};
  EXPECT_THAT(fixture.resolver.Resolve("dow"), Optional(ElementsAre("AAPL")));
  fixture.file.Write("dow: [AAPL");
  EXPECT_THROW(fixture.resolver.Resolve("dow"), FileError);
  EXPECT_THROW(fixture.resolver.Resolve("dow"), FileError);
  fixture.file.Write("dow: [AAPL, KO]");
  EXPECT_THAT(fixture.resolver.Resolve("dow"), Optional(ElementsAre("AAPL", "KO")));
}

TEST(FileResolver, ConstructsWithoutTheFile) {
  testing::FakeHost host;
  FileResolver resolver{host, ResolverFixture::MakeOptions("/nowhere/lists.yaml", "auto")};
  try {
    resolver.Resolve("dow");
    FAIL() << "no error";
  } catch (const FileError& error) {
    EXPECT_STREQ(error.what(), "/nowhere/lists.yaml: No such file or directory");
  }
}

TEST(FileResolver, RefusesAFolder) {
  testing::FakeHost host;
  FileResolver resolver{host, ResolverFixture::MakeOptions("/", "auto")};
  EXPECT_THROW(resolver.Keys(), FileError);
}

TEST(FileResolver, RefusesAnEmptyPath) {
  testing::FakeHost host;
  try {
    FileResolver{host, ResolverFixture::MakeOptions("", "auto")};
    FAIL() << "no error";
  } catch (const OptionError& error) {
    EXPECT_EQ(error.option(), "path");
  }
}

TEST(FileResolver, LogsDuplicatesForDebuggingOnly) {
  ResolverFixture fixture{"u.yaml", "dow: [AAPL, IBM, AAPL]"};
  EXPECT_THAT(fixture.resolver.Resolve("dow"), Optional(ElementsAre("AAPL", "IBM")));
  EXPECT_TRUE(fixture.host.log().Contains("lists more than once: AAPL"));
  EXPECT_THAT(fixture.host.log().UnexpectedLines(), ElementsAre());
}

TEST(FileResolver, WarnsOfAnEmptyList) {
  ResolverFixture fixture{"u.yaml", "dow: []"};
  EXPECT_THAT(fixture.resolver.Resolve("dow"), Optional(ElementsAre()));
  EXPECT_THAT(fixture.host.log().UnexpectedLines(), ElementsAre(HasSubstr("\"dow\"")));
}

TEST(FileResolver, ResolvesOffline) {
  ResolverFixture fixture{"u.yaml", kLists};
  EXPECT_TRUE(fixture.resolver.ResolvesOffline());
}

}  // namespace
}  // namespace feedmux::universe_file
