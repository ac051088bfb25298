#include "sink_redis/number_text.hpp"

#include <gtest/gtest.h>

#include <cmath>    // isfinite
#include <cstdlib>  // strtod
#include <cstring>  // memcpy
#include <random>   // mt19937_64
#include <string>   // string

namespace feedmux::redis {
namespace {

std::string Number(double value) {
  char text[kMaxNumberText];
  return {text, WriteNumber(text, value)};
}

std::string Seconds(std::int64_t ns) {
  char text[kMaxNumberText];
  return {text, WriteSeconds(text, ns)};
}

TEST(NumberText, PricesAreTheirShortestDecimal) {
  EXPECT_EQ(Number(178.23), "178.23");
  EXPECT_EQ(Number(0.1), "0.1");
  EXPECT_EQ(Number(0.0001), "0.0001");
  EXPECT_EQ(Number(0.00012345), "0.00012345");
  EXPECT_EQ(Number(1.005), "1.005");
  EXPECT_EQ(Number(-37.63), "-37.63");
  EXPECT_EQ(Number((178.22 + 178.24) / 2), "178.23000000000002");
}

TEST(NumberText, WholeNumbersHaveNoPoint) {
  EXPECT_EQ(Number(0), "0");
  EXPECT_EQ(Number(-0.0), "0");
  EXPECT_EQ(Number(100), "100");
  EXPECT_EQ(Number(8652169), "8652169");
}

TEST(NumberText, LargeAndSmallNumbersStayPlain) {
  EXPECT_EQ(Number(1e6), "1000000");
  EXPECT_EQ(Number(123456789012345), "123456789012345");
  EXPECT_EQ(Number(1e20), "100000000000000000000");
  EXPECT_EQ(Number(1e-7), "0.0000001");
}

TEST(NumberText, NumbersThatNoPriceCanBeHaveAnExponent) {
  EXPECT_EQ(Number(1e21), "1e+21");
  EXPECT_EQ(Number(-2.5e-300), "-2.5e-300");
}

TEST(NumberText, EveryNumberReadsBackAsItself) {
  std::mt19937_64 random{7};
  for (int i = 0; i < 200'000; ++i) {
    const std::uint64_t bits = random();
    double value;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    ASSERT_EQ(std::strtod(Number(value).c_str(), nullptr), value) << Number(value);
  }
}

TEST(NumberText, EveryDecimalPriceReadsBackAsItself) {
  std::mt19937_64 random{7};
  for (int i = 0; i < 200'000; ++i) {
    const std::string text = std::to_string(1 + random() % 999'999) + "." +
                             std::to_string(1 + random() % 9'999'999) + "7";
    ASSERT_EQ(Number(std::strtod(text.c_str(), nullptr)), text);
  }
}

TEST(NumberText, SecondsKeepEveryNanosecondAndNoTrailingZero) {
  EXPECT_EQ(Seconds(1'705'853'696'123'000'000), "1705853696.123");
  EXPECT_EQ(Seconds(1'705'853'696'123'456'789), "1705853696.123456789");
  EXPECT_EQ(Seconds(1'705'853'696'000'000'000), "1705853696");
  EXPECT_EQ(Seconds(1'705'853'696'000'000'010), "1705853696.00000001");
  EXPECT_EQ(Seconds(1'705'853'696'100'000'000), "1705853696.1");
  EXPECT_EQ(Seconds(0), "0");
  EXPECT_EQ(Seconds(-1'500'000'000), "-1.5");
}

}  // namespace
}  // namespace feedmux::redis
