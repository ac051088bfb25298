#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>  // WEXITSTATUS
#include <unistd.h>    // close

#include <csignal>   // signal
#include <cstdlib>   // system
#include <fstream>   // ifstream, ofstream
#include <iterator>  // istreambuf_iterator
#include <sstream>   // istringstream

#include "feedmux_process.hpp"
#include "loopback_listener.hpp"
#include "temp_folder.hpp"

namespace feedmux::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kIdle = R"(
sinks:
  - {name: nowhere, plugin: "null"}
)";

constexpr const char* kSynthetic = R"(
sources:
  - name: market
    plugin: synthetic
    options: {rate: 2000}
sinks:
  - {name: nowhere, plugin: "null"}
)";

/// User and system time of a process so far, in clock ticks.
long CpuTicks(pid_t pid) {
  std::ifstream stat{fmt::format("/proc/{}/stat", pid)};
  std::string text{std::istreambuf_iterator<char>{stat}, {}};
  text.erase(0, text.rfind(')') + 2);
  std::istringstream fields{text};
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  long user = 0, system = 0;
  fields >> user >> system;
  return user + system;
}

TEST(CommandLine, CheckAcceptsWhatRunRuns) {
  TempFolder folder;
  FeedmuxProcess check{{"check", folder.Write("feedmux.yaml", kSynthetic)}};
  EXPECT_EQ(check.Wait(), 0) << check.Errors();
  EXPECT_THAT(check.Output(), HasSubstr("ok: 1 of 1 connections enabled, 1 sinks"));
}

TEST(CommandLine, CheckNamesEveryProblemWithItsPlace) {
  TempFolder folder;
  const auto file = folder.Write("feedmux.yaml", R"(
sources:
  - name: massive
    plugin: massiv
sinks:
  - name: redis
    plugin: redis
    options: {url: "http://127.0.0.1", chanels: [a]}
    queue: {capacity: none}
)");
  FeedmuxProcess check{{"check", file}};
  EXPECT_EQ(check.Wait(), 78);
  EXPECT_THAT(check.Errors(), HasSubstr("feedmux.yaml:4:13: sources[0].plugin: "));
  EXPECT_THAT(check.Errors(), HasSubstr("did you mean \"massive\"?"));
  EXPECT_THAT(check.Errors(), HasSubstr("sinks[0].options.url"));
  EXPECT_THAT(check.Errors(), HasSubstr("did you mean \"channels\"?"));
  EXPECT_THAT(check.Errors(), HasSubstr("feedmux.yaml:9:23: sinks[0].queue.capacity"));
}

TEST(CommandLine, CheckNamesEveryProblemThatPluginsFind) {
  TempFolder folder;
  const auto file = folder.Write("feedmux.yaml", R"(
sources:
  - name: massive
    plugin: massive
    symbols: [AAPL]
    options:
      {url: "http://h", api_key: "a b", channels: [t], ca_file: none.pem, dead_after: 1s}
  - {name: made_up, plugin: synthetic, options: {price_min: 9, price_max: 8, start_time: noon}}
sinks:
  - name: redis
    plugin: redis
    options: {url: "http://h", channels: ["{a}", ok, "{b}"], last_value_hash: last}
)");
  FeedmuxProcess check{{"check", file}};
  EXPECT_EQ(check.Wait(), 78);
  for (const char* problem :
       {"sources[0].options.url", "sources[0].options.api_key", "sources[0].options.channels",
        "sources[0].options.ca_file", "sources[0].options.dead_after",
        "sources[1].options.price_max", "sources[1].options.start_time", "sinks[0].options.url",
        "in \"{a}\"", "in \"{b}\"", "sinks[0].options.last_value_hash"}) {
    EXPECT_THAT(check.Errors(), HasSubstr(problem));
  }
}

TEST(CommandLine, RunRefusesWhatCheckRefuses) {
  TempFolder folder;
  FeedmuxProcess run{{"run", folder.Write("feedmux.yaml", "sinks: [{name: x, plugin: nothing}]")}};
  EXPECT_EQ(run.Wait(), 78);
  EXPECT_THAT(run.Errors(), HasSubstr("sinks[0].plugin"));
}

