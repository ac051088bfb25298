// Speaks Massive's WebSocket protocol to one client and sends it trades of the symbols that it
// subscribed to.
//
// Standard output, one JSON object a line: {"port"} when it listens, {"subscribed"} with the number
// of symbols after each subscription, {"sent", "bytes", "first_ns", "last_ns", "held_up"} at the
// end. The trades begin when a line comes in on standard input; those that go as fast as the client
// reads are over when another one comes. The connection stays open until the client, SIGTERM or
// --lifetime ends it.

#include <poll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>  // min, sort
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdint>     // int64_t
#include <cstdio>      // fprintf
#include <exception>   // exception
#include <fstream>     // ofstream
#include <functional>  // function
#include <iostream>    // cout
#include <memory>      // unique_ptr
#include <nlohmann/json.hpp>
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

#include "frame_sender.hpp"
#include "trade_cycle.hpp"

namespace feedmux::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Error = boost::system::error_code;
using Json = nlohmann::ordered_json;

struct FeederOptions {
  std::size_t ticks = 1'000'000;
  std::size_t per_frame = 50;
  double rate = 0;  // ticks a second; 0: as fast as the client reads
  std::string send_times;
  bool stamp = false;
  unsigned lifetime = 120;  // seconds
};

void Say(const Json& what) { std::cout << what.dump() << std::endl; }

std::string Status(std::string_view status, std::string_view message) {
  return Json{{"ev", "status"}, {"status", status}, {"message", message}}.dump();
}

class Feeder {
 public:
  explicit Feeder(const FeederOptions& options) : options_(options) {}

  void Run() {
    tcp::acceptor acceptor{io_, {asio::ip::address_v4::loopback(), 0}};
    Say({{"port", acceptor.local_endpoint().port()}});
    acceptor.accept(socket_.next_layer());
    acceptor.close();
    socket_.next_layer().set_option(tcp::no_delay{true});
    socket_.accept();
    socket_.text(true);
    Answer("[" + Status("connected", "Connected Successfully") + "]");
    Read();
    commands_.assign(::dup(STDIN_FILENO));
    asio::async_read_until(commands_, asio::dynamic_buffer(command_), '\n',
                           [this](const Error& error, std::size_t) {
                             if (!error) Stream();
                           });
    io_.run();
  }

 private:
  void Read() {
    socket_.async_read(received_, [this](const Error& error, std::size_t) {
      if (error) {
        io_.stop();
        return;
      }
      const std::string text = beast::buffers_to_string(received_.data());
      received_.clear();
      OnMessage(Json::parse(text));
      Read();
    });
  }

  void OnMessage(const Json& message) {
    const std::string action = message.value("action", "");
    if (action == "auth") {
      Answer("[" + Status("auth_success", "authenticated") + "]");
    } else if (action == "subscribe") {
      Subscribe(message.value("params", ""));
    }
  }

  void Subscribe(const std::string& params) {
    std::string answer;
    for (std::size_t from = 0; from < params.size();) {
      const std::size_t comma = std::min(params.find(',', from), params.size());
      const std::string channel = params.substr(from, comma - from);
      from = comma + 1;
      symbols_.push_back(channel.substr(channel.find('.') + 1));
      answer += (answer.empty() ? "[" : ",") + Status("success", "subscribed to: " + channel);
    }
    Answer(answer + "]");
    Say({{"subscribed", symbols_.size()}});
  }

  void Answer(const std::string& text) { socket_.write(asio::buffer(text)); }

  void Stream() {
    std::sort(symbols_.begin(), symbols_.end());  // the same trades whatever order a client asks in
    TradeCycle cycle{symbols_, options_.per_frame};
    const std::size_t frames = options_.ticks / options_.per_frame;
    socket_.next_layer().native_non_blocking(true);
    FrameSender sender{socket_.next_layer().native_handle(), cycle};
    std::vector<std::int64_t> sent_ns;
    const SendResult result =
        options_.rate == 0
            ? sender.SendAll(frames, [this] { return HasCommand(); })
            : sender.SendPaced(frames,
                               static_cast<std::int64_t>(
                                   1e9 * static_cast<double>(options_.per_frame) / options_.rate),
                               options_.stamp, sent_ns);
    if (!options_.send_times.empty()) {
      std::ofstream file{options_.send_times, std::ios::binary};
      file.write(reinterpret_cast<const char*>(sent_ns.data()),
                 static_cast<std::streamsize>(sent_ns.size() * sizeof sent_ns[0]));
    }
    Say({{"sent", result.frames * options_.per_frame},
         {"bytes", result.bytes},
         {"first_ns", result.first_ns},
         {"last_ns", result.last_ns},
         {"held_up", result.held_up}});
  }

  bool HasCommand() {
    pollfd input{.fd = commands_.native_handle(), .events = POLLIN, .revents = 0};
    return ::poll(&input, 1, 0) == 1 && (input.revents & POLLIN) != 0;
  }

  const FeederOptions options_;
  asio::io_context io_;
  beast::websocket::stream<tcp::socket> socket_{io_};
  asio::posix::stream_descriptor commands_{io_};
  std::string command_;
  beast::flat_buffer received_;
  std::vector<std::string> symbols_;
};

FeederOptions ReadOptions(int argc, char** argv) {
  FeederOptions options;
  CLI::App app{"A Massive server that sends made-up trades to one client"};
  app.add_option("--ticks", options.ticks, "How many trades, a multiple of --per-frame");
  app.add_option("--per-frame", options.per_frame, "Trades in one frame")
      ->check(CLI::Range(1, 4000));
  app.add_option("--rate", options.rate, "Trades a second; 0: as fast as the client reads")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--send-times", options.send_times,
                 "Where to write when each frame was sent: int64 nanoseconds of CLOCK_MONOTONIC");
  app.add_flag("--stamp", options.stamp,
               "With --rate: trades carry the time of their sending, not a made-up one");
  app.add_option("--lifetime", options.lifetime, "Seconds after which it ends in any case")
      ->check(CLI::Range(1, 3600));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  if (options.ticks % options.per_frame != 0) {
    throw std::invalid_argument("--ticks: not a multiple of --per-frame");
  }
  return options;
}

}  // namespace
}  // namespace feedmux::bench

int main(int argc, char** argv) {
  try {
    const auto options = feedmux::bench::ReadOptions(argc, argv);
    ::alarm(options.lifetime);
    feedmux::bench::Feeder{options}.Run();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_feeder: %s\n", error.what());
    return 1;
  }
}
