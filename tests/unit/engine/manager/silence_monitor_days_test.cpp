#include <gtest/gtest.h>

#include <string>

#include "manager/feed_simulation.hpp"

namespace feedmux {
namespace {

/// Friday's session, the weekend, and Monday up to the close, with the intensity of a market's day.
int AlarmsOverAWeekend(const Arrivals& arrivals, std::uint64_t seed) {
  FeedSimulation feed{Calendar::UsEquities, Eastern(2024y / 6 / 7, 9h), seed, {0, 0}};
  feed.Connect();
  int alarms = feed.Run(11h, arrivals, DayShape);
  alarms += feed.Run(56h, Poisson(0));
  return alarms + feed.Run(12h, arrivals, DayShape);
}

struct Feed {
  std::string name;
  Arrivals arrivals;
};

class SilenceMonitorDays : public ::testing::TestWithParam<Feed> {};

TEST_P(SilenceMonitorDays, PassWithoutAFalseAlarm) {
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    EXPECT_EQ(AlarmsOverAWeekend(GetParam().arrivals, seed), 0) << "seed " << seed;
  }
}

std::string Named(const ::testing::TestParamInfo<Feed>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Poisson, SilenceMonitorDays,
    ::testing::Values(Feed{"Every20Seconds", Poisson(0.05)}, Feed{"Every5Seconds", Poisson(0.2)},
                      Feed{"Every2Seconds", Poisson(0.5)}, Feed{"At1", Poisson(1)},
                      Feed{"At2", Poisson(2)}, Feed{"At5", Poisson(5)}, Feed{"At20", Poisson(20)},
                      Feed{"At100", Poisson(100)}, Feed{"At5000", Poisson(5000)}),
    Named);

INSTANTIATE_TEST_SUITE_P(Bursty, SilenceMonitorDays,
                         ::testing::Values(Feed{"ShortSpellsAt1", Spells(1, 10, 30, 30)},
                                           Feed{"ShortSpellsAt20", Spells(20, 10, 30, 30)},
                                           Feed{"LongSpellsAt1", Spells(1, 10, 120, 60)},
                                           Feed{"LongSpellsAt50", Spells(50, 10, 120, 60)},
                                           Feed{"RareSpellsAt5", Spells(5, 50, 60, 5)},
                                           Feed{"RareSpellsAt500", Spells(500, 50, 60, 5)},
                                           Feed{"BurstsAt1", Bursts(1)},
                                           Feed{"BurstsAt20", Bursts(20)},
                                           Feed{"WeibullGapsAt2", Renewal(2, WeibullGap)},
                                           Feed{"WeibullGapsAt20", Renewal(20, WeibullGap)},
                                           Feed{"ParetoGapsAt1", Renewal(1, ParetoGap)},
                                           Feed{"ParetoGapsAt20", Renewal(20, ParetoGap)}),
                         Named);

}  // namespace
}  // namespace feedmux
