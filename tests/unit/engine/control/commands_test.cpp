#include "control/commands.hpp"

#include <gmock/gmock.h>

#include "support/control_parts.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Commands : public ::testing::Test {
 protected:
  Json Ask(const std::string& command, const Json& arguments = Json::object()) {
    return Json::parse(Answer({command, arguments}, "alice", parts_.services));
  }
  Json Result(const std::string& command, const Json& arguments = Json::object()) {
    const Json reply = Ask(command, arguments);
    EXPECT_EQ(reply["ok"], true) << reply;
    return reply["result"];
  }
  std::string Complaint(const char* code, const std::string& command, const Json& arguments) {
    const Json reply = Ask(command, arguments);
    EXPECT_EQ(reply["ok"], false) << reply;
    EXPECT_EQ(reply["code"], code) << reply;
    return reply.value("error", "");
  }

  ControlParts parts_;
};

TEST_F(Commands, StatusIsTheReport) { EXPECT_EQ(Result("status"), Json(parts_.report)); }

TEST_F(Commands, TickersOfOneConnection) {
  EXPECT_EQ(Result("tickers", {{"connection", "connection_1"}}), Json({"AAPL", "MSFT"}));
}

TEST_F(Commands, TickersOfAllConnections) {
  EXPECT_EQ(Result("tickers"), Json::parse(R"([
    {"connection_id":"connection_1","name":"primary","tickers":["AAPL","MSFT"]},
    {"connection_id":"connection_2","name":"secondary","tickers":["TSLA"]}])"));
}

TEST_F(Commands, WhereATickerIs) {
  EXPECT_EQ(Result("where", {{"ticker", "TSLA"}}), "connection_2");
  EXPECT_TRUE(Result("where", {{"ticker", "IBM"}}).is_null());
}

TEST_F(Commands, Subscribe) {
  EXPECT_EQ(Result("subscribe", {{"tickers", {"IBM", "NVDA"}}, {"source", "massive"}}),
            Json::parse(R"({"added":["IBM","NVDA"],"already":[],"no_room":[]})"));
  EXPECT_THAT(parts_.control.Changes(), ElementsAre("alice: subscribe IBM,NVDA massive"));
}

TEST_F(Commands, UnsubscribeNamesWhatWasNotFound) {
  EXPECT_EQ(Result("unsubscribe", {{"tickers", {"AAPL", "IBM"}}}),
            Json::parse(R"({"removed":["AAPL"],"not_found":["IBM"]})"));
  EXPECT_THAT(parts_.control.Changes(), ElementsAre("alice: unsubscribe AAPL,IBM"));
}

TEST_F(Commands, ChangeAConnection) {
  Result("reconnect", {{"connection", "connection_1"}});
  Result("pause", {{"connection", "connection_2"}});
  Result("resume", {{"connection", "connection_2"}});
  EXPECT_THAT(parts_.control.Changes(),
              ElementsAre("alice: reconnect connection_1", "alice: pause connection_2",
                          "alice: resume connection_2"));
}

TEST_F(Commands, RebalanceOnlyPlansUnlessToldToApply) {
  parts_.control.SetPlans({{"massive",
                            {{"AAPL", "connection_1", "connection_2", 2.5}},
                            {{"connection_1", 5, 2.5}, {"connection_2", 0, 2.5}}}});
  EXPECT_EQ(Result("rebalance"), Json::parse(R"([{"source":"massive","measured":true,
    "moves":[{"symbol":"AAPL","from":"connection_1","to":"connection_2","ticks_per_second":2.5}],
    "loads":[{"connection_id":"connection_1","before":5.0,"after":2.5},
             {"connection_id":"connection_2","before":0.0,"after":2.5}]}])"));
  EXPECT_THAT(parts_.control.Changes(), IsEmpty());
  Result("rebalance", {{"apply", true}});
  EXPECT_THAT(parts_.control.Changes(), ElementsAre("alice: rebalance"));
}

TEST_F(Commands, UniversesAreRefreshedOnlyOnDemand) {
  parts_.control.SetUniverses({{"etf:sectors", "lists", 11, "abc", 0, false, ""}});
  EXPECT_EQ(Result("universes")[0]["key"], "etf:sectors");
  EXPECT_THAT(parts_.control.Changes(), IsEmpty());
  Result("universes", {{"refresh", true}});
  EXPECT_THAT(parts_.control.Changes(), ElementsAre("alice: refresh"));
}

TEST_F(Commands, OnlyARefreshMayBlock) {
  EXPECT_TRUE(MayBlock({"universes", {{"refresh", true}}}));
  EXPECT_FALSE(MayBlock({"universes", {{"refresh", false}}}));
  EXPECT_FALSE(MayBlock({"universes", {{"refresh", "yes"}}}));
  EXPECT_FALSE(MayBlock({"status", {{"refresh", true}}}));
}

