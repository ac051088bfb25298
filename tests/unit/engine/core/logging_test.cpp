#include "core/logging.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "support/captured_log.hpp"

namespace feedmux {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

class NamedLogTest : public ::testing::Test {
 protected:
  ~NamedLogTest() override { SetLogLevel(LogLevel::Info); }

  std::string Written(LogLevel level, std::string_view text) {
    CapturedLog captured;
    log_.Write(level, text);
    return captured.Text();
  }

  NamedLog log_{"redis"};
};

TEST_F(NamedLogTest, WritesTimeLevelNameAndText) {
  EXPECT_THAT(Written(LogLevel::Info, "connected"),
              MatchesRegex("[0-9-]+T[0-9:]+\\.[0-9]+Z info +\\[redis\\] connected\n"));
}

TEST_F(NamedLogTest, WritesNothingBelowTheLevel) {
  SetLogLevel(LogLevel::Warning);
  EXPECT_THAT(Written(LogLevel::Debug, "text"), IsEmpty());
  EXPECT_THAT(Written(LogLevel::Info, "text"), IsEmpty());
  EXPECT_THAT(Written(LogLevel::Warning, "text"), HasSubstr("text"));
  EXPECT_THAT(Written(LogLevel::Error, "text"), HasSubstr("text"));
}

TEST_F(NamedLogTest, FollowsAChangeOfTheLevel) {
  EXPECT_FALSE(log_.Enabled(LogLevel::Debug));
  SetLogLevel(LogLevel::Debug);
  EXPECT_TRUE(log_.Enabled(LogLevel::Debug));
  EXPECT_THAT(Written(LogLevel::Debug, "text"), HasSubstr("text"));
}

TEST_F(NamedLogTest, TellsTheLevelThatWasSet) {
  for (const auto level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error}) {
    SetLogLevel(level);
    EXPECT_EQ(CurrentLogLevel(), level);
    EXPECT_EQ(LogLevelFromName(Name(level)), level);
  }
}

TEST_F(NamedLogTest, RemembersInformationAndAboveWhateverTheLevel) {
  const auto before = RecentLogLines(0);
  const std::uint64_t number = before.empty() ? 0 : before.back().number;
  SetLogLevel(LogLevel::Error);
  log_.Write(LogLevel::Debug, "not this");
  log_.Write(LogLevel::Info, "up");
  log_.Write(LogLevel::Warning, "slow\n");

  const auto lines = RecentLogLines(number);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].number, number + 1);
  EXPECT_EQ(lines[0].text, "up");
  EXPECT_EQ(lines[0].component, "redis");
  EXPECT_EQ(lines[1].level, LogLevel::Warning);
  EXPECT_EQ(lines[1].text, "slow\\x0a");
}

TEST_F(NamedLogTest, RemembersTheLastThousandLines) {
  SetLogLevel(LogLevel::Error);
  for (int i = 0; i < 1001; ++i) log_.Info(std::to_string(i));
  const auto lines = RecentLogLines(0);
  ASSERT_EQ(lines.size(), 1000u);
  EXPECT_EQ(lines.front().text, "1");
  EXPECT_EQ(lines.back().text, "1000");
}

TEST_F(NamedLogTest, MakesControlCharactersVisible) {
  const std::string line =
      Written(LogLevel::Warning, std::string_view{"a\nb\r\x1b[2J\t\0\x7f.", 12});
  EXPECT_THAT(line, HasSubstr("a\\x0ab\\x0d\\x1b[2J\\x09\\x00\\x7f."));
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST_F(NamedLogTest, WritesWhatLooksLikeAFormatAsItIs) {
  EXPECT_THAT(Written(LogLevel::Info, "{} {0} %s %v"), HasSubstr("{} {0} %s %v"));
}

TEST_F(NamedLogTest, KeepsLettersBeyondAscii) {
  EXPECT_THAT(Written(LogLevel::Info, "caf\xc3\xa9"), HasSubstr("caf\xc3\xa9"));
}

TEST(LogLevelFromName, KnowsTheLevels) {
  EXPECT_EQ(LogLevelFromName("debug"), LogLevel::Debug);
  EXPECT_EQ(LogLevelFromName("info"), LogLevel::Info);
  EXPECT_EQ(LogLevelFromName("warning"), LogLevel::Warning);
  EXPECT_EQ(LogLevelFromName("error"), LogLevel::Error);
}

TEST(LogLevelFromName, TakesAnythingElseForInfo) {
  EXPECT_EQ(LogLevelFromName(""), LogLevel::Info);
  EXPECT_EQ(LogLevelFromName("WARNING"), LogLevel::Info);
}

}  // namespace
}  // namespace feedmux
