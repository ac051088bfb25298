#include "manager/gap_log.hpp"

#include <gmock/gmock.h>

#include "core/nanoseconds.hpp"

namespace feedmux {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class GapLogTest : public ::testing::Test {
 protected:
  std::vector<GapRecord> told_;
  GapLog log_{[this](ConnectionIndex, const GapRecord& gap) { told_.push_back(gap); }};
};

TEST_F(GapLogTest, TellsOfAGapWhenItBegins) {
  log_.Lose(1, {"AAPL", "MSFT"}, 5 * kSecondNs, "reset");
  ASSERT_THAT(told_, SizeIs(1));
  EXPECT_EQ(told_[0].from_ns, 5 * kSecondNs);
  EXPECT_EQ(told_[0].to_ns, 0);
  EXPECT_EQ(told_[0].reason, "reset");
  EXPECT_THAT(*told_[0].symbols, ElementsAre("AAPL", "MSFT"));
}

TEST_F(GapLogTest, TellsOfItAgainWhenAllTickersAreBack) {
  log_.Lose(1, {"AAPL", "MSFT"}, 5 * kSecondNs, "reset");
  log_.Restore("MSFT", 8 * kSecondNs);
  log_.Restore("AAPL", 9 * kSecondNs);
  log_.Step(9 * kSecondNs);
  ASSERT_THAT(told_, SizeIs(2));
  EXPECT_EQ(told_[1].from_ns, 5 * kSecondNs);
  EXPECT_EQ(told_[1].to_ns, 9 * kSecondNs);
  EXPECT_THAT(*told_[1].symbols, ElementsAre("AAPL", "MSFT"));
}

TEST_F(GapLogTest, TickersThatComeBackLaterHaveARecordOfTheirOwn) {
  log_.Lose(1, {"AAPL", "MSFT"}, 5 * kSecondNs, "reset");
  log_.Restore("MSFT", 8 * kSecondNs);
  log_.Step(8 * kSecondNs);
  EXPECT_THAT(told_, SizeIs(1));
  log_.Step(8 * kSecondNs + GapLog::kSettleNs);
  ASSERT_THAT(told_, SizeIs(2));
  EXPECT_THAT(*told_[1].symbols, ElementsAre("MSFT"));
  log_.Restore("AAPL", 60 * kSecondNs);
  log_.Step(60 * kSecondNs);
  ASSERT_THAT(told_, SizeIs(3));
  EXPECT_THAT(*told_[2].symbols, ElementsAre("AAPL"));
  EXPECT_EQ(told_[2].from_ns, 5 * kSecondNs);
}

TEST_F(GapLogTest, ABlindTickerStaysWithTheFirstOutage) {
  log_.Lose(1, {"AAPL"}, 5 * kSecondNs, "reset");
  log_.Lose(2, {"AAPL"}, 7 * kSecondNs, "refused");
  EXPECT_THAT(told_, SizeIs(1));
  EXPECT_THAT(log_.Records(2), IsEmpty());
  log_.Restore("AAPL", 9 * kSecondNs);
  log_.Step(9 * kSecondNs);
  ASSERT_THAT(log_.Records(1), SizeIs(1));
  EXPECT_EQ(log_.Records(1)[0].from_ns, 5 * kSecondNs);
}

TEST_F(GapLogTest, AnOutageOfNobodyIsNone) {
  log_.Lose(1, {}, 5 * kSecondNs, "reset");
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(GapLogTest, RestoringWhatWasNotLostDoesNothing) {
  log_.Restore("AAPL", kSecondNs);
  log_.Step(kSecondNs);
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(GapLogTest, ShowsOpenOnesBehindClosedOnes) {
  log_.Lose(1, {"AAPL"}, kSecondNs, "first");
  log_.Restore("AAPL", 2 * kSecondNs);
  log_.Step(2 * kSecondNs);
  log_.Lose(1, {"AAPL"}, 3 * kSecondNs, "second");
  const auto records = log_.Records(1);
  ASSERT_THAT(records, SizeIs(2));
  EXPECT_EQ(records[0].reason, "first");
  EXPECT_EQ(records[1].reason, "second");
  EXPECT_EQ(records[1].to_ns, 0);
}

TEST_F(GapLogTest, KeepsTheLastOnes) {
  for (std::int64_t i = 1; i <= 100; ++i) {
    log_.Lose(1, {"AAPL"}, i * 10 * kSecondNs, "reset");
    log_.Restore("AAPL", (i * 10 + 5) * kSecondNs);
    log_.Step((i * 10 + 5) * kSecondNs);
  }
  EXPECT_THAT(log_.Records(1), SizeIs(GapLog::kKept));
  EXPECT_EQ(log_.Records(1).back().from_ns, 1000 * kSecondNs);
}

}  // namespace
}  // namespace feedmux
