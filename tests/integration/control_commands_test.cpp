// The commands of the real binary, against a control server with an engine that tests can script.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>  // count
#include <atomic>     // atomic
#include <cstdlib>    // system
#include <thread>     // thread

#include "control/control_server.hpp"
#include "feedmux_process.hpp"
#include "support/control_parts.hpp"

namespace feedmux::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class ControlCommand : public ::testing::Test {
 protected:
  ControlCommand() { server_.Start(); }

  struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
  };
  Outcome Run(std::vector<std::string> arguments) const {
    FeedmuxProcess process{std::move(arguments), {{"FEEDMUX_CONTROL", path_}}};
    const int code = process.Wait().value_or(-1);
    return {code, process.Output(), process.Errors()};
  }

  TempFolder folder_;
  const std::string path_ = folder_.path() / "control.sock";
  ControlParts parts_;
  ControlServer server_{path_, parts_.services};
};

TEST_F(ControlCommand, WherePrintsTheConnection) {
  EXPECT_EQ(Run({"where", "TSLA"}).out, "connection_2\n");
}

TEST_F(ControlCommand, WhereSaysThatNoConnectionCarriesIt) {
  const Outcome outcome = Run({"where", "IBM"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.err, "no connection carries IBM\n");
  EXPECT_THAT(outcome.out, IsEmpty());
}

TEST_F(ControlCommand, TickersOfAConnectionAreALineEach) {
  EXPECT_EQ(Run({"tickers", "connection_1"}).out, "AAPL\nMSFT\n");
}

TEST_F(ControlCommand, TickersOfAllAreGrouped) {
  EXPECT_EQ(Run({"tickers"}).out,
            "connection_1 primary, 2 tickers\n  AAPL MSFT\n"
            "connection_2 secondary, 1 ticker\n  TSLA\n");
}

TEST_F(ControlCommand, SubscribeTakesSymbolsAndTheSource) {
  EXPECT_EQ(Run({"subscribe", "IBM,NVDA", "F", "--source", "massive"}).out,
            "added 3: IBM, NVDA, F\n");
  EXPECT_THAT(parts_.control.Changes(),
              ElementsAre(::testing::EndsWith(": subscribe IBM,NVDA,F massive")));
}

TEST_F(ControlCommand, UnsubscribeNamesWhatWasNotFound) {
  const Outcome outcome = Run({"unsubscribe", "AAPL", "IBM"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "removed 1: AAPL\n");
  EXPECT_EQ(outcome.err, "not found 1: IBM\n");
}

TEST_F(ControlCommand, PauseResumeAndReconnectSayWhatTheyDid) {
  EXPECT_EQ(Run({"pause", "connection_1"}).out, "connection_1: pausing\n");
  EXPECT_EQ(Run({"resume", "connection_1"}).out, "connection_1: resumed\n");
  EXPECT_EQ(Run({"reconnect", "connection_1"}).out, "connection_1: reconnecting\n");
  EXPECT_EQ(parts_.control.Changes().size(), 3u);
}

TEST_F(ControlCommand, TellsTheEngineWhoAsks) {
  Run({"pause", "connection_1"});
  EXPECT_THAT(parts_.control.Changes(),
              ElementsAre(StartsWith(fmt::format("uid {}", ::geteuid()))));
}

TEST_F(ControlCommand, WhatTheEngineRefusesEndsWithTwo) {
  const Outcome outcome = Run({"pause", "nothing"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err, "feedmux: there is no connection 'nothing'\n");
}

TEST_F(ControlCommand, RebalancePrintsThePlanAndAppliesItOnDemand) {
  parts_.control.SetPlans({{"massive", {{"A", "connection_1", "connection_2", 2}}, {}}});
  EXPECT_THAT(Run({"rebalance"}).out, HasSubstr("A  connection_1 -> connection_2"));
  EXPECT_THAT(parts_.control.Changes(), IsEmpty());
  EXPECT_THAT(Run({"rebalance", "--apply"}).out, HasSubstr("A  connection_1 -> connection_2"));
  EXPECT_EQ(parts_.control.Changes().size(), 1u);
}

TEST_F(ControlCommand, UniversesAreRefreshedOnDemand) {
  parts_.control.SetUniverses({{"etf:all", "lists", 3, "ab", 0, false, ""}});
  EXPECT_THAT(Run({"universes"}).out, HasSubstr("etf:all"));
  EXPECT_THAT(Run({"universes", "--refresh"}).out, HasSubstr("etf:all"));
  EXPECT_EQ(parts_.control.Changes().size(), 1u);
}

TEST_F(ControlCommand, ARefreshThatFailsForOneUniverseEndsWithOne) {
  parts_.control.SetUniverses({{"etf:all", "lists", 3, "ab", 0, false, ""},
                               {"dow", "shared", 3, "ab", 0, true, "refused"}});
  const Outcome outcome = Run({"universes", "--refresh"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("refused"));
  EXPECT_EQ(outcome.err, "1 of 2 universes could not be looked up\n");
  EXPECT_EQ(Run({"universes", "--refresh", "--json"}).code, 1);
}

TEST_F(ControlCommand, ToShowAStaleUniverseIsNoFailure) {
  parts_.control.SetUniverses({{"dow", "shared", 3, "ab", 0, true, "refused"}});
  EXPECT_EQ(Run({"universes"}).code, 0);
}

TEST_F(ControlCommand, LogLevelIsShownAndSet) {
  EXPECT_EQ(Run({"log-level"}).out, "info\n");
  EXPECT_EQ(Run({"log-level", "debug"}).out, "debug\n");
  EXPECT_EQ(Run({"log-level"}).out, "debug\n");
}

TEST_F(ControlCommand, StatusAsJsonIsTheReport) {
  EXPECT_EQ(nlohmann::ordered_json::parse(Run({"status", "--json"}).out), parts_.report);
}

TEST_F(ControlCommand, BadInputIsOneLineAndTwo) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"where"},
                                             {"where", "A", "B"},
                                             {"pause"},
                                             {"log-level", "loud"},
                                             {"tap", "--kind", "trades"},
                                             {"tap", "--limit", "-1"},
                                             {"status", "--watch", "--json"},
                                             {"subscribe", ""},
                                             {"subscribe", "A B"}}) {
    const Outcome outcome = Run(arguments);
    EXPECT_EQ(outcome.code, 2) << arguments[0];
    EXPECT_THAT(outcome.err, StartsWith("feedmux: ")) << arguments[0];
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  }
}