TEST(CommandLine, RunRefusesAUniverseOfAFileThatIsMissingAsCheckDoes) {
  TempFolder folder;
  const auto file = folder.Write("feedmux.yaml", R"(
universes:
  - {name: lists, plugin: file, options: {path: missing.yaml}}
sources:
  - {name: market, plugin: synthetic, connections: [{name: primary, universe: dow}]}
sinks:
  - {name: nowhere, plugin: "null"}
)");
  FeedmuxProcess check{{"check", file}};
  EXPECT_EQ(check.Wait(), 78);
  EXPECT_THAT(check.Errors(), HasSubstr("missing.yaml: No such file or directory"));
  FeedmuxProcess run{{"run", file}};
  EXPECT_EQ(run.Wait(), 78);
  EXPECT_EQ(run.Errors(), check.Errors());
}

TEST(CommandLine, CheckSaysWhichSymbolsOnlyTheNetworkKnows) {
  TempFolder folder;
  const auto file = folder.Write("feedmux.yaml", R"(
universes:
  - {name: vendor, plugin: massive, options: {api_key: k}}
sources:
  - name: market
    plugin: synthetic
    connections:
      - {name: primary, universe: "massive:stocks"}
      - {name: secondary, universe: "massive:otc", symbols: [AAPL]}
sinks:
  - {name: nowhere, plugin: "null"}
)");
  FeedmuxProcess check{{"check", file}};
  EXPECT_EQ(check.Wait(), 0) << check.Errors();
  EXPECT_THAT(check.Output(),
              HasSubstr("primary (market): symbols known only when it runs (universe "
                        "\"massive:stocks\")\n"));
  EXPECT_THAT(check.Output(), HasSubstr("(universe \"massive:otc\"); 1 symbol without it\n"));
}

TEST(CommandLine, FoldersOfPluginsThatAreNotThereAreNamed) {
  TempFolder folder;
  const auto file =
      folder.Write("feedmux.yaml", std::string{"engine: {plugin_dirs: [gone]}"} + kIdle);
  FeedmuxProcess check{{"check", file}, {{"FEEDMUX_PLUGIN_PATH", "/nowhere/plugins"}}};
  EXPECT_EQ(check.Wait(), 0);
  EXPECT_THAT(check.Errors(),
              HasSubstr("feedmux.yaml:1:24: warning: engine.plugin_dirs: expected a folder of "
                        "plugins, found none at \"gone\"\n"));
  EXPECT_THAT(check.Errors(),
              HasSubstr("FEEDMUX_PLUGIN_PATH: there is no folder \"/nowhere/plugins\"\n"));
  FeedmuxProcess plugins{{"plugins"}, {{"FEEDMUX_PLUGIN_PATH", "/nowhere/plugins"}}};
  EXPECT_EQ(plugins.Wait(), 0);
  EXPECT_THAT(plugins.Errors(), HasSubstr("there is no folder \"/nowhere/plugins\""));
}

TEST(CommandLine, AReportThatNobodyAskedForIsSaidToBeMissing) {
  TempFolder folder;
  FeedmuxProcess run{{"run", folder.Write("feedmux.yaml", kIdle)}};
  ASSERT_TRUE(run.WaitForLog("runs"));
  run.Signal(SIGUSR1);
  EXPECT_TRUE(run.WaitForLog("there is no report file; start with --report FILE"));
  EXPECT_EQ(run.Stop(), 0);
}

TEST(CommandLine, AMissingFileIsAConfigurationError) {
  FeedmuxProcess run{{"run", "/nowhere/feedmux.yaml"}};
  EXPECT_EQ(run.Wait(), 78);
  EXPECT_THAT(run.Errors(), HasSubstr("/nowhere/feedmux.yaml"));
}

TEST(CommandLine, WrongUsageEndsWithTwo) {
  FeedmuxProcess nothing{{}};
  EXPECT_EQ(nothing.Wait(), 2);
  FeedmuxProcess unknown{{"fly"}};
  EXPECT_EQ(unknown.Wait(), 2);
}

TEST(CommandLine, AnUnknownCommandIsNamedWithWhatMayHaveBeenMeant) {
  FeedmuxProcess unknown{{"statsu"}};
  EXPECT_EQ(unknown.Wait(), 2);
  EXPECT_EQ(unknown.Errors(),
            "feedmux: unknown command \"statsu\"; did you mean \"status\"? (--help says what is "
            "valid)\n");
  FeedmuxProcess option_first{{"--control", "/nowhere", "status"}};
  EXPECT_EQ(option_first.Wait(), 2);
  EXPECT_THAT(option_first.Errors(),
              HasSubstr("the command comes first, then its options; found \"--control\""));
}

