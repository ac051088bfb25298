#include "console_sink.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "feedmux/errors.hpp"
#include "feedmux/testing/fake_host.hpp"
#include "feedmux/testing/make_options.hpp"
#include "options.hpp"

namespace feedmux::console {
namespace {

using feedmux::testing::FakeHost;
using feedmux::testing::MakeOptions;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using namespace std::chrono_literals;

class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe(ends_), 0); }
  ~Pipe() {
    CloseReader();
    CloseWriter();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int writer() const { return ends_[1]; }
  void CloseReader() { Close(ends_[0]); }
  void CloseWriter() { Close(ends_[1]); }

  /// What one read finds, at most.
  std::string Read() {
    std::string text(1 << 16, '\0');
    const ssize_t count = ::read(ends_[0], text.data(), text.size());
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
  }

  /// Everything until the writer is closed.
  std::string ReadAll() {
    std::string all;
    for (std::string part = Read(); !part.empty(); part = Read()) all += part;
    return all;
  }

 private:
  static void Close(int& file) {
    if (file >= 0) ::close(file);
    file = -1;
  }
  int ends_[2] = {-1, -1};
};

class ConsoleSinkTest : public ::testing::Test {
 protected:
  ConsoleSinkTest() {
    host_.AddConnection(1, {"connection_1", "primary", "synthetic"});
    aapl_ = host_.symbols().Intern("AAPL");
  }
  ~ConsoleSinkTest() override { EXPECT_THAT(host_.log().UnexpectedLines(), ::testing::IsEmpty()); }

  Options With(std::string mode) { return MakeOptions(kOptionTable, {{"mode", std::move(mode)}}); }

  std::vector<Tick> Trades(std::size_t count) {
    Tick tick;
    tick.kind = Kind::Trade;
    tick.symbol = aapl_;
    tick.connection = 1;
    tick.ts_event_ns = 1'705'853'696'123'456'789;
    tick.price = 178.23;
    tick.size = 100;
    return std::vector<Tick>(count, tick);
  }

  FakeHost host_;
  Pipe pipe_;
  SymbolId aapl_ = kNoSymbol;
};

constexpr std::string_view kTradeLine =
    "16:14:56.123456  trade      AAPL      primary            178.23 x 100\n";

TEST_F(ConsoleSinkTest, WritesOneLineATick) {
  ConsoleSink sink{host_, With("ticks"), pipe_.writer()};
  sink.Start();
  sink.OnTicks(Trades(2));
  EXPECT_EQ(pipe_.Read(), std::string{kTradeLine} + std::string{kTradeLine});
  EXPECT_EQ(host_.timers().size(), 0u);
}

