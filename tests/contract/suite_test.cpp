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

std::string OutputOf(const std::string& bad_plugin) {
  return RunSuite(FEEDMUX_BAD_PLUGINS "/" + bad_plugin).output;
}

TEST(Suite, SaysWhyADefaultIsNotValid) {
  EXPECT_THAT(OutputOf("bad_default.so"),
              HasSubstr("FAIL has_valid_defaults: option size: its default \"large\": expected an "
                        "integer\n"));
}

TEST(Suite, AsksASourceAboutItself) {
  const auto failure = [](const std::string& oddity) {
    return OutputOf("odd_source.so --test tells_its_calendar_tape_and_pace --option oddity=" +
                    oddity);
  };
  const std::string fail = "FAIL tells_its_calendar_tape_and_pace: ";
  EXPECT_THAT(failure("calendar_unknown"),
              HasSubstr(fail + "MarketCalendar gave 99, which is no Calendar\n"));
  EXPECT_THAT(failure("calendar_throws"), HasSubstr(fail + "MarketCalendar threw: a bug\n"));
  EXPECT_THAT(failure("tape_throws"), HasSubstr(fail + "SendsOneTape threw: a bug\n"));
  EXPECT_THAT(failure("pace_throws"), HasSubstr(fail + "IsBusy threw: a bug\n"));
  EXPECT_THAT(failure("run_returns"), HasSubstr("ok   tells_its_calendar_tape_and_pace\n"));
}

TEST(Suite, AsksASourceHowItSpellsTickers) {
  const auto failure = [](const std::string& oddity) {
    return OutputOf("odd_source.so --test spells_every_ticker --option oddity=" + oddity);
  };
  const std::string fail = "FAIL spells_every_ticker: TickSpelling ";
  EXPECT_THAT(failure("spelling_throws"), HasSubstr(fail + "threw: a bug\n"));
  EXPECT_THAT(failure("spelling_empty"), HasSubstr(fail + "of 'EUR-USD' is empty\n"));
  EXPECT_THAT(failure("spelling_blank"),
              HasSubstr(fail + "of 'EUR-USD' is 'EUR USD', which can be no symbol\n"));
}

TEST(Suite, FailsARunThatReturnsByItself) {
  EXPECT_THAT(
      OutputOf("odd_source.so --option oddity=run_returns --test publishes_valid_batches"),
      HasSubstr("FAIL publishes_valid_batches: Run returned though nobody asked it to stop"));
}

TEST(Suite, FailsAStopThatThrows) {
  EXPECT_THAT(OutputOf("sulking_sink.so --test takes_one_tick"),
              HasSubstr("FAIL takes_one_tick: Stop threw something else than SinkUnavailable: "));
  EXPECT_THAT(OutputOf("sulking_sink.so --test takes_one_tick --option unavailable=true"),
              HasSubstr("FAIL takes_one_tick: Stop threw, the target being there: "));
}

TEST(Suite, FailsKeysThatThrowWithoutANetwork) {
  EXPECT_THAT(OutputOf("keyless_universe.so --test resolves_its_keys"),
              HasSubstr("FAIL resolves_its_keys: Keys threw, though it needs no network: a bug\n"));
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
