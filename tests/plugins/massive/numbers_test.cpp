#include <gtest/gtest.h>

#include <cmath>    // isnan
#include <cstdlib>  // strtod
#include <random>   // mt19937_64
#include <string>   // string

#include "decoding.hpp"

namespace feedmux::massive {
namespace {

Decoding Trade(const std::string& field) {
  return Decoding{R"([{"ev":"T","sym":"A",)" + field + "}]"};
}

TEST(MassiveNumbers, MayHaveExponents) {
  const Tick bar = Decoding(CorpusFrame("crypto_xa_exponent"), Market::Crypto).tick();
  EXPECT_EQ(bar.size, 8652169);
  EXPECT_EQ(bar.bar.open, 1e-05);
  EXPECT_EQ(bar.bar.high, 1.1e-05);
  EXPECT_EQ(bar.ts_event_ns, 1610463300000'000'000);
  EXPECT_EQ(bar.window_ms, 60000U);
  EXPECT_EQ(Trade(R"("s":1e2)").tick().size, 100);
  EXPECT_EQ(Trade(R"("x":1.0)").tick().trade.exchange, 1);
  EXPECT_EQ(Trade(R"("q":1.5e3)").tick().vendor_sequence, 1500U);
  EXPECT_EQ(Trade(R"("c":[1e1])").tick().trade.conditions[0], 10);
}

TEST(MassiveNumbers, AreTheNearestDouble) {
  std::mt19937_64 random{7};
  for (int i = 0; i < 20000; ++i) {
    std::string text = std::to_string(random() >> (random() % 64));
    const std::size_t dot = random() % (text.size() + 1);
    if (dot > 0 && dot < text.size()) text.insert(dot, ".");
    if (text[0] == '0' && text.size() > 1 && text[1] != '.') continue;
    if (random() % 8 == 0) text += "e" + std::to_string(static_cast<int>(random() % 60) - 30);
    if (random() % 4 == 0) text.insert(0, "-");
    EXPECT_EQ(Trade("\"p\":" + text).tick().price, std::strtod(text.c_str(), nullptr)) << text;
  }
}

TEST(MassiveNumbers, MayBeNegativeWhereAPriceMay) {
  EXPECT_EQ(Trade(R"("p":-37.63)").tick().price, -37.63);
  EXPECT_EQ(Trade(R"("p":-0)").tick().price, 0);
}

TEST(MassiveNumbers, TooSmallForADoubleAreZero) {
  EXPECT_EQ(Trade(R"("p":1e-400)").tick().price, 0);
}

TEST(MassiveTimes, AreToldByTheirMagnitude) {
  const std::int64_t expected = 1536036818'000'000'000;
  for (const char* time : {"1536036818", "1536036818000", "1536036818000000", "1536036818000000000",
                           "1.536036818e12", "1536036818000.0"}) {
    EXPECT_EQ(Trade(std::string{"\"t\":"} + time).tick().ts_event_ns, expected) << time;
  }
  EXPECT_EQ(Trade(R"("t":1536036818784.25)").tick().ts_event_ns, 1536036818784'250'000);
}

TEST(MassiveTimes, OfZeroAreAbsent) { EXPECT_EQ(Trade(R"("t":0)").tick().ts_event_ns, kNoTime); }

struct Rejection {
  const char* field;
  RejectReason reason;
};

TEST(MassiveNumbers, ThatCannotBeAreRejected) {
  const Rejection rejections[] = {
      {R"("t":-1)", RejectReason::OutOfRange},
      {R"("t":-1.5)", RejectReason::OutOfRange},
      {R"("t":9223372036854775808)", RejectReason::OutOfRange},
      {R"("t":99999999999999999999)", RejectReason::OutOfRange},
      {R"("t":9999999999999)", RejectReason::OutOfRange},
      {R"("t":1e300)", RejectReason::OutOfRange},
      {R"("t":9223372036854.9)", RejectReason::OutOfRange},
      {R"("p":1e999)", RejectReason::OutOfRange},
      {R"("s":-1)", RejectReason::OutOfRange},
      {R"("s":-0.5)", RejectReason::OutOfRange},
      {R"("ds":"-0.5")", RejectReason::OutOfRange},
      {R"("ds":"1e999")", RejectReason::OutOfRange},
      {R"("q":-1)", RejectReason::OutOfRange},
      {R"("q":1e30)", RejectReason::OutOfRange},
      {R"("x":3000000000)", RejectReason::OutOfRange},
      {R"("z":128)", RejectReason::OutOfRange},
      {R"("c":[65536])", RejectReason::OutOfRange},
      {R"("c":[-1])", RejectReason::OutOfRange},
      {R"("p":"1.5")", RejectReason::WrongType},
      {R"("p":true)", RejectReason::WrongType},
      {R"("p":{"a":[]})", RejectReason::WrongType},
      {R"("p":[1])", RejectReason::WrongType},
      {R"("s":"1")", RejectReason::WrongType},
      {R"("t":"1536036818784")", RejectReason::WrongType},
      {R"("x":"4")", RejectReason::WrongType},
      {R"("x":4.5)", RejectReason::WrongType},
      {R"("q":false)", RejectReason::WrongType},
      {R"("c":1)", RejectReason::WrongType},
      {R"("c":"1")", RejectReason::WrongType},
      {R"("c":["1"])", RejectReason::WrongType},
      {R"("c":[1.5])", RejectReason::WrongType},
      {R"("ds":1.5)", RejectReason::WrongType},
      {R"("ds":"")", RejectReason::WrongType},
      {R"("ds":"1.5x")", RejectReason::WrongType},
      {R"("ds":"nan")", RejectReason::WrongType},
      {R"("ds":"inf")", RejectReason::WrongType},
      {R"("i":true)", RejectReason::WrongType},
      {R"("sym":5)", RejectReason::WrongType},
  };
  for (const auto& [field, reason] : rejections) {
    const Decoding decoding = Trade(field);
    EXPECT_EQ(decoding.batch().events, 1U) << field;
    EXPECT_EQ(decoding.Rejected(reason), 1U) << field;
  }
}

TEST(MassiveNumbers, ThatAreNoJsonAreMalformed) {
  for (const char* number : {"01", "-", "1.", ".5", "+1", "1e", "1e+", "1a", "0x1", "--1", "1..2",
                             "NaN", "Infinity", "nul", "nulll", "True", "tru", "'1'", ""}) {
    for (const char* name : {"p", "t", "q", "i", "c", "new"}) {
      const Decoding decoding = Trade('"' + std::string{name} + "\":" + number);
      EXPECT_EQ(decoding.batch().events, 1U) << name << ' ' << number;
      EXPECT_EQ(decoding.Rejected(RejectReason::Malformed), 1U) << name << ' ' << number;
    }
  }
}

}  // namespace
}  // namespace feedmux::massive
