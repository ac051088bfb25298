#include "isolated.hpp"

#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <thread>

namespace feedmux::contract {
namespace {

using ::testing::HasSubstr;
using Verdict = Outcome::Verdict;

constexpr std::chrono::seconds kLimit{30};

TEST(RunIsolated, PassesWhatReturns) {
  const auto outcome = RunIsolated([] { return std::string{"a note"}; }, kLimit);
  EXPECT_EQ(outcome.verdict, Verdict::Passed);
  EXPECT_EQ(outcome.note, "a note");
}

TEST(RunIsolated, LeavesTheCallersMemoryAlone) {
  int value = 1;
  RunIsolated([&] { return std::to_string(value = 2); }, kLimit);
  EXPECT_EQ(value, 1);
}

TEST(RunIsolated, FailsWhatCallsFailOnAnyThread) {
  const auto outcome = RunIsolated(
      []() -> std::string {
        std::thread{[] { Fail("on a thread"); }}.join();
        return {};
      },
      kLimit);
  EXPECT_EQ(outcome.verdict, Verdict::Failed);
  EXPECT_EQ(outcome.why, "on a thread");
}

TEST(RunIsolated, TakesTheVerdictOfOneThread) {
  const auto outcome = RunIsolated(
      []() -> std::string {
        std::thread first{[] { Fail("one"); }};
        std::thread second{[] { Fail("one"); }};
        first.join();
        second.join();
        return {};
      },
      kLimit);
  EXPECT_EQ(outcome.why, "one");
}

TEST(RunIsolated, SkipsWhatCallsSkip) {
  const auto outcome = RunIsolated([]() -> std::string { Skip("not today"); }, kLimit);
  EXPECT_EQ(outcome.verdict, Verdict::Skipped);
  EXPECT_EQ(outcome.why, "not today");
}

TEST(RunIsolated, FailsWhatThrows) {
  const auto outcome =
      RunIsolated([]() -> std::string { throw std::runtime_error("thrown"); }, kLimit);
  EXPECT_EQ(outcome.verdict, Verdict::Failed);
  EXPECT_THAT(outcome.why, HasSubstr("thrown"));
}

TEST(RunIsolated, FailsWhatCrashesAndNamesTheSignal) {
  const auto outcome = RunIsolated(
      []() -> std::string {
        ::signal(SIGABRT, SIG_DFL);
        ::raise(SIGABRT);
        return {};
      },
      kLimit);
  EXPECT_EQ(outcome.verdict, Verdict::Failed);
  EXPECT_EQ(outcome.why, "crashed with SIGABRT");
}

TEST(RunIsolated, FailsWhatEndsTheProcess) {
  const auto outcome = RunIsolated([]() -> std::string { ::_exit(7); }, kLimit);
  EXPECT_EQ(outcome.verdict, Verdict::Failed);
  EXPECT_THAT(outcome.why, HasSubstr("exit code 7"));
}

TEST(RunIsolated, EndsWhatTakesTooLong) {
  const auto outcome = RunIsolated(
      []() -> std::string {
        while (true) ::pause();
      },
      std::chrono::seconds{1});
  EXPECT_EQ(outcome.verdict, Verdict::Failed);
  EXPECT_EQ(outcome.why, "not done after 1 s");
}

TEST(RunIsolated, KeepsTheOutput) {
  const auto outcome = RunIsolated(
      []() -> std::string {
        std::puts("to the output");
        std::fputs("to the error", stderr);
        Fail("");
      },
      kLimit);
  EXPECT_THAT(outcome.output, HasSubstr("to the output"));
  EXPECT_THAT(outcome.output, HasSubstr("to the error"));
}

}  // namespace
}  // namespace feedmux::contract
