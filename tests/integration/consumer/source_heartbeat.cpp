// A source that publishes one value tick a second for each of its tickers.
#include <condition_variable>  // condition_variable_any
#include <mutex>               // mutex

#include "feedmux/plugin.hpp"

namespace {

class Heartbeat final : public feedmux::Connection {
 public:
  Heartbeat(feedmux::Host& host, std::chrono::milliseconds interval,
            const feedmux::ConnectionSpec& spec)
      : host_(host), interval_(interval), tickers_(spec.tickers) {}

  void Run(feedmux::Publisher& publisher, std::stop_token stop) override {
    publisher.Connected();
    while (!stop.stop_requested()) {
      feedmux::Batch& batch = publisher.NewBatch();
      for (const std::string& ticker : Tickers()) {
        ++batch.events;
        feedmux::Tick& tick = batch.Add(feedmux::Kind::Value);
        tick.symbol = host_.symbols().Intern(ticker);
        tick.ts_event_ns = tick.ts_recv_ns;
        tick.price = 1;
      }
      publisher.Publish(batch);
      std::unique_lock lock{mutex_};
      wake_.wait_for(lock, stop, interval_, [] { return false; });
    }
  }

  void Subscribe(const std::vector<std::string>& tickers) override {
    const std::lock_guard lock{mutex_};
    tickers_.insert(tickers_.end(), tickers.begin(), tickers.end());
  }

  void Unsubscribe(const std::vector<std::string>& tickers) override {
    const std::lock_guard lock{mutex_};
    for (const std::string& ticker : tickers) std::erase(tickers_, ticker);
  }

 private:
  // A copy, so that Subscribe never waits for a Publish that blocks.
  std::vector<std::string> Tickers() const {
    const std::lock_guard lock{mutex_};
    return tickers_;
  }

  feedmux::Host& host_;
  const std::chrono::milliseconds interval_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::vector<std::string> tickers_;  // guarded by mutex_
};

constexpr feedmux::OptionSpec kOptions[] = {
    {.name = "interval",
     .type = feedmux::OptionType::Duration,
     .default_value = "1s",
     .min = 1,
     .description = "Time between two heartbeats"},
};

class HeartbeatSource final : public feedmux::Source {
 public:
  HeartbeatSource(feedmux::Host& host, const feedmux::Options& options)
      : host_(host), interval_(options.Duration("interval")) {}

  std::unique_ptr<feedmux::Connection> NewConnection(const feedmux::ConnectionSpec& spec) override {
    return std::make_unique<Heartbeat>(host_, interval_, spec);
  }

 private:
  feedmux::Host& host_;
  const std::chrono::milliseconds interval_;
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<HeartbeatSource>(
    {"heartbeat", "1.0.0", "Publishes one tick per ticker and interval"}, kOptions));