TEST(CommandLine, AReportThatCannotBeWrittenIsFoundOutAtTheStart) {
  TempFolder folder;
  FeedmuxProcess run{
      {"run", folder.Write("feedmux.yaml", kIdle), "--report", "/nowhere/report.json"}};
  EXPECT_EQ(run.Wait(), 1);
  EXPECT_THAT(run.Errors(), HasSubstr("/nowhere/report.json"));
}

TEST(CommandLine, PluginsListsAllThatAreBuilt) {
  FeedmuxProcess plugins{{"plugins"}};
  EXPECT_EQ(plugins.Wait(), 0);
  for (const char* name : {"massive", "synthetic", "redis", "console", "null", "file"}) {
    EXPECT_THAT(plugins.Output(), HasSubstr(name));
  }
}

TEST(CommandLine, PluginsShowDescribesEveryOption) {
  FeedmuxProcess show{{"plugins", "show", "massive"}};
  EXPECT_EQ(show.Wait(), 0);
  EXPECT_THAT(show.Output(), HasSubstr("api_key"));
  EXPECT_THAT(show.Output(), HasSubstr("required, secret"));
}

TEST(CommandLine, PluginsShowHintsAtTheNearestName) {
  FeedmuxProcess show{{"plugins", "show", "massiv"}};
  EXPECT_EQ(show.Wait(), 2);
  EXPECT_THAT(show.Errors(), HasSubstr("did you mean \"massive\"?"));
}

TEST(CommandLine, ARefusedPluginDoesNotDisturbTheOthers) {
  TempFolder folder;
  folder.Write("broken.so", "no library at all");
  FeedmuxProcess plugins{{"plugins"}, {{"FEEDMUX_PLUGIN_PATH", folder.path()}}};
  EXPECT_EQ(plugins.Wait(), 0);
  EXPECT_THAT(plugins.Errors(), HasSubstr("broken.so: refused: "));
  EXPECT_THAT(plugins.Output(), HasSubstr("redis"));
}

TEST(CommandLine, SchemaIsJsonThatKnowsThePlugins) {
  FeedmuxProcess schema{{"schema"}};
  EXPECT_EQ(schema.Wait(), 0);
  const auto json = nlohmann::json::parse(schema.Output());
  EXPECT_THAT(json.dump(), HasSubstr("\"api_key\""));
}

TEST(CommandLine, ImportEnvPrintsAConfigurationThatCheckAccepts) {
  TempFolder folder;
  folder.Write("universes.yaml", "market_leaders: {top_500: [AAPL, MSFT]}");
  const auto env = folder.Write("tickstock.env",
                                "USE_MULTI_CONNECTION=true\n"
                                "USE_MASSIVE_API=true\n"
                                "MASSIVE_API_KEY=very-secret-key\n"
                                "WEBSOCKET_CONNECTIONS_MAX=3\n"
                                "WEBSOCKET_CONNECTION_1_ENABLED=true\n"
                                "WEBSOCKET_CONNECTION_1_NAME=primary\n"
                                "WEBSOCKET_CONNECTION_1_UNIVERSE_KEY=market_leaders:top_500\n"
                                "WEBSOCKET_CONNECTION_2_ENABLED=true\n"
                                "WEBSOCKET_CONNECTION_2_SYMBOLS=TSLA,NVDA\n");
  FeedmuxProcess import{{"import-env", env}};
  ASSERT_EQ(import.Wait(), 0) << import.Errors();
  EXPECT_THAT(import.Output(), Not(HasSubstr("very-secret-key")));

  FeedmuxProcess check{{"check", folder.Write("feedmux.yaml", import.Output())},
                       {{"MASSIVE_API_KEY", "k"}}};
  EXPECT_EQ(check.Wait(), 0) << check.Errors() << import.Output();
}

TEST(CommandLine, OutputThatIsLostIsAFailure) {
  TempFolder folder;
  const auto env = folder.Write("tickstock.env", "USE_SYNTHETIC_DATA=true\n");
  const auto yaml = folder.Write("feedmux.yaml", kIdle);
  for (const std::string& command :
       {"import-env " + env.string(), "check " + yaml.string(), std::string{"plugins"},
        std::string{"plugins show redis"}, std::string{"schema"}}) {
    const std::string full = fmt::format("'{}' {} > /dev/full 2> '{}'; exit $?", FEEDMUX_BINARY,
                                         command, (folder.path() / "errors").string());
    const int status = std::system(full.c_str());
    EXPECT_EQ(WEXITSTATUS(status), 1) << command;
    EXPECT_THAT(ReadFile(folder.path() / "errors"), HasSubstr("No space left on device"))
        << command;
  }
}

