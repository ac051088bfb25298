// scripted_vendor [KEY]: a Massive server as a program, for tests that are not written in C++. It
// accepts the API key KEY ("test-key"), prints `port N`, feeds every subscribed symbol with trades
// and quotes, and does what it is told on standard input, a command a line, each answered by `ok`
// or `error: what`:
//
//   drop TOPIC     resets the connection that subscribes to the topic (T.AAPL)
//   evict TOPIC    the same with the vendor's notice that the account has too many connections
//   silence        feeds nothing any more; `speak` undoes it
//   refuse         knows no key any more; `accept` undoes it
//   leave          new connections are refused, as if the server was not there; `return` undoes it
//
// It ends with its input.
#include <atomic>      // atomic
#include <chrono>      // milliseconds, system_clock
#include <cmath>       // lround
#include <iostream>    // cin, cout
#include <map>         // map
#include <random>      // mt19937, normal_distribution
#include <sstream>     // istringstream
#include <stdexcept>   // runtime_error
#include <stop_token>  // stop_token
#include <string>      // string
#include <thread>      // jthread

#include <nlohmann/json.hpp>

#include "scripted_massive_server.hpp"

namespace {

using feedmux::testing::MassiveSession;
using feedmux::testing::ScriptedMassiveServer;

constexpr std::chrono::milliseconds kFeedEvery{50};

std::int64_t NowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// Makes up a market.
class Market {
 public:
  /// A trade or a quote of now, as the vendor writes it.
  std::string EventOf(const std::string& topic) {
    const std::string symbol = topic.substr(topic.find('.') + 1);
    double& price =
        prices_.try_emplace(symbol, 20.0 + 3.7 * static_cast<double>(prices_.size())).first->second;
    price += price * std::normal_distribution{0.0, 0.0002}(random_);
    const auto in_cents = [](double value) {
      return static_cast<double>(std::lround(value * 100)) / 100;
    };
    const long size = 1 + static_cast<long>(random_() % 300);
    nlohmann::json event = {{"sym", symbol}, {"t", NowMs()}, {"q", ++sequence_}};
    if (topic.starts_with("Q.")) {
      event.update({{"ev", "Q"},
                    {"bp", in_cents(price - 0.01)},
                    {"bs", size},
                    {"ap", in_cents(price + 0.01)},
                    {"as", 1 + size / 2}});
    } else {
      event.update({{"ev", "T"}, {"p", in_cents(price)}, {"s", size}});
    }
    return feedmux::testing::FrameOf({event.dump()});
  }

 private:
  std::mt19937 random_{1};
  std::map<std::string, double> prices_;
  std::uint64_t sequence_ = 0;
};

/// [feeding thread]
void Feed(const std::stop_token& stop, ScriptedMassiveServer& server,
          const std::atomic<bool>& is_silent) {
  Market market;
  while (!stop.stop_requested()) {
    if (!is_silent) {
      for (const auto& session : server.Sessions()) {
        if (session.ended) continue;
        for (const std::string& topic : session.subscriptions) {
          server.FeedTopic(topic, market.EventOf(topic));
        }
      }
    }
    std::this_thread::sleep_for(kFeedEvery);
  }
}

void Serve(MassiveSession& client) {
  client.Welcome();
  client.Serve();
}

void RefuseKey(MassiveSession& client) {
  client.Upgrade();
  client.Greet();
  client.Read();
  client.SendStatus("auth_failed", "authentication failed");
}

std::size_t SessionOf(const ScriptedMassiveServer& server, const std::string& topic) {
  const auto sessions = server.Sessions();
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    if (!sessions[i].ended && sessions[i].Subscribes(topic)) return i;
  }
  throw std::runtime_error("no connection subscribes to '" + topic + "'");
}

class Vendor {
 public:
  explicit Vendor(const std::string& api_key) : server_(Accepting(api_key)) {}

  std::uint16_t port() const { return server_.port(); }

  void Do(const std::string& line) {
    std::istringstream words{line};
    std::string command, topic;
    words >> command >> topic;
    if (command == "drop") {
      server_.Do(SessionOf(server_, topic), [](auto& client) { client.Reset(); });
    } else if (command == "evict") {
      server_.Do(SessionOf(server_, topic), [](auto& client) { client.Evict(); });
    } else if (command == "silence" || command == "speak") {
      is_silent_ = command == "silence";
    } else if (command == "refuse" || command == "accept") {
      server_.Always(command == "refuse" ? RefuseKey : Serve);
    } else if (command == "leave") {
      server_.Pause();
    } else if (command == "return") {
      server_.Resume();
    } else {
      throw std::runtime_error("no such command: '" + command + "'");
    }
  }

 private:
  static ScriptedMassiveServer::Options Accepting(const std::string& api_key) {
    ScriptedMassiveServer::Options options;
    options.api_key = api_key;
    return options;
  }

  ScriptedMassiveServer server_;
  std::atomic<bool> is_silent_ = false;
  // Last: it uses the others.
  std::jthread feeding_{[this](const std::stop_token& stop) { Feed(stop, server_, is_silent_); }};
};

}  // namespace

int main(int count, char** arguments) {
  Vendor vendor{count > 1 ? arguments[1] : "test-key"};
  std::cout << "port " << vendor.port() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    try {
      vendor.Do(line);
      std::cout << "ok" << std::endl;
    } catch (const std::exception& error) {
      std::cout << "error: " << error.what() << std::endl;
    }
  }
}
