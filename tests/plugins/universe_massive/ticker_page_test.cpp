#include "universe_massive/ticker_page.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace feedmux::universe_massive {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string PageError(std::string_view body) {
  try {
    ParsePage(body, "stocks");
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

TEST(TickerPage, HasItsSymbolsInOrder) {
  const TickerPage page = ParsePage(R"({"results": [
      {"ticker": "A", "market": "stocks", "type": "CS", "primary_exchange": "XNYS", "active": true},
      {"ticker": "BRK.A"}, {"ticker": "BCpA"}], "status": "OK", "count": 3})",
                                    "stocks");
  EXPECT_THAT(page.symbols, ElementsAre("A", "BRK.A", "BCpA"));
  EXPECT_EQ(page.next_url, "");
  EXPECT_EQ(page.unusable, 0);
}

TEST(TickerPage, LeadsToTheNext) {
  const TickerPage page =
      ParsePage(R"({"results": [], "next_url": "https://a/v3?cursor=x"})", "stocks");
  EXPECT_EQ(page.next_url, "https://a/v3?cursor=x");
}

TEST(TickerPage, PairsAreSpelledAsInTheStreams) {
  EXPECT_THAT(ParsePage(R"({"results": [{"ticker": "C:EURUSD", "base_currency_symbol": "EUR",
                                         "currency_symbol": "USD"}]})",
                        "fx")
                  .symbols,
              ElementsAre("EUR/USD"));
  EXPECT_THAT(ParsePage(R"({"results": [{"ticker": "X:BTCUSD", "base_currency_symbol": "BTC",
                                         "currency_symbol": "USD"}]})",
                        "crypto")
                  .symbols,
              ElementsAre("BTC-USD"));
  EXPECT_THAT(ParsePage(R"({"results": [{"ticker": "I:SPX"}]})", "indices").symbols,
              ElementsAre("I:SPX"));
}

TEST(TickerPage, CountsResultsWithoutAUsableTicker) {
  const TickerPage page = ParsePage(
      R"({"results": [{"ticker": "A B"}, {"name": "x"}, 17, {"ticker": "OK"}]})", "stocks");
  EXPECT_THAT(page.symbols, ElementsAre("OK"));
  EXPECT_EQ(page.unusable, 3);
  EXPECT_THAT(page.first_unusable, HasSubstr("found \"A B\""));
}

TEST(TickerPage, APairWithoutItsCurrenciesIsUnusable) {
  EXPECT_EQ(ParsePage(R"({"results": [{"ticker": "C:EURUSD"}]})", "fx").unusable, 1);
}

TEST(TickerPage, WithoutResultsIsEmptyIfTheStatusIsOk) {
  EXPECT_THAT(ParsePage(R"({"status": "OK", "count": 0})", "stocks").symbols, ElementsAre());
}

TEST(TickerPage, AnythingElseIsAnErrorThatShowsItsBeginning) {
  EXPECT_THAT(PageError("<html>maintenance"),
              HasSubstr("no JSON from byte 1 on; it begins with \"<html>maintenance\""));
  EXPECT_THAT(PageError(R"({"results": [{"ticker": "A")"), HasSubstr("no JSON from byte 28 on"));
  EXPECT_THAT(PageError(""), HasSubstr("no JSON"));
  for (const char* body :
       {"[]", "17", "null", "{}", R"({"results": {}})", R"({"status": "ERROR"})"}) {
    EXPECT_THAT(PageError(body), HasSubstr("expected an object with an array \"results\"")) << body;
  }
}

TEST(ServerMessage, IsWhatTheServerSays) {
  EXPECT_EQ(ServerMessage(R"({"status": "ERROR", "error": "Unknown API Key"})"), "Unknown API Key");
  EXPECT_EQ(ServerMessage(R"({"message": "Not entitled", "error": 17})"), "Not entitled");
}

TEST(ServerMessage, IsEmptyIfItSaysNothing) {
  for (const char* body : {"", "<html>", "[]", "{}", R"({"error": 17})"}) {
    EXPECT_EQ(ServerMessage(body), "") << body;
  }
}

}  // namespace
}  // namespace feedmux::universe_massive
