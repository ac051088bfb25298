#include <gmock/gmock.h>

#include <string>

#include "format.hpp"
#include "resolver_fixture.hpp"

namespace feedmux::universe_file {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::StartsWith;

TEST(Yaml, KeepsSymbolsThatYamlTakesForSomethingElse) {
  ResolverFixture fixture{
      "u.yaml",
      "a: [ON, NO, TRUE, Y, N, OFF, YES, 1E5, 0x10, 007, 1.0, NULL, Null, null, .INF]\n"
      "# caf\xc3\xa9\nb:\n  - NULL\n  - ON\n"};
  EXPECT_THAT(fixture.resolver.Resolve("a"),
              Optional(ElementsAre("ON", "NO", "TRUE", "Y", "N", "OFF", "YES", "1E5", "0x10", "007",
                                   "1.0", "NULL", "Null", "null", ".INF")));
  EXPECT_THAT(fixture.resolver.Resolve("b"), Optional(ElementsAre("NULL", "ON")));
}

TEST(Yaml, KeepsNamesThatYamlTakesForSomethingElse) {
  ResolverFixture fixture{"u.yaml", "ON: [A]\n2024: [B]\nNULL: [C]\n"};
  EXPECT_THAT(fixture.resolver.Keys(), ElementsAre("ON", "2024", "NULL"));
}

TEST(Yaml, NamesAListAloneAfterTheFile) {
  ResolverFixture fixture{"megacaps.yml", "- AAPL\n- MSFT\n"};
  EXPECT_THAT(fixture.resolver.Resolve("megacaps"), Optional(ElementsAre("AAPL", "MSFT")));
}

TEST(Yaml, TakesAKeyWithItsGroupInOneName) {
  ResolverFixture fixture{"u.yaml", "\"market_leaders:top_2\": [AAPL, MSFT]\n"};
  EXPECT_THAT(fixture.resolver.Keys(), ElementsAre("market_leaders:top_2"));
}

TEST(Yaml, FollowsAnchors) {
  ResolverFixture fixture{"u.yaml", "a: &a [AAPL, MSFT]\nb: *a\n"};
  EXPECT_THAT(fixture.resolver.Resolve("b"), Optional(ElementsAre("AAPL", "MSFT")));
}

TEST(Yaml, SurvivesAnAnchorWithinItself) {
  ResolverFixture fixture{"u.yaml", "a: &a [AAPL, *a]\n"};
  EXPECT_THAT(fixture.Error(), HasSubstr("expected a symbol, found a list"));
}

TEST(Yaml, ToleratesByteOrderMarkAndCarriageReturns) {
  ResolverFixture fixture{"u.yaml",
                          "\xef\xbb\xbf"
                          "a:\r\n  - NULL\r\n  - MSFT\r\n"};
  EXPECT_THAT(fixture.resolver.Resolve("a"), Optional(ElementsAre("NULL", "MSFT")));
}

TEST(Yaml, SaysWhereAListIsMissing) {
  ResolverFixture fixture{"u.yaml", "market_leaders:\n  top_2:\n    more: [AAPL]\n"};
  EXPECT_EQ(fixture.Error(), fixture.file.path() + ":3:5: expected a list of symbols, found a map");
}

TEST(Yaml, SaysWhereASymbolIsBad) {
  const auto error = [](const std::string& item) {
    ResolverFixture fixture{"u.yaml", "a:\n  - AAPL\n  - " + item + "\n"};
    const std::string text = fixture.Error();
    EXPECT_THAT(text, StartsWith(fixture.file.path() + ":3:5: expected a symbol"));
    return text;
  };
  EXPECT_THAT(error("AA PL"), EndsWith("found \"AA PL\""));
  EXPECT_THAT(error("\"A,B\""), EndsWith("found \"A,B\""));
  EXPECT_THAT(error("\"A\\tB\""), EndsWith("found \"A\\x09B\""));
  EXPECT_THAT(error("\"A\\u00a0B\""), EndsWith("found \"A\\xc2\\xa0B\""));
  EXPECT_THAT(error("\"\""), EndsWith("found nothing"));
  EXPECT_THAT(error("~"), EndsWith("found nothing"));
  EXPECT_THAT(error("[B]"), EndsWith("found a list"));
  EXPECT_THAT(error("{a: B}"), HasSubstr("found a map"));
}

TEST(Yaml, SaysWhatIsThereInPlaceOfLists) {
  EXPECT_THAT((ResolverFixture{"u.yaml", "AAPL"}.Error()),
              EndsWith(":1:1: expected named lists of symbols, found \"AAPL\""));
  EXPECT_THAT((ResolverFixture{"u.yaml", ""}.Error()), HasSubstr("found nothing"));
  EXPECT_THAT((ResolverFixture{"u.yaml", "# only\n"}.Error()), HasSubstr("found nothing"));
  EXPECT_THAT((ResolverFixture{"u.yaml", "a: AAPL\n"}.Error()),
              EndsWith(":1:4: expected a list of symbols, found \"AAPL\""));
  EXPECT_THAT((ResolverFixture{"u.yaml", "a:\n"}.Error()),
              HasSubstr("expected a list of symbols, found nothing"));
}

TEST(Yaml, RefusesAUniverseThatIsThereTwice) {
  EXPECT_THAT((ResolverFixture{"u.yaml", "a: [B]\na: [C]\n"}.Error()),
              EndsWith(":2:4: universe \"a\" is there twice"));
}

TEST(Yaml, RefusesNamesThatNoKeyCanReach) {
  EXPECT_THAT((ResolverFixture{"u.yaml", "a+b: [B]\n"}.Error()), HasSubstr("no +"));
  EXPECT_THAT((ResolverFixture{"u.yaml", "a b: [B]\n"}.Error()), HasSubstr("no space"));
}

TEST(Yaml, RefusesASecondDocument) {
  EXPECT_THAT((ResolverFixture{"u.yaml", "a: [B]\n---\nb: [C]\n"}.Error()),
              HasSubstr("expected one YAML document"));
}

TEST(Yaml, SaysWhereTheSyntaxIsWrong) {
  ResolverFixture fixture{"u.yaml", "a: [B\nb: ]]\n"};
  EXPECT_THAT(fixture.Error(), StartsWith(fixture.file.path() + ":2:"));
}

TEST(Json, ReadsTheSameShapesAsYaml) {
  ResolverFixture fixture{"u.json", R"({"group": {"two": ["AAPL", "MSFT"]}, "flat": ["IBM"]})"};
  EXPECT_THAT(fixture.resolver.Keys(), ElementsAre("group:two", "flat"));
  EXPECT_THAT(fixture.resolver.Resolve("group:two"), Optional(ElementsAre("AAPL", "MSFT")));
}

TEST(Json, ReadsListsOfStockObjects) {
  ResolverFixture fixture{"u.json", R"({
    "market_leaders:top_2": {"count": 2, "stocks": [{"ticker": "AAPL", "rank": 1}, {"ticker": "MSFT"}]},
    "sector": {"energy": {"stocks": [{"symbol": "XOM"}]}}})"};
  EXPECT_THAT(fixture.resolver.Resolve("market_leaders:top_2"),
              Optional(ElementsAre("AAPL", "MSFT")));
  EXPECT_THAT(fixture.resolver.Resolve("sector:energy"), Optional(ElementsAre("XOM")));
}

