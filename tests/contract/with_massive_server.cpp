// with_massive_server COMMAND [ARG...]: runs the command beside a server that feeds every client
// with good, unknown and broken events. Its port stands in for {massive_port} in the arguments.
#include <spawn.h>     // posix_spawnp
#include <sys/wait.h>  // waitpid
#include <unistd.h>    // environ

#include <cstdio>  // perror
#include <string>  // string, to_string
#include <vector>  // vector

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

int RunBesideServer(std::vector<std::string> words) {
  feedmux::testing::ScriptedMassiveServer server;
  server.Always([frame = feedmux::testing::TextFrame(Events())](auto& client) {
    client.Welcome();
    client.Flood(frame, kFrames);
    client.Serve();
  });

  const std::string placeholder = "{massive_port}";
  std::vector<char*> arguments;
  for (std::string& word : words) {
    const auto at = word.find(placeholder);
    if (at != std::string::npos) {
      word.replace(at, placeholder.size(), std::to_string(server.port()));
    }
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);

  pid_t child = 0;
  if (::posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) {
    std::perror(arguments[0]);
    return 1;
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace

int main(int argc, char** argv) { return argc < 2 ? 1 : RunBesideServer({argv + 1, argv + argc}); }
