#include "universe_massive/ticker_cache.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "feedmux/testing/fake_host.hpp"
#include "full_disk.hpp"
#include "temp_folder.hpp"

namespace feedmux::universe_massive {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const TickerQuery kStocks{"stocks", "CS", "XNYS"};
constexpr const char* kCacheFile = "massive-stocks-CS-XNYS.json";
constexpr const char* kServer = "https://api.massive.com:443";

class MassiveCache : public ::testing::Test {
 protected:
  TickerCache Cache(const std::string& server = kServer) { return {folder_.path(), server, log_}; }

  /// Why the file is not used, for a file of this content.
  std::vector<std::string> WarningsAbout(const std::string& content) {
    folder_.Write(kCacheFile, content);
    testing::FakeLog log;
    EXPECT_FALSE((TickerCache{folder_.path(), kServer, log}.Find(kStocks))) << content;
    return log.UnexpectedLines();
  }

  testing::TempFolder folder_;
  testing::FakeLog log_;
};

TEST_F(MassiveCache, IsEmptyAtFirst) {
  EXPECT_FALSE(Cache().Find(kStocks));
  EXPECT_THAT(log_.UnexpectedLines(), ElementsAre());
}

TEST_F(MassiveCache, KeepsAnAnswerForTheNextProcess) {
  Cache().Store(kStocks, {{"IBM", "AAPL"}, 17});
  const auto found = Cache().Find(kStocks);
  ASSERT_TRUE(found);
  EXPECT_THAT(found->symbols, ElementsAre("IBM", "AAPL"));
  EXPECT_EQ(found->fetched_ns, 17);
}

TEST_F(MassiveCache, KeepsAnswersToDifferentQueriesApart) {
  Cache().Store(kStocks, {{"IBM"}, 17});
  EXPECT_FALSE(Cache().Find({"stocks", "CS", ""}));
}

TEST_F(MassiveCache, WithoutAFolderKeepsAnswersInMemory) {
  TickerCache cache{"", kServer, log_};
  cache.Store(kStocks, {{"IBM"}, 17});
  EXPECT_THAT(cache.Find(kStocks)->symbols, ElementsAre("IBM"));
}

TEST_F(MassiveCache, SeesTheNewerAnswerOfAnotherProcess) {
  TickerCache cache = Cache();
  cache.Store(kStocks, {{"IBM"}, 17});
  Cache().Store(kStocks, {{"AAPL"}, 18});
  EXPECT_THAT(cache.Find(kStocks)->symbols, ElementsAre("AAPL"));
}

TEST_F(MassiveCache, LeavesNothingButTheFile) {
  TickerCache cache = Cache();
  for (int i = 0; i < 3; ++i) cache.Store(kStocks, {{"IBM"}, i});
  EXPECT_THAT(folder_.Files(), ElementsAre(kCacheFile));
}

TEST_F(MassiveCache, MakesItsFolder) {
  TickerCache cache{folder_.path() / "a" / "b", kServer, log_};
  cache.Store(kStocks, {{"IBM"}, 17});
  EXPECT_THAT(folder_.Files("a/b"), ElementsAre(kCacheFile));
}

TEST_F(MassiveCache, DoesNotUseTheAnswerOfAnotherServer) {
  Cache("https://test.example:443").Store(kStocks, {{"IBM"}, 17});
  EXPECT_FALSE(Cache().Find(kStocks));
  EXPECT_TRUE(log_.Contains("another server"));
}

TEST_F(MassiveCache, ReportsAFileThatIsNoCache) {
  for (const char* content : {"", "{", "[]", "17", "{}", "\xff",
                              R"({"server": "https://api.massive.com:443",
                                  "universe": "stocks/CS/XNYS", "symbols": [1], "fetched_ns": 1})",
                              R"({"server": "https://api.massive.com:443",
                                  "universe": "stocks/CS/XNYS", "symbols": ["A"]})"}) {
    EXPECT_THAT(WarningsAbout(content),
                ElementsAre(HasSubstr("is no cache of symbols, and is not used")))
        << content;
  }
}

TEST_F(MassiveCache, ReportsAFileThatWasCutOff) {
  Cache().Store(kStocks, {{"IBM", "AAPL"}, 17});
  const std::string whole = folder_.Read(kCacheFile);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_THAT(WarningsAbout(whole.substr(0, size)), ElementsAre(HasSubstr(kCacheFile))) << size;
  }
}

TEST_F(MassiveCache, ReportsSymbolsThatCannotBeSome) {
  EXPECT_THAT(WarningsAbout(R"({"server": "https://api.massive.com:443",
                  "universe": "stocks/CS/XNYS", "symbols": ["A B"], "fetched_ns": 1})"),
              ElementsAre(HasSubstr("expected a symbol")));
  EXPECT_THAT(WarningsAbout(R"({"server": "https://api.massive.com:443",
                  "universe": "stocks/CS/XNYS", "symbols": [], "fetched_ns": 1})"),
              ElementsAre(HasSubstr("no symbols in it")));
}

TEST_F(MassiveCache, ReportsAFolderInTheFilesPlace) {
  std::filesystem::create_directory(folder_.path() / kCacheFile);
  log_.Expect("not a regular file");
  EXPECT_FALSE(Cache().Find(kStocks));
  EXPECT_TRUE(log_.Contains(kCacheFile));
}

TEST_F(MassiveCache, AFullDiskIsAWarningAndTheOldFileStays) {
  TickerCache cache = Cache();
  cache.Store(kStocks, {{"IBM"}, 17});
  log_.Expect("the symbols are used but not kept");
  {
    const FullDisk full;
    cache.Store(kStocks, {{"AAPL"}, 18});
  }
  EXPECT_TRUE(log_.Contains(kCacheFile));
  EXPECT_THAT(folder_.Files(), ElementsAre(kCacheFile));
  EXPECT_THAT(Cache().Find(kStocks)->symbols, ElementsAre("IBM"));
  EXPECT_THAT(cache.Find(kStocks)->symbols, ElementsAre("AAPL"));
  EXPECT_THAT(log_.UnexpectedLines(), ElementsAre());
}

TEST_F(MassiveCache, AFolderThatCannotBeMadeIsAWarning) {
  folder_.Write("a_file", "");
  log_.Expect("a_file");
  TickerCache cache{folder_.path() / "a_file" / "below", kServer, log_};
  cache.Store(kStocks, {{"IBM"}, 17});
  EXPECT_TRUE(log_.Contains("Not a directory"));
  EXPECT_THAT(cache.Find(kStocks)->symbols, ElementsAre("IBM"));
  EXPECT_THAT(log_.UnexpectedLines(), ElementsAre());
}

}  // namespace
}  // namespace feedmux::universe_massive