TEST_F(Commands, TheLogLevelIsToldAndSet) {
  EXPECT_EQ(Result("log_level"), "info");
  EXPECT_EQ(Result("log_level", {{"level", "debug"}}), "debug");
  EXPECT_EQ(Result("log_level"), "debug");
  EXPECT_THAT(parts_.control.Changes(), ElementsAre("alice: log-level debug"));
}

TEST_F(Commands, WhatTheEngineRefusesIsSaidInItsWords) {
  EXPECT_EQ(Complaint("refused", "pause", {{"connection", "connection_9"}}),
            "there is no connection 'connection_9'");
}

TEST_F(Commands, WhatTheEngineCannotDoIsSaid) {
  ControlServices services = parts_.services;
  services.report = []() -> nlohmann::ordered_json { throw std::runtime_error("no memory"); };
  EXPECT_EQ(Json::parse(Answer({"status", Json::object()}, "alice", services)),
            Json::parse(R"({"v":1,"ok":false,"code":"failed","error":"no memory"})"));
}

TEST_F(Commands, AnUnknownCommandHintsAtTheNearest) {
  EXPECT_THAT(Complaint("bad_request", "subscrib", Json::object()),
              HasSubstr("unknown command \"subscrib\"; did you mean \"subscribe\"?"));
}

TEST_F(Commands, AnUnknownArgumentIsRefusedBeforeAnythingIsDone) {
  EXPECT_EQ(Complaint("bad_request", "pause", {{"connection", "connection_1"}, {"hard", true}}),
            "unknown argument \"hard\" (valid: connection)");
  EXPECT_THAT(parts_.control.Changes(), IsEmpty());
}

TEST_F(Commands, ArgumentsOfAnotherTypeAreRefused) {
  EXPECT_EQ(Complaint("bad_request", "pause", {{"connection", 1}}), "connection: expected text");
  EXPECT_EQ(Complaint("bad_request", "pause", Json::object()), "connection: expected text");
  EXPECT_EQ(Complaint("bad_request", "rebalance", {{"apply", "yes"}}),
            "apply: expected true or false");
  EXPECT_EQ(Complaint("bad_request", "subscribe", {{"tickers", "AAPL"}}),
            "tickers: expected a list of symbols");
  EXPECT_EQ(Complaint("bad_request", "subscribe", {{"tickers", Json::array()}}),
            "tickers: expected a list of symbols");
  EXPECT_EQ(Complaint("bad_request", "where", Json::object()), "ticker: expected a symbol");
}

TEST_F(Commands, TickersThatCanBeNoneAreRefused) {
  for (const std::string& odd : {std::string{}, std::string{"A B"}, std::string{"A\n"},
                                 std::string("A\0B", 3), std::string(65, 'A')}) {
    EXPECT_THAT(Complaint("bad_request", "subscribe", {{"tickers", {"AAPL", odd}}}),
                HasSubstr("tickers: expected a symbol of 1 to 64 bytes without blanks, found"));
  }
  EXPECT_THAT(parts_.control.Changes(), IsEmpty());
}

TEST_F(Commands, AnUnknownLogLevelIsRefused) {
  EXPECT_EQ(Complaint("bad_request", "log_level", {{"level", "loud"}}),
            "level: expected one of: debug, info, warning, error, found \"loud\"");
}

TEST(ParseTap, WantsAllUnlessToldOtherwise) {
  const TapRequest tap = ParseTap({"tap", Json::object()});
  EXPECT_THAT(tap.symbols, IsEmpty());
  EXPECT_EQ(tap.kinds, kAllKinds);
}

TEST(ParseTap, TakesSymbolsAndKinds) {
  const TapRequest tap = ParseTap({"tap", {{"symbols", {"AAPL"}}, {"kinds", {"trade", "bar"}}}});
  EXPECT_THAT(tap.symbols, ElementsAre("AAPL"));
  EXPECT_EQ(tap.kinds, MaskOf(Kind::Trade) | MaskOf(Kind::Bar));
}

TEST(ParseTap, RefusesWhatItDoesNotKnow) {
  EXPECT_THROW(ParseTap({"tap", {{"kinds", {"trades"}}}}), BadRequest);
  EXPECT_THROW(ParseTap({"tap", {{"kinds", {3}}}}), BadRequest);
  EXPECT_THROW(ParseTap({"tap", {{"limit", 3}}}), BadRequest);
  EXPECT_THROW(ParseTap({"tap", {{"symbols", std::vector<std::string>(1001, "A")}}}), BadRequest);
}

}  // namespace
}  // namespace feedmux
