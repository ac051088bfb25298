#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "manager/simulation/world.hpp"

namespace feedmux::simulation {
namespace {

#ifdef FEEDMUX_SANITIZED
constexpr std::uint64_t kSchedules = 100;  // each takes some thirty times as long
#else
constexpr std::uint64_t kSchedules = 2000;
#endif

std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

// FEEDMUX_SIMULATION_SEED=N repeats one schedule, FEEDMUX_SIMULATIONS=N runs that many.
class Simulation : public ::testing::TestWithParam<int> {
 protected:
  static constexpr int kShards = 4;

  void Run(std::uint64_t seed) {
    World world{seed};
    if (seed / 4 % 16 == 0) world.LiveWithinTheLimit();
    world.Chaos();
    world.Calm();
    world.PauseEach();
    world.CheckAtRest();
    EXPECT_THAT(world.Complaints(), ::testing::IsEmpty()) << "FEEDMUX_SIMULATION_SEED=" << seed;
  }
};

TEST_P(Simulation, EveryTickerStaysWithOneConnectionAndEveryTickIsAccountedFor) {
  if (const std::uint64_t seed = FromEnvironment("FEEDMUX_SIMULATION_SEED", 0)) return Run(seed);
  const std::uint64_t schedules = FromEnvironment("FEEDMUX_SIMULATIONS", kSchedules) / kShards;
  const auto first = static_cast<std::uint64_t>(GetParam()) * schedules + 1;
  for (std::uint64_t seed = first; seed < first + schedules && !HasFailure(); ++seed) Run(seed);
}

INSTANTIATE_TEST_SUITE_P(Shard, Simulation, ::testing::Range(0, 4));

}  // namespace
}  // namespace feedmux::simulation
