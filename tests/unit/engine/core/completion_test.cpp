#include "core/completion.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace feedmux {
namespace {

using std::chrono::steady_clock;

TEST(Completion, IsNotReachedBeforeItIsSet) {
  const Completion completion;
  EXPECT_FALSE(completion.WaitUntil(steady_clock::now()));
  EXPECT_FALSE(completion.WaitUntil(steady_clock::now() + std::chrono::milliseconds{5}));
}

TEST(Completion, StaysSet) {
  Completion completion;
  completion.Set();
  EXPECT_TRUE(completion.WaitUntil({}));
  EXPECT_TRUE(completion.WaitUntil({}));
}

TEST(Completion, WakesEverybodyWhoWaits) {
  Completion completion;
  const auto wait = [&] {
    EXPECT_TRUE(completion.WaitUntil(steady_clock::now() + std::chrono::seconds{10}));
  };
  std::thread one{wait};
  std::thread other{wait};
  completion.Set();
  one.join();
  other.join();
}

}  // namespace
}  // namespace feedmux