TEST(Json, NamesStockObjectsAloneAfterTheFile) {
  ResolverFixture fixture{"leaders.json", R"({"stocks": [{"ticker": "AAPL"}]})"};
  EXPECT_THAT(fixture.resolver.Resolve("leaders"), Optional(ElementsAre("AAPL")));
}

TEST(Json, TakesAListNamedStocksForAList) {
  ResolverFixture fixture{"u.json", R"({"etf": {"stocks": ["SPY"], "bonds": ["TLT"]}})"};
  EXPECT_THAT(fixture.resolver.Keys(), ElementsAre("etf:stocks", "etf:bonds"));
}

TEST(Json, RefusesAKeyThatIsThereTwice) {
  ResolverFixture fixture{"u.json", R"({"a": {"x": ["IBM"]}, "b": {"x": ["F"], "x": ["GM"]}})"};
  EXPECT_EQ(fixture.Error(), fixture.file.path() + ": \"x\" is there twice");
}

TEST(Json, SaysWhichItemIsNoText) {
  ResolverFixture fixture{"u.json", R"({"group": {"two": ["AAPL", true]}})"};
  EXPECT_EQ(fixture.Error(),
            fixture.file.path() + ": group.two[1]: expected a symbol, found \"true\"");
}

TEST(Json, SaysWhereTheSyntaxIsWrong) {
  ResolverFixture fixture{"u.json", "{\"a\": [\"B\"\n}"};
  EXPECT_THAT(fixture.Error(), HasSubstr("line 2, column 1"));
}

TEST(Csv, ReadsUniverseAndSymbolInAnyOrderOfColumns) {
  const std::string first = "universe,symbol\ndow,AAPL\nndx,MSFT\ndow,IBM\n";
  const std::string second = "name,Ticker,Universe\nApple,AAPL,dow\nMicrosoft,MSFT,ndx\nx,IBM,dow";
  for (const std::string& content : {first, second}) {
    ResolverFixture fixture{"u.csv", content};
    EXPECT_THAT(fixture.resolver.Resolve("dow"), Optional(ElementsAre("AAPL", "IBM")));
    EXPECT_THAT(fixture.resolver.Resolve("ndx"), Optional(ElementsAre("MSFT")));
  }
}

TEST(Csv, NamesAColumnOfSymbolsAfterTheFile) {
  for (const std::string content : {"AAPL\nMSFT\n", "symbol\nAAPL\nMSFT\n"}) {
    ResolverFixture fixture{"mine.csv", content};
    EXPECT_THAT(fixture.resolver.Resolve("mine"), Optional(ElementsAre("AAPL", "MSFT")));
  }
}

TEST(Csv, ReadsQuotedFields) {
  ResolverFixture fixture{"u.csv",
                          "symbol,name,universe\r\n"
                          "\"AAPL\",\"Apple, \"\"the\"\" maker\nof phones\", \"dow\" \r\n"
                          "# a comment\r\n\r\n"
                          "IBM,, dow \r\n"};
  EXPECT_THAT(fixture.resolver.Resolve("dow"), Optional(ElementsAre("AAPL", "IBM")));
}

