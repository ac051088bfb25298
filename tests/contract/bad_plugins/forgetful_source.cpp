// Forgets to account for an event.
#include "feedmux/plugin.hpp"

namespace {

class ForgetfulConnection final : public feedmux::Connection {
 public:
  ForgetfulConnection(feedmux::Host& host, const feedmux::ConnectionSpec& spec)
      : symbol_(host.symbols().Intern(spec.tickers.front())) {}

  void Run(feedmux::Publisher& publisher, std::stop_token stop) override {
    publisher.Connected();
    while (!stop.stop_requested()) {
      feedmux::Batch& batch = publisher.NewBatch();
      batch.events = 2;
      batch.Add(feedmux::Kind::Trade).symbol = symbol_;
      publisher.Publish(batch);
    }
  }
  void Subscribe(const std::vector<std::string>&) override {}
  void Unsubscribe(const std::vector<std::string>&) override {}

 private:
  const feedmux::SymbolId symbol_;
};

class ForgetfulSource final : public feedmux::Source {
 public:
  ForgetfulSource(feedmux::Host& host, const feedmux::Options&) : host_(host) {}
  std::unique_ptr<feedmux::Connection> NewConnection(const feedmux::ConnectionSpec& spec) override {
    return std::make_unique<ForgetfulConnection>(host_, spec);
  }

 private:
  feedmux::Host& host_;
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<ForgetfulSource>({"forgetful", "1.0.0", "Loses count"}));
