// Looks on at a dashboard as open pages do, without drawing them.
//
// Standard input, a number a line: how many viewers there are from now on. Standard output, one
// JSON object a line: {"viewers", "messages", "bytes", "tick_updates", "seen"} after each number,
// as soon as every viewer gets messages: what all have read so far. "seen" is the sum of what tick
// updates say.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>    // SIGTERM
#include <cstdio>     // fprintf
#include <exception>  // exception
#include <fstream>    // ofstream
#include <iostream>   // cout
#include <memory>     // unique_ptr
#include <nlohmann/json.hpp>
#include <string>  // string, stoul
#include <vector>  // vector

#include "viewer.hpp"

namespace feedmux::bench {
namespace {

namespace asio = boost::asio;
using Json = nlohmann::ordered_json;

class Audience {
 public:
  Audience(const ViewerOptions& options, std::string ages_file)
      : options_(options), ages_file_(std::move(ages_file)) {
    commands_.assign(::dup(STDIN_FILENO));
    ending_.async_wait([this](const boost::system::error_code&, int) { io_.stop(); });
    ReadCommand();
  }

  void Run() {
    io_.run();
    if (ages_file_.empty()) return;
    std::ofstream file{ages_file_, std::ios::binary};
    file.write(reinterpret_cast<const char*>(readings_.ages_us.data()),
               static_cast<std::streamsize>(readings_.ages_us.size() * sizeof(std::int64_t)));
  }

 private:
  void ReadCommand() {
    asio::async_read_until(commands_, asio::dynamic_buffer(input_), '\n',
                           [this](const boost::system::error_code& error, std::size_t size) {
                             if (error) return io_.stop();
                             Resize(std::stoul(input_));
                             input_.erase(0, size);
                             ReadCommand();
                           });
  }

  void Resize(std::size_t wanted) {
    for (std::size_t i = wanted; i < viewers_.size(); ++i) {
      viewers_[i]->Close();
      closing_.push_back(std::move(viewers_[i]));
    }
    viewers_.resize(std::min(wanted, viewers_.size()));
    waiting_ = wanted - viewers_.size();
    if (waiting_ == 0) return Say();
    while (viewers_.size() < wanted) {
      viewers_.push_back(std::make_unique<Viewer>(io_, options_, readings_, [this] {
        if (--waiting_ == 0) Say();
      }));
    }
  }

  void Say() const {
    const Json json = {{"viewers", viewers_.size()},
                       {"messages", readings_.messages},
                       {"bytes", readings_.bytes},
                       {"tick_updates", readings_.tick_updates},
                       {"seen", readings_.seen}};
    std::cout << json.dump() << std::endl;
  }

  const ViewerOptions options_;
  const std::string ages_file_;
  asio::io_context io_;
  asio::posix::stream_descriptor commands_{io_};
  std::string input_;
  asio::signal_set ending_{io_, SIGTERM};
  Readings readings_;
  std::size_t waiting_ = 0;  // for the first message of so many viewers
  std::vector<std::unique_ptr<Viewer>> viewers_;
  std::vector<std::unique_ptr<Viewer>> closing_;  // their handlers may still run
};

int Main(int argc, char** argv) {
  ViewerOptions options;
  std::string ages_file;
  unsigned lifetime = 120;
  CLI::App app{"Looks on at a dashboard as open pages do"};
  app.add_option("--port", options.port, "Of the dashboard on this machine")->required();
  app.add_option("--token", options.token, "API token")->required();
  app.add_option("--view", options.view, "The data of a message \"view\" that each sends: JSON");
  app.add_option("--ages", ages_file,
                 "Where to write how old each shown tick was: int64 microseconds");
  app.add_option("--lifetime", lifetime, "Seconds after which it ends in any case")
      ->check(CLI::Range(1, 3600));
  CLI11_PARSE(app, argc, argv);
  options.with_ages = !ages_file.empty();
  ::alarm(lifetime);
  Audience{options, ages_file}.Run();
  return 0;
}

}  // namespace
}  // namespace feedmux::bench

int main(int argc, char** argv) {
  try {
    return feedmux::bench::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_viewers: %s\n", error.what());
    return 1;
  }
}
