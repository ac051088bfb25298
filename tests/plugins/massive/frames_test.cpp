#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>  // runtime_error
#include <string>     // string

#include "decoding.hpp"

namespace feedmux::massive {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(MassiveFrame, MayMixStatusAndDataOfAnyKind) {
  const Decoding decoding{CorpusFrame("mixed")};
  EXPECT_THAT(decoding.statuses(), ElementsAre(Pair("success", "subscribed to: T.AAPL")));
  ASSERT_EQ(decoding.ticks().size(), 2U);
  EXPECT_EQ(decoding.ticks()[0].kind, Kind::Trade);
  EXPECT_EQ(decoding.ticks()[1].kind, Kind::Quote);
  EXPECT_EQ(decoding.batch().events, 3U);
}

TEST(MassiveFrame, GivesEveryStatusInOrder) {
  EXPECT_THAT(Decoding{CorpusFrame("status_subscribed")}.statuses(),
              ElementsAre(Pair("success", "subscribed to: T.AAPL"),
                          Pair("success", "subscribed to: A.AAPL")));
  EXPECT_THAT(Decoding{CorpusFrame("status_connected")}.statuses(),
              ElementsAre(Pair("connected", "Connected Successfully")));
}

TEST(MassiveFrame, GivesAStatusThatLacksItsText) {
  EXPECT_THAT(Decoding{R"([{"ev":"status","status":"error"}])"}.statuses(),
              ElementsAre(Pair("error", "")));
  EXPECT_THAT(Decoding{R"([{"ev":"status","message":"m\u00e9"},{"ev":"status"}])"}.statuses(),
              ElementsAre(Pair("", "m\xC3\xA9"), Pair("", "")));
}

TEST(MassiveFrame, RejectsAStatusThatIsNoText) {
  const Decoding decoding{R"([{"ev":"status","status":1,"message":"x"}])"};
  EXPECT_THAT(decoding.statuses(), IsEmpty());
  EXPECT_EQ(decoding.Rejected(RejectReason::WrongType), 1U);
}

TEST(MassiveFrame, IsWholeWhenTheHandlerThrows) {
  testing::FakeSymbols symbols;
  Decoder decoder{symbols, Market::Stocks};
  Batch batch;
  batch.frame = CorpusFrame("mixed");
  EXPECT_THROW(decoder.Decode(batch, [](const StatusMessage&) { throw std::runtime_error("x"); }),
               std::runtime_error);
  EXPECT_EQ(batch.events, 3U);
  EXPECT_EQ(batch.ticks.size(), 2U);
}

TEST(MassiveFrame, MayHaveBlanksAnywhere) {
  const Decoding decoding{CorpusFrame("spaced")};
  ASSERT_EQ(decoding.ticks().size(), 2U);
  const Tick& trade = decoding.ticks()[0];
  EXPECT_EQ(decoding.Symbol(trade), "A");
  EXPECT_EQ(trade.price, 1.5);
  EXPECT_EQ(trade.trade.condition_count, 2);
  EXPECT_EQ(trade.Raw(),
            R"({ "ev" : "T" , "sym" : "A" , "p" : 1.5 , "c" : [ 1 , 2 ] , "x" : null , )"
            R"("new" : { "k" : [ true , false , null , "v" ] } })");
  EXPECT_EQ(decoding.batch().RejectedCount(), 0U);
}

TEST(MassiveFrame, MayHaveTheTypeLast) {
  const Decoding decoding{CorpusFrame("type_last")};
  const Tick tick = decoding.tick();
  EXPECT_EQ(tick.kind, Kind::Trade);
  EXPECT_EQ(decoding.Symbol(tick), "MSFT");
  EXPECT_EQ(tick.price, 114.125);
  EXPECT_EQ(tick.trade.condition_count, 1);
}

TEST(MassiveFrame, MayHaveEscapesInNamesAndSymbols) {
  const Decoding decoding{CorpusFrame("escapes")};
  EXPECT_EQ(decoding.tick().kind, Kind::Trade);
  EXPECT_EQ(decoding.Symbol(decoding.tick()), "BRK.B");
  const Decoding slash{R"([{"ev":"C","p":"USD\/CNH","\"":1,"\":":2}])", Market::Forex};
  EXPECT_EQ(slash.Symbol(slash.tick()), "USD/CNH");
}

TEST(MassiveFrame, MayHaveNamesThatLookLikeTheyEndEarly) {
  for (const char* event : {R"({"\":x":1,"ev":"T","sym":"A"})", R"({"ev":"T","\":x":1,"sym":"A"})",
                            R"({"a\":{":1,"sym":"A","b\\":2,"ev":"T","":3,":":4})"}) {
    const Decoding decoding{"[" + std::string{event} + "]"};
    EXPECT_EQ(decoding.tick().kind, Kind::Trade) << event;
    EXPECT_EQ(decoding.Symbol(decoding.tick()), "A") << event;
  }
}

TEST(MassiveFrame, MayHaveNamesThatOnlyBeginLikeKnownOnes) {
  const Decoding decoding{
      R"([{"ev":"T","sym":"A","p\u0000":"x","sy":1,"symb":1,"symbol":1,"":1}])"};
  EXPECT_EQ(decoding.Symbol(decoding.tick()), "A");
  EXPECT_EQ(Decoding{R"([{"ev":"T\u0000","sym":"A"}])"}.tick().kind, Kind::Other);
}

