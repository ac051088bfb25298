#include <gmock/gmock.h>
#include <stdio.h>
#include <sys/wait.h>

#include <string>

namespace feedmux::contract {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;

struct SuiteRun {
  int exit_code = -1;
  std::string output;
};

SuiteRun RunSuite(const std::string& arguments) {
  SuiteRun run;
  FILE* pipe = ::popen((FEEDMUX_CONTRACT " " + arguments + " 2>&1").c_str(), "r");
  char buffer[4096];
  while (const auto size = ::fread(buffer, 1, sizeof buffer, pipe)) run.output.append(buffer, size);
  run.exit_code = WEXITSTATUS(::pclose(pipe));
  return run;
}

TEST(Suite, EndsWithZeroIfAllTestsPass) {
  const auto run = RunSuite(FEEDMUX_GOOD_PLUGIN " --test takes_one_tick");
  EXPECT_EQ(run.exit_code, 0) << run.output;
  EXPECT_THAT(run.output, AllOf(HasSubstr("ok   takes_one_tick\n"),
                                EndsWith("2 passed, 0 failed, 0 skipped\n")));
}

TEST(Suite, GoesOnAfterACrashAndEndsWithOne) {
  const auto run = RunSuite(FEEDMUX_BAD_PLUGINS "/crashing_sink.so");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.output, AllOf(HasSubstr("FAIL takes_ticks_of_every_kind: "),
                                HasSubstr("ok   stops_without_a_tick\n"),
                                HasSubstr("skip stops_after_a_failed_start: ")));
}

TEST(Suite, FailsAFileThatIsNoPlugin) {
  const auto run = RunSuite(FEEDMUX_CONTRACT);
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.output, HasSubstr("FAIL loads: "));
}

TEST(Suite, AsksForARequiredOption) {
  const auto run = RunSuite(FEEDMUX_UNIVERSE_PLUGIN);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.output, HasSubstr("the plugin needs --option path="));
}

TEST(Suite, RefusesOptionsThatTheTableDoesNotHave) {
  const auto run = RunSuite(FEEDMUX_GOOD_PLUGIN " --option size=1");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.output, HasSubstr("--option size: the plugin has no such option"));
}

TEST(Suite, RefusesTestsThatThereAreNot) {
  EXPECT_EQ(RunSuite(FEEDMUX_GOOD_PLUGIN " --test flies").exit_code, 2);
  EXPECT_EQ(RunSuite("").exit_code, 2);
}

TEST(Suite, NamesItsTests) {
  const auto run = RunSuite("--list");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.output, HasSubstr("publishes_valid_batches\n"));
}

}  // namespace
}  // namespace feedmux::contract
