#include "app/engine_control.hpp"

#include <gmock/gmock.h>

#include "bus/bus.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "support/captured_log.hpp"
#include "support/running_clock.hpp"
#include "support/scripted_source.hpp"

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// connection_1 (primary, AAPL and IBM) and connection_2 (shared, MSFT) of "massive", connection_3
/// (shared, BTC) of "crypto". None is started.
class EngineControlTest : public ::testing::Test {
 protected:
  static ManagedConnection Connection(ConnectionIndex index, const std::string& name,
                                      std::size_t source, std::vector<std::string> tickers) {
    ManagedConnection connection;
    connection.index = index;
    connection.connection_id = "connection_" + std::to_string(index);
    connection.name = name;
    connection.source = source;
    connection.tickers = std::move(tickers);
    return connection;
  }

  ConnectionSupervisor::Session Session(ConnectionIndex index) {
    return {{index, "connection_" + std::to_string(index), "", {}}, &source_};
  }

  std::string RefusalOf(const std::function<void()>& request) {
    try {
      request();
    } catch (const ControlError& error) {
      return error.what();
    }
    return "not refused";
  }

  CapturedLog log_;
  RunningClock clock_;
  testing::FakeSymbols symbols_;
  Bus bus_{3};
  SourceScript script_;
  ScriptedSource source_{script_};
  ConnectionSupervisor supervisor_{
      {{"massive", Routing::FirstAvailable, {}, {}, true},
       {"crypto", Routing::FirstAvailable, {}, {}, true}},
      {Connection(1, "primary", 0, {"AAPL", "IBM"}), Connection(2, "shared", 0, {"MSFT"}),
       Connection(3, "shared", 1, {"BTC"})},
      {Session(1), Session(2), Session(3)},
      bus_,
      symbols_,
      clock_};
  UniverseSet resolvers_;
  UniverseWatcher universes_{resolvers_, {}, clock_, [](auto&&...) {}};
  EngineControl control_{supervisor_, universes_};
};

TEST_F(EngineControlTest, FindsAConnectionByItsIdAndByItsName) {
  EXPECT_THAT(control_.ConnectionTickers("connection_1"), ElementsAre("AAPL", "IBM"));
  EXPECT_THAT(control_.ConnectionTickers("primary"), ElementsAre("AAPL", "IBM"));
}

TEST_F(EngineControlTest, AnswersWhereATickerIsWithTheConnectionsId) {
  EXPECT_EQ(control_.TickerAssignment("IBM"), "connection_1");
  EXPECT_EQ(control_.TickerAssignment("BTC"), "connection_3");
  EXPECT_EQ(control_.TickerAssignment("NONE"), std::nullopt);
}

TEST_F(EngineControlTest, ANameOfTwoConnectionsIsRefusedWithTheirIds) {
  EXPECT_THAT(RefusalOf([&] { control_.Pause("uid 0", "shared"); }),
              HasSubstr("'shared' is the name of connection_2 and of connection_3"));
  EXPECT_THAT(control_.ConnectionTickers("connection_3"), ElementsAre("BTC"));
}

TEST_F(EngineControlTest, AnUnknownConnectionIsRefusedWithWhatMayHaveBeenMeant) {
  const std::string refusal = RefusalOf([&] { control_.Reconnect("uid 0", "primry"); });
  EXPECT_THAT(refusal, HasSubstr("there is no connection 'primry'; did you mean \"primary\"?"));
  EXPECT_THAT(refusal, HasSubstr("connection_1 (primary), connection_2 (shared)"));
}

TEST_F(EngineControlTest, WithSeveralSourcesASubscriptionHasToSayWhich) {
  EXPECT_THAT(RefusalOf([&] { control_.Subscribe("uid 0", {"TSLA"}, ""); }),
              HasSubstr("say which source: massive, crypto"));
  EXPECT_THAT(control_.Subscribe("uid 0", {"TSLA"}, "massive").added, ElementsAre("TSLA"));
  EXPECT_EQ(control_.TickerAssignment("TSLA"), "connection_1");
}

TEST_F(EngineControlTest, RefusesWhatCanBeNoTicker) {
  for (const char* ticker : {"", "A B", "A,B", "A\n", "\x7f"}) {
    EXPECT_THAT(RefusalOf([&] { control_.Subscribe("uid 0", {ticker}, "massive"); }),
                HasSubstr("expected a ticker"));
  }
  EXPECT_THAT(RefusalOf([&] { control_.Unsubscribe("uid 0", {}, "massive"); }),
              HasSubstr("expected one ticker at least"));
}

TEST_F(EngineControlTest, LogsEachChangeWithWhoAskedForIt) {
  control_.Subscribe("uid 1000 (ann)", {"TSLA", "AAPL"}, "massive");
  control_.Unsubscribe("uid 1000 (ann)", {"TSLA", "NONE"}, "massive");
  control_.Pause("alice from 10.0.0.7", "primary");
  control_.Resume("alice from 10.0.0.7", "primary");
  control_.Reconnect("uid 0 (root)", "primary");
  control_.Rebalance("uid 0 (root)");
  control_.RefreshUniverses("uid 0 (root)");
  const std::string text = log_.Text();
  EXPECT_THAT(text, HasSubstr("[control] uid 1000 (ann): subscribe TSLA,AAPL: 1 new, 1 already"));
  EXPECT_THAT(text, HasSubstr("uid 1000 (ann): unsubscribe TSLA,NONE: 1 removed, 1 not found"));
  EXPECT_THAT(text, HasSubstr("alice from 10.0.0.7: pause primary"));
  EXPECT_THAT(text, HasSubstr("alice from 10.0.0.7: resume primary"));
  EXPECT_THAT(text, HasSubstr("uid 0 (root): reconnect primary"));
  EXPECT_THAT(text, HasSubstr("uid 0 (root): rebalance: 0 moves"));
  EXPECT_THAT(text, HasSubstr("uid 0 (root): refresh universes"));
}

TEST_F(EngineControlTest, LogsNoChangeThatWasRefused) {
  RefusalOf([&] { control_.Pause("uid 0", "none"); });
  RefusalOf([&] { control_.SetLogLevel("uid 0", "loud"); });
  EXPECT_THAT(log_.Text(), Not(HasSubstr("uid 0")));
}

TEST_F(EngineControlTest, NamesTheLevelsThereAreWhereOneIsUnknown) {
  EXPECT_THAT(RefusalOf([&] { control_.SetLogLevel("uid 0", "loud"); }),
              HasSubstr("expected debug, info, warning or error, found \"loud\""));
}

}  // namespace
}  // namespace feedmux
