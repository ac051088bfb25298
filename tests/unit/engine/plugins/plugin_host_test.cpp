#include "plugins/plugin_host.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

#include "core/symbol_table.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "support/captured_log.hpp"

namespace feedmux {
namespace {

using ::testing::HasSubstr;

class PluginHostTest : public ::testing::Test {
 protected:
  testing::ManualClock clock_;
  SymbolTable symbols_;
  HostServices services_{clock_, symbols_, {}, {}, nullptr};
  PluginHost sink_{"redis", PluginHost::Role::Sink, services_};
  PluginHost source_{"massive", PluginHost::Role::Other, services_};
};

TEST_F(PluginHostTest, GivesSinksTimers) {
  sink_.timers().Every(std::chrono::milliseconds{1}, [] {});
  EXPECT_NE(sink_.timer_queue().NextDue(), TimerQueue::TimePoint::max());
}

TEST_F(PluginHostTest, GivesOthersNoTimers) {
  EXPECT_THROW(source_.timers(), std::logic_error);
  EXPECT_THROW(source_.ReportFailed(1, "why"), std::logic_error);
}

TEST_F(PluginHostTest, KnowsConnectionsByTheirIndex) {
  services_.connections = {{"connection_1", "primary", "massive"},
                           {"connection_2", "secondary", "massive"}};
  EXPECT_EQ(sink_.connection(1).name, "primary");
  EXPECT_EQ(sink_.connection(2).connection_id, "connection_2");
}

TEST_F(PluginHostTest, HasEmptyNamesForAConnectionThatDoesNotExist) {
  services_.connections = {{"connection_1", "primary", "massive"}};
  EXPECT_EQ(sink_.connection(0).name, "");
  EXPECT_EQ(sink_.connection(2).name, "");
  EXPECT_EQ(sink_.connection(65535).name, "");
}

TEST_F(PluginHostTest, TellsWhatProcessItIsIn) {
  services_.engine = {"1.2.3", 7, {{"sink", "redis", "1.0.0", "To Redis", "/lib/sink_redis.so"}}};
  EXPECT_EQ(sink_.engine().version, "1.2.3");
  EXPECT_EQ(sink_.engine().plugins.at(0).name, "redis");
}

TEST_F(PluginHostTest, ReadsTheRecentLog) {
  const auto before = sink_.RecentLog(0);
  CapturedLog log;
  sink_.log().Info("connected");
  const auto lines = sink_.RecentLog(before.empty() ? 0 : before.back().number);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].text, "connected");
  EXPECT_EQ(lines[0].component, "redis");
}

TEST_F(PluginHostTest, ReadsTheHealthOfTheEngineOnceThereIsOne) {
  EXPECT_EQ(sink_.ReadHealth().published, 0u);
  services_.read_health = [] {
    Health health;
    health.published = 7;
    return health;
  };
  EXPECT_EQ(sink_.ReadHealth().published, 7u);
}

TEST_F(PluginHostTest, SumsUpFailedTicksUntilTheyAreTaken) {
  CapturedLog log;
  sink_.ReportFailed(2, "too long");
  sink_.ReportFailed(3, "too long");
  EXPECT_EQ(sink_.TakeFailed(), 5u);
  EXPECT_EQ(sink_.TakeFailed(), 0u);
  EXPECT_THAT(log.Text(), HasSubstr("too long"));
}

TEST_F(PluginHostTest, CountsForOneInstance) {
  sink_.metrics().GetCounter("messages", "").Add(3);
  source_.metrics().GetCounter("messages", "").Add(4);
  EXPECT_EQ(sink_.metrics().Read().at("messages"), 3u);
}

TEST_F(PluginHostTest, SharesTheSymbols) {
  EXPECT_EQ(sink_.symbols().Intern("AAPL"), source_.symbols().Intern("AAPL"));
}

}  // namespace
}  // namespace feedmux