TEST(Csv, SaysOnWhichLineSomethingIsWrong) {
  EXPECT_THAT((ResolverFixture{"u.csv", "AAPL,MSFT\n"}.Error()),
              HasSubstr(":1: expected a header with the columns"));
  EXPECT_THAT((ResolverFixture{"u.csv", "universe,symbol\ndow,AAPL\ndow\n"}.Error()),
              HasSubstr(":3: expected at least 2 columns, found 1"));
  EXPECT_THAT((ResolverFixture{"u.csv", "symbol,name\nAAPL,\"a\nb\"\nA B,c\n"}.Error()),
              HasSubstr(":4: expected a symbol"));
  EXPECT_THAT((ResolverFixture{"u.csv", "universe,symbol\ndow,\n"}.Error()),
              HasSubstr(":2: expected a symbol"));
  EXPECT_THAT((ResolverFixture{"u.csv", "symbol\n\"AAPL\n"}.Error()),
              HasSubstr(":2: a quote is not closed"));
  EXPECT_THAT((ResolverFixture{"u.csv", "symbol\n\"AAPL\"x\n"}.Error()),
              HasSubstr(":2: expected a comma"));
  EXPECT_THAT((ResolverFixture{"u.csv", ""}.Error()), HasSubstr("found nothing"));
}

TEST(Text, ReadsOneSymbolALine) {
  ResolverFixture fixture{"mine.txt",
                          "\xef\xbb\xbf# my list\r\nAAPL\r\n\r\n  BRK.B  # B shares\r\nON"};
  EXPECT_THAT(fixture.resolver.Resolve("mine"), Optional(ElementsAre("AAPL", "BRK.B", "ON")));
}

TEST(Text, NamesListsInBrackets) {
  ResolverFixture fixture{"u.txt", "[dow]\nAAPL\nIBM\n[etf:broad]\nSPY\n"};
  EXPECT_THAT(fixture.resolver.Keys(), ElementsAre("dow", "etf:broad"));
  EXPECT_THAT(fixture.resolver.Resolve("etf:broad"), Optional(ElementsAre("SPY")));
}

TEST(Text, SaysOnWhichLineSomethingIsWrong) {
  EXPECT_THAT((ResolverFixture{"u.txt", "AAPL\nMSFT, IBM\n"}.Error()),
              HasSubstr(":2: expected a symbol"));
  EXPECT_THAT((ResolverFixture{"u.txt", "[dow\n"}.Error()), HasSubstr(":1: expected [name"));
  EXPECT_THAT((ResolverFixture{"u.txt", "[a]\nB\n[a]\n"}.Error()), HasSubstr(":3: universe"));
  EXPECT_THAT((ResolverFixture{"u.txt", "[]\n"}.Error()), HasSubstr(":1: expected the name"));
  EXPECT_THAT((ResolverFixture{"u.txt", "# nothing\n"}.Error()), HasSubstr("found nothing"));
  EXPECT_THAT((ResolverFixture{"u.txt", std::string{"A\0B\n", 4}}.Error()), HasSubstr("\\x00"));
}

TEST(Format, GoesByTheExtension) {
  EXPECT_EQ(DetectFormat("a/u.yaml", ""), Format::Yaml);
  EXPECT_EQ(DetectFormat("a/u.YML", ""), Format::Yaml);
  EXPECT_EQ(DetectFormat("u.json", ""), Format::Json);
  EXPECT_EQ(DetectFormat("u.csv", ""), Format::Csv);
  EXPECT_EQ(DetectFormat("u.txt", "{"), Format::Text);
}

TEST(Format, GoesByTheContentWithoutAKnownExtension) {
  EXPECT_EQ(DetectFormat("u", "\n {\"a\": []}"), Format::Json);
  EXPECT_EQ(DetectFormat("u", "[\"AAPL\"]"), Format::Json);
  EXPECT_EQ(DetectFormat("u", "[\n\"AAPL\"]"), Format::Json);
  EXPECT_EQ(DetectFormat("u", "# lists\ndow:\n  - AAPL"), Format::Yaml);
  EXPECT_EQ(DetectFormat("u", "dow: [AAPL]"), Format::Yaml);
  EXPECT_EQ(DetectFormat("u", "- AAPL"), Format::Yaml);
  EXPECT_EQ(DetectFormat("u", "universe,symbol\n"), Format::Csv);
  EXPECT_EQ(DetectFormat("u", "[dow]\nAAPL"), Format::Text);
  EXPECT_EQ(DetectFormat("u", "AAPL\nMSFT\n"), Format::Text);
}

TEST(Format, IsTheOneOfTheOption) {
  ResolverFixture fixture{"u.yaml", "AAPL\nMSFT\n", "text"};
  EXPECT_THAT(fixture.resolver.Resolve("u"), Optional(ElementsAre("AAPL", "MSFT")));
}

}  // namespace
}  // namespace feedmux::universe_file
