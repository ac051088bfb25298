#pragma once

#include <gtest/gtest.h>

#include <filesystem>         // path
#include <fstream>            // ifstream
#include <iterator>           // istreambuf_iterator
#include <nlohmann/json.hpp>  // json
#include <string>             // string
#include <string_view>        // string_view
#include <utility>            // pair
#include <vector>             // vector

#include "feedmux/batch.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "massive/decoder.hpp"

namespace feedmux::massive {

/// What one frame gave. Every one of them is checked for the decoder's invariants.
class Decoding {
 public:
  explicit Decoding(std::string_view frame, Market market = Market::Stocks) {
    Decoder decoder{symbols_, market};
    Decode(decoder, frame);
  }

  const Batch& batch() const { return batch_; }
  const std::vector<Tick>& ticks() const { return batch_.ticks; }
  const std::vector<std::pair<std::string, std::string>>& statuses() const { return statuses_; }

  /// The only tick; a failure and an empty one if there are more or fewer.
  Tick tick() const {
    EXPECT_EQ(batch_.ticks.size(), 1U) << batch_.frame;
    return batch_.ticks.size() == 1 ? batch_.ticks.front() : Tick{};
  }
  std::string_view Symbol(const Tick& tick) const { return symbols_.Text(tick.symbol); }
  std::uint64_t Rejected(RejectReason reason) const {
    return batch_.rejected[static_cast<std::size_t>(reason)];
  }

 private:
  void Decode(Decoder& decoder, std::string_view frame) {
    batch_.frame = frame;
    batch_.connection = 7;
    batch_.ts_recv_ns = 42;
    decoder.Decode(batch_, [this](const StatusMessage& status) {
      statuses_.emplace_back(status.status, status.message);
    });
    EXPECT_EQ(batch_.frame, frame);
    EXPECT_EQ(batch_.events, batch_.ticks.size() + batch_.status_events + batch_.RejectedCount())
        << frame;
    EXPECT_EQ(batch_.status_events, statuses_.size());
    const char* at = batch_.frame.data();
    for (const Tick& tick : batch_.ticks) {
      const std::string_view raw = tick.Raw();
      EXPECT_GE(raw.data(), at) << "ticks overlap or are out of order: " << frame;
      at = raw.data() + raw.size();
      EXPECT_LE(at, batch_.frame.data() + batch_.frame.size());
      EXPECT_TRUE(raw.starts_with('{') && raw.ends_with('}')) << raw;
      EXPECT_TRUE(nlohmann::json::accept(raw)) << raw;
      EXPECT_EQ(tick.connection, 7);
      EXPECT_EQ(tick.ts_recv_ns, 42);
    }
  }

  testing::FakeSymbols symbols_;
  Batch batch_;
  std::vector<std::pair<std::string, std::string>> statuses_;
};

/// The example frames, also the fuzzer's corpus.
inline std::string CorpusFrame(const std::string& name) {
  std::ifstream file{std::filesystem::path{FEEDMUX_MASSIVE_CORPUS} / (name + ".json")};
  EXPECT_TRUE(file.is_open()) << name;
  return {std::istreambuf_iterator<char>{file}, {}};
}

inline std::string EventOf(const std::string& frame) { return frame.substr(1, frame.size() - 2); }

}  // namespace feedmux::massive
