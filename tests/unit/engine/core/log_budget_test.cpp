#include "core/log_budget.hpp"

#include <gmock/gmock.h>

#include "feedmux/testing/fake_host.hpp"

namespace feedmux {
namespace {

class LogBudgetTest : public ::testing::Test {
 protected:
  void WriteMany(int lines) {
    for (int i = 0; i < lines; ++i) budget_.Write(LogLevel::Warning, "odd");
  }

  testing::FakeLog log_;
  testing::ManualClock clock_;
  LogBudget budget_{log_, clock_};
};

TEST_F(LogBudgetTest, WritesLinesAsTheyAre) {
  budget_.Write(LogLevel::Error, "odd");
  ASSERT_EQ(log_.Lines().size(), 1u);
  EXPECT_EQ(log_.Lines()[0].level, LogLevel::Error);
  EXPECT_EQ(log_.Lines()[0].text, "odd");
}

TEST_F(LogBudgetTest, LeavesOutWhatIsBeyondItsLines) {
  WriteMany(1000);
  EXPECT_EQ(log_.Lines().size(), std::size_t{LogBudget::kLines});
}

TEST_F(LogBudgetTest, SaysHowManyLinesWereLeftOut) {
  WriteMany(1000);
  clock_.Advance(std::chrono::nanoseconds{LogBudget::kWindowNs});
  WriteMany(2);
  ASSERT_EQ(log_.Lines().size(), LogBudget::kLines + 2u);
  EXPECT_EQ(log_.Lines()[LogBudget::kLines].text, "odd (990 lines like it were left out)");
  EXPECT_EQ(log_.Lines().back().text, "odd");
}

TEST_F(LogBudgetTest, NeverRunsOutWhereLinesAreRare) {
  for (int i = 0; i < 100; ++i) {
    WriteMany(1);
    clock_.Advance(std::chrono::seconds{2});
  }
  EXPECT_EQ(log_.Lines().size(), 100u);
}

}  // namespace
}  // namespace feedmux