TEST(MassiveFrame, KeepsOrderAndDuplicates) {
  const std::string event = EventOf(CorpusFrame("stocks_t"));
  const std::string other = R"({"ev":"T","sym":"B","q":1})";
  const Decoding decoding{"[" + event + "," + other + "," + event + "]"};
  ASSERT_EQ(decoding.ticks().size(), 3U);
  EXPECT_EQ(decoding.ticks()[0].Raw(), event);
  EXPECT_EQ(decoding.ticks()[1].Raw(), other);
  EXPECT_EQ(decoding.ticks()[2].Raw(), event);
}

TEST(MassiveFrame, MayBeABareObject) {
  const Decoding decoding{R"({"ev":"T","sym":"A","p":1})"};
  EXPECT_EQ(decoding.Symbol(decoding.tick()), "A");
  EXPECT_EQ(decoding.batch().RejectedCount(), 0U);
}

TEST(MassiveFrame, ThatIsAnEmptyArrayHasNoEvents) {
  for (const char* frame : {"[]", " [ ] "}) EXPECT_EQ(Decoding{frame}.batch().events, 0U);
}

TEST(MassiveFrame, ThatIsBlankIsMalformed) {
  for (const char* frame : {"", " ", "\r\n\t"}) {
    const Decoding decoding{frame};
    EXPECT_EQ(decoding.batch().events, 1U);
    EXPECT_EQ(decoding.Rejected(RejectReason::Malformed), 1U);
  }
}

TEST(MassiveFrame, MayComeInManyThousandEvents) {
  std::string frame = "[";
  for (int i = 0; i < 20000; ++i) {
    if (i > 0) frame += ',';
    frame += R"({"ev":"T","sym":"S)" + std::to_string(i) + R"(","p":)" + std::to_string(i) + "}";
  }
  const Decoding decoding{frame + "]"};
  ASSERT_EQ(decoding.ticks().size(), 20000U);
  EXPECT_EQ(decoding.Symbol(decoding.ticks()[19999]), "S19999");
  EXPECT_EQ(decoding.ticks()[19999].price, 19999);
}

TEST(MassiveFrame, WithNeitherTypeNorSymbolMissesAField) {
  for (const char* event :
       {R"({})", R"({"sym":"A"})", R"({"ev":null,"sym":"A"})", R"({"ev":"","sym":"A"})",
        R"({"ev":"T"})", R"({"ev":"T","sym":null})", R"({"ev":"T","sym":""})",
        R"({"ev":"C","pair":"A"})", R"({"ev":"LULD","sym":"A"})", R"({"ev":"Q","p":1})"}) {
    const Decoding decoding{"[" + std::string{event} + "]"};
    EXPECT_EQ(decoding.batch().events, 1U) << event;
    EXPECT_EQ(decoding.Rejected(RejectReason::MissingField), 1U) << event;
  }
}

TEST(MassiveFrame, WithATypeThatIsNoTextHasTheWrongType) {
  for (const char* event : {R"({"ev":1,"sym":"A"})", R"({"sym":"A","ev":["T"]})"}) {
    EXPECT_EQ(Decoding{"[" + std::string{event} + "]"}.Rejected(RejectReason::WrongType), 1U);
  }
}

class FullSymbols final : public Symbols {
 public:
  SymbolId Intern(std::string_view) override { return kNoSymbol; }
  std::string_view Text(SymbolId) const override { return {}; }
};

TEST(MassiveFrame, RejectsWhatTheSymbolTableHasNoRoomFor) {
  FullSymbols symbols;
  Decoder decoder{symbols, Market::Stocks};
  Batch batch;
  batch.frame = CorpusFrame("stocks_t");
  decoder.Decode(batch, {});
  EXPECT_EQ(batch.events, 1U);
  EXPECT_EQ(batch.rejected[static_cast<std::size_t>(RejectReason::TooManySymbols)], 1U);
}

TEST(MassiveFrame, AddsNoSymbolForARejectedEvent) {
  testing::FakeSymbols symbols;
  Decoder decoder{symbols, Market::Stocks};
  Batch batch;
  batch.frame = R"([{"ev":"T","sym":"BAD","p":"x"},{"ev":"T","sym":"GOOD"}])";
  decoder.Decode(batch, {});
  EXPECT_EQ(symbols.Intern("NEXT"), batch.ticks.at(0).symbol + 1);
}

TEST(MassiveMarket, IsTheFirstPartOfThePath) {
  EXPECT_EQ(MarketFromPath("/stocks"), Market::Stocks);
  EXPECT_EQ(MarketFromPath("stocks"), Market::Stocks);
  EXPECT_EQ(MarketFromPath("/futures/cme"), Market::Futures);
  EXPECT_EQ(MarketFromPath("/crypto/"), Market::Crypto);
  EXPECT_EQ(MarketFromPath("/"), std::nullopt);
  EXPECT_EQ(MarketFromPath(""), std::nullopt);
  EXPECT_EQ(MarketFromPath("/stock"), std::nullopt);
}

}  // namespace
}  // namespace feedmux::massive
