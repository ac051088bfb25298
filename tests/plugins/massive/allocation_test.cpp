#include <gtest/gtest.h>

#include <cstdint>  // uint64_t
#include <string>   // string
#include <vector>   // vector

#include "counting_new.hpp"
#include "decoding.hpp"

namespace feedmux::massive {
namespace {

TEST(MassiveDecoder, AllocatesNothingOnceWarm) {
  std::vector<std::string> frames;
  for (const char* name :
       {"stocks_t", "stocks_t_fraction", "stocks_q", "stocks_a_decimal", "stocks_luld",
        "stocks_noi_live", "stocks_fmv", "crypto_xl2", "crypto_xa_exponent", "options_t",
        "type_last", "escapes", "spaced", "status_subscribed", "bad_middle", "bad_comma"}) {
    frames.push_back(CorpusFrame(name));
  }
  frames.push_back(R"([{"ev":"T","sym":"A_SYMBOL_OF_MORE_THAN_24_BYTES"}])");

  testing::FakeSymbols symbols;
  Decoder decoder{symbols, Market::Stocks};
  Batch batch;
  const StatusHandler ignore = [](const StatusMessage&) {};
  const auto decode_all = [&] {
    for (const std::string& frame : frames) {
      batch.Clear();
      batch.frame = frame;
      decoder.Decode(batch, ignore);
    }
  };
  decode_all();
  const std::uint64_t before = AllocationCount();
  ASSERT_GT(before, 0U);
  for (int i = 0; i < 1000; ++i) decode_all();
  EXPECT_EQ(AllocationCount() - before, 0U);
}

}  // namespace
}  // namespace feedmux::massive
