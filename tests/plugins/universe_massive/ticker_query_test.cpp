#include "universe_massive/ticker_query.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace feedmux::universe_massive {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string QueryError(std::string_view text) {
  try {
    ParseQuery(text);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

TEST(TickerQuery, IsAMarketATypeAndAnExchange) {
  EXPECT_EQ(ParseQuery("stocks"), (TickerQuery{"stocks", "", ""}));
  EXPECT_EQ(ParseQuery("stocks/CS"), (TickerQuery{"stocks", "CS", ""}));
  EXPECT_EQ(ParseQuery("stocks/CS/XNYS"), (TickerQuery{"stocks", "CS", "XNYS"}));
}

TEST(TickerQuery, AStarIsAny) {
  EXPECT_EQ(ParseQuery("stocks/*/XNYS"), (TickerQuery{"stocks", "", "XNYS"}));
  EXPECT_EQ(ParseQuery("stocks/*/*"), ParseQuery("stocks"));
}

TEST(TickerQuery, ItsTextCanBeParsedAgain) {
  for (const char* text : {"crypto", "stocks/ETF", "stocks/CS/XNAS", "stocks/*/XNAS"}) {
    EXPECT_EQ(ParseQuery(text).Text(), text);
  }
}

TEST(TickerQuery, AsksForActiveTickersOnly) {
  EXPECT_EQ(ParseQuery("stocks/CS/XNYS").Target(),
            "/v3/reference/tickers?market=stocks&active=true&type=CS&exchange=XNYS&order=asc"
            "&sort=ticker&limit=1000");
}

TEST(TickerQuery, LeavesOutWhatMayBeAny) {
  EXPECT_EQ(ParseQuery("fx").Target(),
            "/v3/reference/tickers?market=fx&active=true&order=asc&sort=ticker&limit=1000");
}

TEST(TickerQuery, DifferentQueriesHaveDifferentFiles) {
  EXPECT_EQ(ParseQuery("stocks").FileStem(), "stocks");
  EXPECT_EQ(ParseQuery("stocks/CS").FileStem(), "stocks-CS");
  EXPECT_EQ(ParseQuery("stocks/*/CS").FileStem(), "stocks-any-CS");
}

TEST(TickerQuery, AnUnknownMarketIsAnErrorThatNamesTheMarkets) {
  for (const char* text : {"", "stock", "STOCKS", "/CS", "options/CS", "*"}) {
    EXPECT_THAT(QueryError(text),
                AllOf(HasSubstr("stocks, otc, indices, fx, crypto; found \""), HasSubstr(text)));
  }
}

TEST(TickerQuery, WhatCanBeNoTypeOrExchangeIsAnErrorThatShowsIt) {
  EXPECT_THAT(QueryError("stocks/cs"), HasSubstr("such as CS, ETF or ADRC, or *; found \"cs\""));
  EXPECT_THAT(QueryError("stocks/"), HasSubstr("found \"\""));
  EXPECT_THAT(QueryError("stocks/CS&x=1"), HasSubstr("found \"CS&x=1\""));
  EXPECT_THAT(QueryError("stocks/CS/../X"), HasSubstr("found \"../X\""));
  EXPECT_THAT(QueryError("stocks/CS/XNYS/1"), HasSubstr("found \"XNYS/1\""));
  EXPECT_THAT(QueryError("stocks/CS/"), HasSubstr("code of an exchange"));
  EXPECT_THAT(QueryError("stocks/" + std::string(21, 'A')), HasSubstr("a type"));
}

}  // namespace
}  // namespace feedmux::universe_massive
