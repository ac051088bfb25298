// with_massive_server COMMAND [ARG...]: runs the command beside a server that feeds every client
// with good, unknown and broken events. Its port stands in for {massive_port} in the arguments.
#include <string>  // string, to_string
#include <vector>  // vector

#include "run_with.hpp"
#include "scripted_massive_server.hpp"

namespace {

constexpr std::size_t kFrames = 5000;

std::string Events() {
  return feedmux::testing::FrameOf(
      {feedmux::testing::TradeEvent("AAPL", 178.23, 100),
       R"({"ev":"Q","sym":"MSFT","bp":410.1,"ap":410.2,"bs":3,"as":4,"t":1705853696123,"q":7})",
       R"({"ev":"AM","sym":"AAPL","v":10,"o":1,"c":2,"h":3,"l":1,"s":1705853640000,"e":1705853700000})",
       R"({"ev":"ZZ","sym":"AAPL","new":[1,{"x":null}]})", R"({"ev":"T"})",
       R"({"ev":"T","sym":"AAPL","p":"high"})", "17",
       R"({"ev":"status","status":"success","message":"a notice"})"});
}

int RunBesideServer(const std::vector<std::string>& words) {
  feedmux::testing::ScriptedMassiveServer server;
  server.Always([frame = feedmux::testing::TextFrame(Events())](auto& client) {
    client.Welcome();
    client.Flood(frame, kFrames);
    client.Serve();
  });
  return feedmux::contract::RunWith({{"{massive_port}", std::to_string(server.port())}}, words);
}

}  // namespace

int main(int argc, char** argv) { return argc < 2 ? 1 : RunBesideServer({argv + 1, argv + argc}); }
