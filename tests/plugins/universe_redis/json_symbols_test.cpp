#include "universe_redis/json_symbols.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace feedmux::universe_redis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string ErrorOf(std::string_view text) {
  try {
    ReadJsonSymbols(text);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

TEST(JsonSymbols, AreAnArrayOfTexts) {
  EXPECT_THAT(ReadJsonSymbols(R"(["MSFT", "AAPL", "MSFT"])"), ElementsAre("MSFT", "AAPL"));
}

TEST(JsonSymbols, AreTheStocksOfTheSeedsCache) {
  EXPECT_THAT(ReadJsonSymbols(R"({"count": 2, "stocks": [
      {"rank": 1, "ticker": "AAPL", "market_cap": 3.1e12}, {"rank": 2, "ticker": "MSFT"}]})"),
              ElementsAre("AAPL", "MSFT"));
}

TEST(JsonSymbols, AreAnObjectsSymbols) {
  EXPECT_THAT(ReadJsonSymbols(R"({"name": "dow", "symbols": ["AAPL", {"symbol": "IBM"}]})"),
              ElementsAre("AAPL", "IBM"));
}

TEST(JsonSymbols, MayBeNone) { EXPECT_THAT(ReadJsonSymbols("[]"), ElementsAre()); }

TEST(JsonSymbols, BrokenJsonIsAnErrorThatSaysWhere) {
  EXPECT_THAT(ErrorOf(R"(["AAPL", )"), HasSubstr("is no JSON from byte 10 on"));
  EXPECT_THAT(ErrorOf("AAPL,MSFT"), HasSubstr("found \"AAPL,MSFT\""));
  EXPECT_THAT(ErrorOf(""), HasSubstr("expected JSON of symbols"));
}

TEST(JsonSymbols, OtherJsonIsAnErrorThatSaysWhatWouldBeValid) {
  EXPECT_THAT(ErrorOf("17"), HasSubstr(R"({"stocks": [{"ticker": "AAPL"}]}, found 17)"));
  EXPECT_THAT(ErrorOf(R"("AAPL")"), HasSubstr("found \"AAPL\""));
  EXPECT_THAT(ErrorOf(R"({"stocks": {}})"), HasSubstr("without an array"));
}

TEST(JsonSymbols, AnElementThatIsNoSymbolIsAnErrorThatSaysWhich) {
  EXPECT_THAT(ErrorOf(R"(["AAPL", 17])"), HasSubstr("[1]: expected a symbol"));
  EXPECT_THAT(ErrorOf(R"({"stocks": [{"name": "Apple"}]})"),
              HasSubstr("stocks[0]: expected a symbol or an object with its \"ticker\""));
  EXPECT_THAT(ErrorOf(R"({"symbols": ["A B"]})"), HasSubstr("symbols[0]: expected a symbol"));
  EXPECT_THAT(ErrorOf(R"([""])"), HasSubstr("[0]: expected a symbol, found nothing"));
}

TEST(JsonSymbols, ErrorsAreOneLine) {
  for (const char* text : {"[\n\n", "[\"A\nB\"]", "\n\"\\n\"", "[[\n]]"}) {
    EXPECT_NE(ErrorOf(text), "") << text;
    EXPECT_EQ(ErrorOf(text).find('\n'), std::string::npos) << text;
  }
}

TEST(JsonSymbols, DeepNestingIsAnError) {
  EXPECT_NE(ErrorOf(std::string(200'000, '[')), "");
  EXPECT_NE(ErrorOf(std::string(100'000, '[') + std::string(100'000, ']')), "");
}

}  // namespace
}  // namespace feedmux::universe_redis