TEST_F(ControlCommand, TapWithoutALimitIsRefusedPlainly) {
  for (const char* limit : {"0", "-1", "1.5", "many", "99999999999999999999"}) {
    EXPECT_EQ(Run({"tap", "--limit", limit}).err,
              fmt::format("feedmux: --limit: expected a whole number from 1 on, found \"{}\" "
                          "(--help says what is valid)\n",
                          limit));
  }
}

class TapCommand : public ControlCommand {
 protected:
  /// Publishes until the process ends, which is what a tap with a limit does.
  Outcome RunWhilePublishing(std::vector<std::string> arguments) {
    FeedmuxProcess process{std::move(arguments), {{"FEEDMUX_CONTROL", path_}}};
    WaitUntil([&] {
      parts_.Publish({"AAPL", "TSLA"});
      return process.Wait(std::chrono::milliseconds{0}).has_value();
    });
    return {process.Wait().value_or(-1), process.Output(), process.Errors()};
  }
};

TEST_F(TapCommand, PrintsTicksAsText) {
  const Outcome outcome = RunWhilePublishing({"tap", "--symbol", "TSLA", "--limit", "1"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("trade      TSLA      primary            100.25 x 50\n"));
}

TEST_F(TapCommand, PrintsTicksAsJson) {
  const Outcome outcome = RunWhilePublishing({"tap", "--json", "--kind", "trade", "--limit", "1"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["symbol"], "AAPL");
}

TEST_F(TapCommand, EndsAtItsLimit) {
  const Outcome outcome = RunWhilePublishing({"tap", "--limit", "7"});
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 7);
}

TEST_F(TapCommand, EndsQuietlyWhenItsReaderDoes) {
  const std::string errors = folder_.path() / "errors";
  std::atomic<bool> done{false};
  std::thread shell{[&] {
    const std::string line = fmt::format("{} tap --control {} 2>{} | head -n 1 >/dev/null",
                                         FEEDMUX_BINARY, path_, errors);
    EXPECT_EQ(std::system(line.c_str()), 0);
    done = true;
  }};
  EXPECT_TRUE(WaitUntil([&] {
    parts_.Publish({"AAPL"});
    return done.load();
  }));
  shell.join();
  EXPECT_THAT(ReadFile(errors), IsEmpty());
}

TEST_F(TapCommand, EndsWhenTheEngineDoes) {
  FeedmuxProcess process{{"tap"}, {{"FEEDMUX_CONTROL", path_}}};
  ASSERT_TRUE(WaitUntil([&] {
    parts_.Publish({"AAPL"});
    return !process.Output().empty();
  }));
  server_.Stop(std::chrono::seconds{10});
  EXPECT_EQ(process.Wait(), 1);
  EXPECT_THAT(process.Errors(), HasSubstr("the engine went away"));
}

}  // namespace
}  // namespace feedmux::testing
