#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "feedmux/testing/fake_host.hpp"
#include "feedmux/testing/make_options.hpp"
#include "source_massive/massive_source.hpp"
#include "source_massive/option_table.hpp"

namespace feedmux::massive {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;

std::string Spelled(const std::string& path, const std::string& ticker) {
  testing::FakeHost host;
  const MassiveSource source{
      host, testing::MakeOptions(kSourceOptions, {{"url", "wss://socket.massive.com" + path},
                                                  {"api_key", "key"},
                                                  {"channels", path == "/forex" ? "C" : "A"}})};
  return source.TickSpelling(ticker);
}

TEST(MassiveSource, SpellsCurrencyPairsAsTheyArrive) {
  EXPECT_EQ(Spelled("/forex", "EUR-USD"), "EUR/USD");
  EXPECT_EQ(Spelled("/forex", "EUR/USD"), "EUR/USD");
}

TEST(MassiveSource, LeavesOtherTickersOfForexAsTheyAre) {
  EXPECT_EQ(Spelled("/forex", "C:EURUSD"), "C:EURUSD");
  EXPECT_EQ(Spelled("/forex", "C:USD-EUR"), "C:USD-EUR");
  EXPECT_EQ(Spelled("/forex", "*"), "*");
}

TEST(MassiveSource, LeavesTickersOfOtherMarketsAsTheyAre) {
  EXPECT_EQ(Spelled("/stocks", "ABC-DEF"), "ABC-DEF");
}

/// What is logged when a source is made for this path.
std::vector<std::string> LoggedFor(const std::string& path) {
  testing::FakeHost host;
  const MassiveSource source{host, testing::MakeOptions(kSourceOptions, {{"url", "wss://h" + path},
                                                                         {"api_key", "key"},
                                                                         {"channels", "AM"}})};
  std::vector<std::string> logged;
  for (const auto& line : host.log().Lines()) logged.push_back(line.text);
  return logged;
}

TEST(MassiveSource, WarnsOfAPathThatNamesNoMarket) {
  EXPECT_THAT(LoggedFor("/stonks"),
              ElementsAre("url: wss://h:443/stonks names no market of Massive (stocks, options, "
                          "indices, forex, crypto, futures); did you mean stocks?"));
  EXPECT_THAT(LoggedFor("/own/feed"), ElementsAre(EndsWith("futures)")));
}

TEST(MassiveSource, WarnsOfNoMarketThatThereIsNorOfNoPath) {
  for (const char* path : {"", "/", "/stocks", "/futures/cme", "/crypto/"}) {
    EXPECT_THAT(LoggedFor(path), IsEmpty()) << path;
  }
}

}  // namespace
}  // namespace feedmux::massive
