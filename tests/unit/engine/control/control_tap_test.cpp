#include <gmock/gmock.h>

#include <optional>

#include "control/control_server.hpp"
#include "control/tap_stream.hpp"
#include "eventually.hpp"
#include "support/captured_log.hpp"
#include "support/control_parts.hpp"
#include "support/raw_client.hpp"
#include "temp_folder.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr const char* kTap = R"({"v":1,"command":"tap"})";

std::vector<Json> News(TapStream& tap) {
  std::string text;
  tap.AppendNews(text);
  std::vector<Json> lines;
  for (std::size_t end = 0; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1)) {
    lines.push_back(Json::parse(text.substr(0, end)));
  }
  return lines;
}

TEST(TapStream, TellsWhatIsPublished) {
  ControlParts parts;
  TapStream tap{{}, parts.services};
  parts.Publish({"AAPL", "TSLA"}, 2);
  const auto news = News(tap);
  ASSERT_EQ(news.size(), 2u);
  EXPECT_EQ(news[0]["tick"]["symbol"], "AAPL");
  EXPECT_EQ(news[0]["tick"]["connection_id"], "connection_2");
  EXPECT_EQ(news[0]["tick"]["connection"], "secondary");
  EXPECT_EQ(news[1]["tick"]["symbol"], "TSLA");
}

TEST(TapStream, TellsNothingTwice) {
  ControlParts parts;
  TapStream tap{{}, parts.services};
  parts.Publish({"AAPL"});
  News(tap);
  EXPECT_THAT(News(tap), IsEmpty());
}

TEST(TapStream, TellsWhatWasAskedFor) {
  ControlParts parts;
  TapStream tap{{{"TSLA"}, MaskOf(Kind::Trade)}, parts.services};
  parts.Publish({"AAPL", "TSLA", "MSFT"});
  const auto news = News(tap);
  ASSERT_EQ(news.size(), 1u);
  EXPECT_EQ(news[0]["tick"]["symbol"], "TSLA");
}

TEST(TapStream, TellsASymbolHoweverItsTicksSpellIt) {
  ControlParts parts;
  parts.services.spellings = [](const std::string& symbol) {
    return std::vector<std::string>{symbol, "EUR/USD"};
  };
  TapStream tap{{{"EUR-USD"}, kAllKinds}, parts.services};
  parts.Publish({"AAPL", "EUR/USD"});
  const auto news = News(tap);
  ASSERT_EQ(news.size(), 1u);
  EXPECT_EQ(news[0]["tick"]["symbol"], "EUR/USD");
}

TEST(TapStream, TellsWhatItLost) {
  ControlParts parts;
  TapStream tap{{}, parts.services};
  for (int i = 0; i < 70; ++i) parts.Publish(std::vector<std::string>(1000, "AAPL"));
  const auto news = News(tap);
  EXPECT_EQ(news[0].dump(), R"({"dropped":4464})");
  EXPECT_EQ(news[1]["tick"]["sequence"], 4465);
}

class ServedTap : public ::testing::Test {
 protected:
  void Start(ControlLimits limits = {}) {
    limits.tap_interval = milliseconds{1};
    server_.emplace(path_, parts_.services, limits);
    server_->Start();
  }
  bool IsTapped() {
    // Only a tap makes somebody else hold on to the batch.
    const BatchRef batch = parts_.bus.NewBatch();
    batch->connection = 1;
    batch->Add(Kind::Value).symbol = 1;
    batch->events = 1;
    parts_.bus.Publish(batch);
    return batch->references > 1;
  }

  testing::TempFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "control.sock";
  CapturedLog log_;
  ControlParts parts_;
  std::optional<ControlServer> server_;
};

TEST_F(ServedTap, SendsTicksUntilTheClientGoes) {
  Start();
  std::optional<RawClient> client{path_};
  EXPECT_EQ(client->Ask(kTap)["ok"], true);
  for (int i = 0; i < 3; ++i) {
    parts_.Publish({"AAPL"});
    EXPECT_EQ(client->ReadJson()["tick"]["symbol"], "AAPL");
  }
  client.reset();
  EXPECT_TRUE(Eventually([this] { return !IsTapped(); }));
}

TEST_F(ServedTap, RefusesABadRequestAndGoesOn) {
  Start();
  RawClient client{path_};
  EXPECT_EQ(client.Ask(R"({"v":1,"command":"tap","arguments":{"kinds":["x"]}})")["code"],
            "bad_request");
  EXPECT_EQ(client.Ask(kTap)["ok"], true);
}

TEST_F(ServedTap, RefusesMoreThanItHasPlaceFor) {
  ControlLimits limits;
  limits.taps = 1;
  Start(limits);
  RawClient first{path_}, second{path_};
  EXPECT_EQ(first.Ask(kTap)["ok"], true);
  EXPECT_EQ(second.Ask(kTap)["code"], "busy");
}

TEST_F(ServedTap, WithAStuckReaderHoldsNobodyUp) {
  Start();
  SinkQueue& sink = parts_.bus.AddSink({1u << 30, 1u << 30, WhenFull::DropOldest}, {});
  RawClient stuck{path_};
  EXPECT_EQ(stuck.Ask(kTap)["ok"], true);
  const std::vector<std::string> batch(1000, "AAPL");
  for (int i = 0; i < 200; ++i) parts_.Publish(batch);  // would hang here
  EXPECT_EQ(sink.Read().offered, 200'000u);
  EXPECT_EQ(parts_.bus.Read().Imbalance(), 0);
  RawClient other{path_};
  EXPECT_EQ(other.Ask(R"({"v":1,"command":"status"})")["ok"], true);
}

TEST_F(ServedTap, AccountsForEveryTickToAReaderThatWasStuck) {
  Start();
  RawClient client{path_};
  EXPECT_EQ(client.Ask(kTap)["ok"], true);
  const std::vector<std::string> batch(1000, "AAPL");
  for (int i = 0; i < 200; ++i) parts_.Publish(batch);
  std::uint64_t told = 0, lost = 0;
  while (told + lost < 200'000) {
    const std::string line = client.ReadLine();
    ASSERT_FALSE(line.empty());
    if (line.starts_with("{\"tick\"")) {
      ++told;
    } else {
      lost += Json::parse(line)["dropped"].get<std::uint64_t>();
    }
  }
  EXPECT_EQ(told + lost, 200'000u);
  EXPECT_GT(lost, 0u);
}

TEST_F(ServedTap, HangsUpOnAReaderThatIsStuckForGood) {
  ControlLimits limits;
  limits.stuck_tap = milliseconds{10};
  Start(limits);
  RawClient stuck{path_};
  EXPECT_EQ(stuck.Ask(kTap)["ok"], true);
  EXPECT_TRUE(Eventually([this] {
    parts_.Publish(std::vector<std::string>(1000, "AAPL"));
    return !IsTapped();
  }));
}

TEST_F(ServedTap, EndsWithTheServer) {
  Start();
  RawClient client{path_};
  EXPECT_EQ(client.Ask(kTap)["ok"], true);
  server_.reset();
  EXPECT_TRUE(client.IsHungUp());
  EXPECT_FALSE(IsTapped());
}

}  // namespace
}  // namespace feedmux