TEST(CommandLine, AnEngineWithNothingToDoUsesNoCpu) {
  RunningEngine engine{kIdle};
  const long before = CpuTicks(engine.process().pid());
  // The kernel accounts in hundredths of a second: three seconds of any polling would show.
  EXPECT_FALSE(engine.process().Wait(std::chrono::seconds{3}));
  EXPECT_LE(CpuTicks(engine.process().pid()) - before, 1);
  engine.StopAndReport();
}

TEST(CommandLine, SigintStopsItToo) {
  RunningEngine engine{kSynthetic};
  EXPECT_EQ(engine.process().Stop(SIGINT), 0);
}

TEST(CommandLine, ASignalEndsItAtOnceWhileItStillAsksForUniverses) {
  LoopbackListener silent;
  const TempFolder folder;
  const auto file = folder.path() / "feedmux.yaml";
  std::ofstream{file} << fmt::format(R"(
universes:
  - {{name: shared, plugin: redis, options: {{url: "redis://127.0.0.1:{}", timeout: 60s}}}}
sources:
  - {{name: market, plugin: synthetic, universe: dow}}
sinks:
  - {{name: nowhere, plugin: "null"}}
)",
                                     silent.port());
  FeedmuxProcess process{{"run", file.string()}};
  const auto client = silent.Accept();
  EXPECT_EQ(process.Stop(SIGTERM), 0);
  EXPECT_THAT(process.Errors(), HasSubstr("SIGTERM: nothing was started yet"));
  ::close(*client);
}

TEST(CommandLine, SighupStopsItToo) {
  ASSERT_NE(::signal(SIGHUP, SIG_DFL),
            SIG_ERR);  // it is left alone if whoever starts it ignores it
  RunningEngine engine{kSynthetic};
  EXPECT_EQ(engine.process().Stop(SIGHUP), 0);
}

TEST(CommandLine, ASecondSignalEndsItAtOnce) {
  RunningEngine engine{R"(
engine: {shutdown_timeout: 60s}
sources:
  - {name: market, plugin: synthetic, options: {rate: 2000}}
sinks:
  - {name: dead, plugin: redis, options: {url: "redis://127.0.0.1:9"}}
)"};
  ASSERT_TRUE(engine.process().WaitForLog("unavailable"));
  engine.process().Signal(SIGTERM);
  ASSERT_TRUE(engine.process().WaitForLog("stopping"));
  // Until then reports are written as ever.
  const auto stopped = [](const nlohmann::json& report) {
    return report["connections"]["connection_1"]["status"] == "disconnected";
  };
  EXPECT_TRUE(stopped(*engine.WaitForReport(stopped)));
  EXPECT_EQ(engine.process().Stop(SIGTERM), 128 + SIGTERM);
}

TEST(CommandLine, TheStandbyRunsOnlyWhereItsSourceIsDisabled) {
  const auto yaml = [](bool enabled) {
    return fmt::format(R"(
sources:
  - {{name: main, plugin: synthetic, enabled: {}, symbols: [AAPL]}}
  - {{name: spare, plugin: synthetic, standby_for: main}}
sinks:
  - {{name: nowhere, plugin: "null"}}
)",
                       enabled);
  };
  const auto delivers = [](const nlohmann::json& report) {
    return report["ledger"]["published"] > 0;
  };
  RunningEngine with_main{yaml(true)};
  auto report = *with_main.WaitForReport(delivers);
  EXPECT_EQ(report["connections"]["connection_1"]["status"], "connected");
  EXPECT_EQ(report["connections"]["connection_2"]["status"], "disconnected");

  RunningEngine without{yaml(false)};
  report = *without.WaitForReport(delivers);
  EXPECT_EQ(report["connections"]["connection_1"]["status"], "disconnected");
  EXPECT_EQ(report["connections"]["connection_2"]["status"], "connected");
  EXPECT_EQ(report["connections"]["connection_2"]["assigned_tickers"], 1);
}

}  // namespace
}  // namespace feedmux::testing
