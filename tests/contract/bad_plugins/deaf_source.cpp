// Does not listen to the request to stop.
#include <chrono>
#include <thread>

#include "feedmux/plugin.hpp"

namespace {

class DeafConnection final : public feedmux::Connection {
 public:
  void Run(feedmux::Publisher& publisher, std::stop_token) override {
    publisher.Connected();
    std::this_thread::sleep_for(std::chrono::minutes{10});
  }
  void Subscribe(const std::vector<std::string>&) override {}
  void Unsubscribe(const std::vector<std::string>&) override {}
};

class DeafSource final : public feedmux::Source {
 public:
  DeafSource(feedmux::Host&, const feedmux::Options&) {}
  std::unique_ptr<feedmux::Connection> NewConnection(const feedmux::ConnectionSpec&) override {
    return std::make_unique<DeafConnection>();
  }
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<DeafSource>({"deaf", "1.0.0", "Never stops"}));
