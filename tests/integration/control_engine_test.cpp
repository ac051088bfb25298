// A running engine and the commands that talk to it.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "feedmux_process.hpp"

namespace feedmux::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* kYaml = R"(
sources:
  - name: market
    plugin: synthetic
    options: {rate: 2000}
    connections: [{name: primary, symbols: [AAPL]}, {name: off, enabled: false, symbols: [MSFT]}]
sinks:
  - {name: nowhere, plugin: "null"}
)";

class ControlOfAnEngine : public ::testing::Test {
 protected:
  FeedmuxProcess::Environment environment() const { return {{"FEEDMUX_CONTROL", path_}}; }
  std::string Output(std::vector<std::string> arguments) const {
    FeedmuxProcess process{std::move(arguments), environment()};
    EXPECT_EQ(process.Wait(), 0) << process.Errors();
    return process.Output();
  }

  TempFolder folder_;
  const std::string path_ = folder_.path() / "control.sock";
};

TEST_F(ControlOfAnEngine, StatusShowsItsConnectionsAndSinks) {
  RunningEngine engine{kYaml, environment()};
  ASSERT_TRUE(engine.process().WaitForLog("connected"));
  EXPECT_THAT(Output({"status"}),
              AllOf(HasSubstr("1 of 2 connected"), HasSubstr("connection_1  primary"),
                    HasSubstr("disabled"), HasSubstr("nowhere  ok"), HasSubstr("imbalance 0")));
}

TEST_F(ControlOfAnEngine, StatusAsJsonHasTheReportsShape) {
  RunningEngine engine{kYaml, environment()};
  const auto status = nlohmann::json::parse(Output({"status", "--json"}));
  const auto report = engine.StopAndReport();
  for (const auto& [key, value] : report.items()) EXPECT_TRUE(status.contains(key)) << key;
  EXPECT_EQ(status["connections"]["connection_1"].size(),
            report["connections"]["connection_1"].size());
}

TEST_F(ControlOfAnEngine, TheSocketIsForItsUserAlone) {
  RunningEngine engine{kYaml, environment()};
  struct stat found {};
  ASSERT_EQ(::stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST_F(ControlOfAnEngine, TheSocketGoesWithTheEngine) {
  RunningEngine engine{kYaml, environment()};
  engine.StopAndReport();
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(ControlOfAnEngine, ASecondEngineDoesNotStart) {
  RunningEngine engine{kYaml, environment()};
  FeedmuxProcess second{{"run", folder_.Write("second.yaml", kYaml)}, environment()};
  EXPECT_EQ(second.Wait(), 1);
  EXPECT_THAT(second.Errors(),
              HasSubstr(fmt::format("{}: another engine (pid {})", path_, engine.process().pid())));
  Output({"status"});
}

TEST_F(ControlOfAnEngine, AKilledEngineLeavesNothingInTheWay) {
  {
    RunningEngine engine{kYaml, environment()};
    engine.process().Stop(SIGKILL);
  }
  EXPECT_TRUE(fs::exists(path_));
  RunningEngine engine{kYaml, environment()};
  Output({"status"});
}

TEST_F(ControlOfAnEngine, TheYamlSaysWhereTheSocketIs) {
  const std::string path = folder_.path() / "yaml.sock";
  RunningEngine engine{fmt::format("engine: {{control: {}}}\n{}", path, kYaml), environment()};
  Output({"status", "--control", path});
}

TEST_F(ControlOfAnEngine, TheYamlSwitchesItOff) {
  RunningEngine engine{fmt::format("engine: {{control: off}}\n{}", kYaml), environment()};
  FeedmuxProcess status{{"status"}, environment()};
  EXPECT_EQ(status.Wait(), 1);
}

TEST_F(ControlOfAnEngine, WithoutAnEngineACommandSaysWhatItTried) {
  FeedmuxProcess status{{"status"}, environment()};
  EXPECT_EQ(status.Wait(), 1);
  EXPECT_EQ(status.Errors(), fmt::format("feedmux: no engine is running: tried {} (No such file or "
                                         "directory); --control PATH says where else\n",
                                         path_));
}

TEST_F(ControlOfAnEngine, TheLogLevelChangesWhileItRuns) {
  RunningEngine engine{kYaml, environment()};
  EXPECT_EQ(Output({"log-level", "debug"}), "debug\n");
  EXPECT_EQ(Output({"log-level"}), "debug\n");
  EXPECT_THAT(engine.process().Errors(), HasSubstr(fmt::format("uid {}", ::geteuid())));
}

TEST_F(ControlOfAnEngine, WatchSurvivesARestart) {
  auto engine = std::make_unique<RunningEngine>(kYaml, environment());
  FeedmuxProcess watch{{"status", "--watch"}, environment()};
  const auto shows = [&watch](const char* text) {
    return WaitUntil([&] { return watch.Output().find(text) != std::string::npos; });
  };
  EXPECT_TRUE(shows("1 of 2 connected"));
  engine->StopAndReport();
  EXPECT_TRUE(shows("no answer since"));
  engine = std::make_unique<RunningEngine>(kYaml, environment());
  EXPECT_TRUE(shows("the engine was started again"));
  EXPECT_EQ(watch.Stop(SIGINT), 0);
}

}  // namespace
}  // namespace feedmux::testing
