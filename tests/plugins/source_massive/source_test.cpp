#include <gtest/gtest.h>

#include "feedmux/testing/fake_host.hpp"
#include "feedmux/testing/make_options.hpp"
#include "source_massive/massive_source.hpp"
#include "source_massive/option_table.hpp"

namespace feedmux::massive {
namespace {

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

}  // namespace
}  // namespace feedmux::massive
