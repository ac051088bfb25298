#include "control/control_client.hpp"

#include <gmock/gmock.h>

#include "control/control_server.hpp"
#include "support/captured_log.hpp"
#include "support/control_parts.hpp"
#include "temp_folder.hpp"

namespace feedmux {
namespace {

using Json = nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

class Client : public ::testing::Test {
 protected:
  Client() { server_.Start(); }

  testing::TempFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "control.sock";
  CapturedLog log_;
  ControlParts parts_;
  ControlServer server_{path_, parts_.services};
};

template <typename Exception, typename Function>
std::string Complaint(Function function) {
  try {
    function();
  } catch (const Exception& error) {
    return error.what();
  }
  return "none";
}

TEST_F(Client, GetsTheResult) {
  ControlClient client{{path_}};
  EXPECT_EQ(client.Call("where", {{"ticker", "TSLA"}}), "connection_2");
}

TEST_F(Client, FindsTheEngineWhereItIs) {
  ControlClient client{{folder_.path() / "none.sock", path_}};
  EXPECT_EQ(client.path(), path_);
}

TEST_F(Client, SaysWhatItTriedIfThereIsNoEngine) {
  const auto one = folder_.path() / "one.sock", two = folder_.path() / "two.sock";
  EXPECT_THAT(Complaint<NoEngine>([&] {
                ControlClient{{one, two}};
              }),
              AllOf(HasSubstr(one.string() + " (No such file or directory) and " + two.string()),
                    HasSubstr("--control PATH")));
}

TEST_F(Client, GivesTheEnginesOwnWordsWhenItIsRefused) {
  ControlClient client{{path_}};
  EXPECT_EQ(Complaint<Refused>([&] {
              client.Call("pause", {{"connection", "x"}});
            }),
            "there is no connection 'x'");
}

TEST_F(Client, SaysThatTheEngineWentAway) {
  ControlClient client{{path_}};
  client.Call("status", Json::object());
  server_.Stop(std::chrono::seconds{10});
  EXPECT_THAT(Complaint<NoEngine>([&] { client.Call("status", Json::object()); }),
              HasSubstr("the engine went away"));
}

TEST_F(Client, ReadsLinesUntilTheEnd) {
  ControlClient client{{path_}};
  client.Call("tap", Json::object());
  parts_.Publish({"AAPL", "MSFT", "TSLA"});
  for (const char* symbol : {"AAPL", "MSFT", "TSLA"}) {
    EXPECT_EQ(Json::parse(*client.ReadLine())["tick"]["symbol"], symbol);
  }
  server_.Stop(std::chrono::seconds{10});
  EXPECT_FALSE(client.ReadLine().has_value());
}

}  // namespace
}  // namespace feedmux