TEST_F(ConsoleSinkTest, WritesMoreThanAPipeHolds) {
  ConsoleSink sink{host_, With("ticks"), pipe_.writer()};
  sink.Start();
  std::thread writer{[&] {
    sink.OnTicks(Trades(30'000));
    pipe_.CloseWriter();
  }};
  EXPECT_EQ(pipe_.ReadAll().size(), 30'000 * kTradeLine.size());
  writer.join();
}

TEST_F(ConsoleSinkTest, WaitsForASlowReaderOfANonBlockingPipe) {
  ASSERT_EQ(::fcntl(pipe_.writer(), F_SETFL, O_NONBLOCK), 0);
  ConsoleSink sink{host_, With("ticks"), pipe_.writer()};
  sink.Start();
  std::thread writer{[&] {
    sink.OnTicks(Trades(30'000));
    pipe_.CloseWriter();
  }};
  EXPECT_EQ(pipe_.ReadAll().size(), 30'000 * kTradeLine.size());
  writer.join();
}

TEST_F(ConsoleSinkTest, AReaderThatWentAwayMakesItUnavailable) {
  ConsoleSink sink{host_, With("ticks"), pipe_.writer()};
  sink.Start();
  pipe_.CloseReader();
  try {
    sink.OnTicks(Trades(3));
    FAIL() << "nothing was thrown";
  } catch (const SinkUnavailable& error) {
    EXPECT_EQ(std::string{error.what()}, "writing to stdout: Broken pipe");
    EXPECT_EQ(error.delivered(), 0u);
  }
}

TEST_F(ConsoleSinkTest, LinesWrittenWholeCountAsDelivered) {
  ASSERT_EQ(::fcntl(pipe_.writer(), F_SETPIPE_SZ, 4096), 4096);
  ConsoleSink sink{host_, With("ticks"), pipe_.writer()};
  sink.Start();
  std::string read;
  std::thread reader{[&] {
    read = pipe_.Read();
    pipe_.CloseReader();
  }};
  std::size_t delivered = 0;
  try {
    sink.OnTicks(Trades(10'000));
    ADD_FAILURE() << "nothing was thrown";
  } catch (const SinkUnavailable& error) {
    delivered = error.delivered();
  }
  reader.join();
  EXPECT_GE(delivered, read.size() / kTradeLine.size());
  EXPECT_LE(delivered, (read.size() + 2 * 4096) / kTradeLine.size());
}

TEST_F(ConsoleSinkTest, AClosedTargetIsSaidAtTheStart) {
  const int file = pipe_.writer();
  pipe_.CloseWriter();
  ConsoleSink sink{host_, With("ticks"), file};
  EXPECT_THROW(sink.Start(), SinkUnavailable);
}

TEST_F(ConsoleSinkTest, WritesASummaryEachInterval) {
  ConsoleSink sink{host_, With("summary"), pipe_.writer()};
  sink.Start();
  sink.OnTicks(Trades(500));
  sink.OnTicks(Trades(500));
  host_.manual_clock().Advance(1s);
  host_.timers().FireAll();
  EXPECT_THAT(pipe_.Read(),
              StartsWith("16:14:57       1,000 ticks/s  (trade     1,000  quote         0  bar     "
                         "    0)  total         1,000  connections 0/0  "));
  sink.OnTicks(Trades(10));
  host_.manual_clock().Advance(2s);
  host_.timers().FireAll();
  EXPECT_THAT(pipe_.Read(),
              AllOf(StartsWith("16:14:59           5 ticks/s"), HasSubstr("total         1,010")));
}

TEST_F(ConsoleSinkTest, ShowsTheHealthOfTheEngine) {
  Health health;
  health.connections.emplace_back().status = ConnectionStatus::Connected;
  health.sinks.emplace_back().name = "redis";
  health.sinks[0].dropped = 5;
  health.imbalance = 1;
  host_.SetHealth(health);
  ConsoleSink sink{host_, With("summary"), pipe_.writer()};
  sink.Start();
  host_.timers().FireAll();
  EXPECT_THAT(pipe_.Read(),
              HasSubstr("connections 1/1  queued 0  dropped 5 (redis)  imbalance 1\n"));
}

TEST_F(ConsoleSinkTest, TheLastSummaryHoldsTheRest) {
  ConsoleSink sink{host_, With("summary"), pipe_.writer()};
  sink.Start();
  sink.OnTicks(Trades(7));
  host_.manual_clock().Advance(1s);
  sink.Stop();
  EXPECT_THAT(pipe_.Read(), HasSubstr("total             7"));
}

TEST_F(ConsoleSinkTest, SetsUpOneTimerHoweverOftenItIsStarted) {
  ConsoleSink sink{host_, With("summary"), pipe_.writer()};
  sink.Start();
  sink.Start();
  EXPECT_EQ(host_.timers().size(), 1u);
}

TEST_F(ConsoleSinkTest, SummariesEndWithOneErrorWhenTheReaderWentAway) {
  host_.log().Expect("Broken pipe");
  ConsoleSink sink{host_, With("summary"), pipe_.writer()};
  sink.Start();
  pipe_.CloseReader();
  host_.timers().FireAll();
  host_.timers().FireAll();
  sink.OnTicks(Trades(1));
  sink.Stop();
  ASSERT_EQ(host_.log().Lines().size(), 1u);
  EXPECT_EQ(host_.log().Lines()[0].text, "writing to stdout: Broken pipe; no more summary lines");
}

TEST_F(ConsoleSinkTest, WritesToTheTargetOfTheOptions) {
  const Options options = MakeOptions(kOptionTable, {{"target", "stderr"}, {"mode", "ticks"}});
  ConsoleSink sink{host_, options};
  sink.Start();
  ::testing::internal::CaptureStderr();
  sink.OnTicks(Trades(1));
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), kTradeLine);
}

}  // namespace
}  // namespace feedmux::console
