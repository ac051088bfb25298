#include "control/protocol.hpp"

#include <gmock/gmock.h>

namespace feedmux {
namespace {

using ::testing::HasSubstr;

std::string Complaint(std::string_view line) {
  try {
    ParseRequest(line);
  } catch (const BadRequest& error) {
    return error.what();
  }
  return "none";
}

TEST(Protocol, ReadsARequest) {
  const Request request =
      ParseRequest(R"({"v":1,"command":"where","arguments":{"ticker":"AAPL"}})");
  EXPECT_EQ(request.command, "where");
  EXPECT_EQ(request.arguments["ticker"], "AAPL");
}

TEST(Protocol, NeedsNoArguments) {
  EXPECT_TRUE(ParseRequest(R"({"v":1,"command":"status"})").arguments.empty());
}

TEST(Protocol, ReadsWhatItWrites) {
  std::string line = RequestLine("pause", {{"connection", "primary"}});
  EXPECT_EQ(line.back(), '\n');
  line.pop_back();
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const Request request = ParseRequest(line);
  EXPECT_EQ(request.command, "pause");
  EXPECT_EQ(request.arguments["connection"], "primary");
}

TEST(Protocol, RefusesWhatIsNoObject) {
  for (const char* line : {"", "hello", "[]", "7", "{\"v\":1", "\xff\xfe", "null"}) {
    EXPECT_EQ(Complaint(line), "expected an object of JSON on one line") << line;
  }
}

TEST(Protocol, RefusesAnotherVersion) {
  for (const char* line : {R"({"command":"status"})", R"({"v":2,"command":"status"})",
                           R"({"v":"1","command":"status"})"}) {
    EXPECT_THAT(Complaint(line), HasSubstr("expected \"v\":1")) << line;
  }
}

TEST(Protocol, RefusesARequestWithoutACommand) {
  for (const char* line : {R"({"v":1})", R"({"v":1,"command":3})"}) {
    EXPECT_THAT(Complaint(line), HasSubstr("expected \"command\"")) << line;
  }
}

TEST(Protocol, RefusesArgumentsThatAreNoObject) {
  EXPECT_THAT(Complaint(R"({"v":1,"command":"status","arguments":[1]})"),
              HasSubstr("expected \"arguments\" to be an object"));
}

TEST(Protocol, BearsAMillionBrackets) {
  EXPECT_EQ(Complaint(std::string(1 << 20, '[')), "expected an object of JSON on one line");
}

TEST(Protocol, WritesRepliesAsLines) {
  EXPECT_EQ(ResultLine(7), "{\"v\":1,\"ok\":true,\"result\":7}\n");
  EXPECT_EQ(ErrorLine("busy", "later"),
            "{\"v\":1,\"ok\":false,\"code\":\"busy\",\"error\":\"later\"}\n");
}

TEST(Protocol, WritesUtf8WhateverAPluginSaid) {
  EXPECT_EQ(ResultLine("\xff"), "{\"v\":1,\"ok\":true,\"result\":\"\xef\xbf\xbd\"}\n");
}

}  // namespace
}  // namespace feedmux
