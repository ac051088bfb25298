#include "app/report.hpp"

#include <fcntl.h>  // open
#include <gmock/gmock.h>
#include <sys/stat.h>  // mkfifo
#include <unistd.h>    // read, close

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "eventually.hpp"
#include "feedmux/errors.hpp"
#include "support/captured_log.hpp"
#include "support/engine_parts.hpp"
#include "temp_folder.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::ordered_json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ReportTest : public ::testing::Test {
 protected:
  ReportTest() {
    source_.run = [](Publisher& publisher, std::stop_token stop, const ConnectionSpec&, int) {
      publisher.Connected();
      Batch& batch = publisher.NewBatch();
      batch.frame = "frame";
      batch.Add(Kind::Trade).symbol = 1;
      batch.events = 3;
      batch.Reject(RejectReason::WrongType);
      batch.Reject(RejectReason::InvalidUtf8);
      publisher.Publish(batch);
      publisher.ReportError("an odd \xff byte");
      WaitForStop(stop);
    };
    parts_.AddSource("massive", source_);
    parts_.AddConnection(false);
    parts_.AddSink("redis", sink_).metrics().GetCounter("redelivered", "").Add(4);
    engine_.emplace(std::move(parts_.assembly), parts_.services);
    engine_->Start();
    EXPECT_TRUE(Eventually([&] {
      const Health health = engine_->ReadHealth();
      return health.sinks[0].delivered == 1 && health.connections[0].error_count == 1;
    }));
    report_ = Json::parse(ReportJson(*engine_, 1'000'000'000, parts_.clock.UtcNs()));
  }

  CapturedLog log_;
  SourceScript source_;
  SinkScript sink_;
  EngineParts parts_;
  std::optional<Engine> engine_;
  Json report_;
};

TEST_F(ReportTest, DescribesEachConnection) {
  const Json& connection = report_["connections"]["connection_1"];
  EXPECT_EQ(connection["name"], "name_1");
  EXPECT_EQ(connection["source"], "massive");
  EXPECT_EQ(connection["enabled"], true);
  EXPECT_EQ(connection["status"], "connected");
  EXPECT_EQ(connection["assigned_tickers"], 1);
  EXPECT_EQ(connection["message_count"], 1);
  EXPECT_EQ(connection["error_count"], 1);
  EXPECT_EQ(connection["last_message_time"], 1705853696.123);
  EXPECT_EQ(connection["connects"], 1);
  EXPECT_EQ(connection["frames"], 1);
  EXPECT_EQ(connection["bytes"], 5);
  EXPECT_EQ(connection["events"], 3);
  EXPECT_EQ(connection["rejected"], 2);
  EXPECT_EQ(connection["rejected_by_reason"]["wrong_type"], 1);
  EXPECT_EQ(connection["rejected_by_reason"]["malformed"], 0);
}

TEST_F(ReportTest, DescribesADisabledConnection) {
  const Json& connection = report_["connections"]["connection_2"];
  EXPECT_EQ(connection["enabled"], false);
  EXPECT_EQ(connection["status"], "disconnected");
  EXPECT_EQ(connection["last_message_time"], 0.0);
}

TEST_F(ReportTest, HasTheLedger) {
  const Json& ledger = report_["ledger"];
  EXPECT_EQ(ledger["published"], 1);
  EXPECT_EQ(ledger["imbalance"], 0);
  const Json& sink = ledger["sinks"]["redis"];
  EXPECT_EQ(sink["delivered"], 1);
  for (const char* none : {"filtered", "dropped", "conflated", "queued", "failed", "error_count"}) {
    EXPECT_EQ(sink[none], 0) << none;
  }
  EXPECT_EQ(sink["available"], true);
}

TEST_F(ReportTest, HasTheTotals) {
  EXPECT_EQ(report_["total_connections"], 2);
  EXPECT_EQ(report_["connected_count"], 1);
  EXPECT_EQ(report_["total_ticks_received"], 1);
  EXPECT_EQ(report_["total_errors"], 1);
  EXPECT_EQ(report_["started_at"], 1.0);
  EXPECT_EQ(report_["written_at"], 1705853696.123);
}

TEST_F(ReportTest, HasTheCountersOfPlugins) {
  EXPECT_EQ(report_["metrics"]["redis"]["redelivered"], 4);
}

TEST_F(ReportTest, IsUtf8WhateverAPluginSaid) {
  EXPECT_EQ(report_["connections"]["connection_1"]["last_error"], "an odd \xef\xbf\xbd byte");
}

std::string Read(const std::filesystem::path& file) {
  std::ifstream in{file};
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::size_t CountFiles(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator{folder}, {}));
}

TEST(WriteFileAtomically, WritesAndReplacesAFile) {
  const testing::TempFolder folder;
  const auto file = folder.path() / "report.json";
  WriteFileAtomically(file, "first, and longer\n");
  WriteFileAtomically(file, "second\n");
  EXPECT_EQ(Read(file), "second\n");
  EXPECT_EQ(CountFiles(folder.path()), 1u);
}

TEST(WriteFileAtomically, ReplacesWhatALinkPointsToAndKeepsTheLink) {
  const testing::TempFolder folder;
  const auto file = folder.path() / "real.json";
  const auto link = folder.path() / "link.json";
  std::ofstream{file} << "old";
  std::filesystem::create_symlink("real.json", link);
  WriteFileAtomically(link, "new");
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(Read(file), "new");
}

TEST(WriteFileAtomically, WritesToAFifoAndKeepsIt) {
  const testing::TempFolder folder;
  const auto fifo = folder.path() / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  const int reader = ::open(fifo.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  WriteFileAtomically(fifo, "text");
  char got[8] = {};
  EXPECT_EQ(::read(reader, got, sizeof got), 4);
  EXPECT_STREQ(got, "text");
  EXPECT_TRUE(std::filesystem::is_fifo(fifo));
  ::close(reader);
}

std::string ErrorOfWriting(const std::filesystem::path& file) {
  try {
    WriteFileAtomically(file, "text");
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no error";
}

TEST(WriteFileAtomically, NamesTheFileAndTheReasonWhenItCannotWrite) {
  const testing::TempFolder folder;
  const auto file = folder.path() / "not_there" / "report.json";
  EXPECT_EQ(ErrorOfWriting(file), file.string() + ": cannot be written: No such file or directory");
}

TEST(WriteFileAtomically, DoesNotWaitForTheReaderOfAFifo) {
  const testing::TempFolder folder;
  const auto fifo = folder.path() / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_EQ(ErrorOfWriting(fifo), fifo.string() + ": cannot be written: No such device or address");
}

TEST(WriteFileAtomically, LeavesNothingBehindWhenItCannotReplace) {
  const testing::TempFolder folder;
  const auto file = folder.path() / "report.json";
  std::filesystem::create_directory(file);
  EXPECT_THAT(ErrorOfWriting(file), AllOf(StartsWith(file.string()), HasSubstr("Is a directory")));
  EXPECT_EQ(CountFiles(folder.path()), 1u);
}

}  // namespace
}  // namespace feedmux
