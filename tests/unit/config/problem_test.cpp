#include "config/problem.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.hpp"

namespace feedmux {
namespace {

TEST(Problem, IsOneLineWithPlacePathAndMessage) {
  EXPECT_EQ(ToString({Severity::Error,
                      {"config/demo.yaml", 12, 7},
                      "sinks[1].options.port",
                      "expected an integer from 1 to 65535, found \"abc\""}),
            "config/demo.yaml:12:7: sinks[1].options.port: expected an integer from 1 to 65535, "
            "found \"abc\"");
}

TEST(Problem, SaysThatAWarningIsOne) {
  EXPECT_EQ(ToString({Severity::Warning, {"c.yaml", 1, 2}, "sinks", "none"}),
            "c.yaml:1:2: warning: sinks: none");
}

TEST(Problem, LeavesOutWhatItDoesNotKnow) {
  EXPECT_EQ(ToString({Severity::Error, {"c.yaml"}, "", "cannot be read"}),
            "c.yaml: cannot be read");
}

TEST(ProblemWithOption, StandsAtTheOptionOrElseAtTheInstance) {
  InstanceConfig instance;
  instance.path = "sinks[0]";
  instance.location = {"c.yaml", 3, 5};
  instance.option_locations["url"] = {"c.yaml", 5, 12};
  EXPECT_EQ(ToString(ProblemWithOption(instance, "url", "expected a host")),
            "c.yaml:5:12: sinks[0].options.url: expected a host");
  EXPECT_EQ(ToString(ProblemWithOption(instance, "port", "expected another")),
            "c.yaml:3:5: sinks[0].options.port: expected another");
}

TEST(Problems, ComeOutByPlace) {
  Problems problems;
  problems.Error({"c", 9, 1}, "d", "");
  problems.Warning({"c", 2, 9}, "b", "");
  problems.Error({"c", 2, 10}, "c", "");
  problems.Error({"c", 1, 50}, "a", "");
  std::string order;
  for (const Problem& problem : problems.TakeSorted()) order += problem.path;
  EXPECT_EQ(order, "abcd");
}

TEST(Problems, AreOnlyCountedBeyondALimit) {
  Problems problems;
  for (std::size_t i = 0; i < Problems::kLimit; ++i) problems.Warning({"c", 1, 1}, "", "w");
  problems.Error({"c", 1, 1}, "", "e");
  problems.Warning({"c", 1, 1}, "", "w");
  const std::vector<Problem> taken = problems.TakeSorted();
  ASSERT_EQ(taken.size(), Problems::kLimit + 1);
  EXPECT_EQ(taken.back().message, "and 2 more problems like these");
  EXPECT_EQ(taken.back().severity, Severity::Error);
}

}  // namespace
}  // namespace feedmux
