#pragma once

#include <functional>   // function
#include <string_view>  // string_view

#include "bus/bus.hpp"
#include "feedmux/host.hpp"
#include "feedmux/publisher.hpp"

namespace feedmux {

/// A connection's publisher: batches from the bus' pool, filled by the connection, published there.
class BusPublisher final : public Publisher {
 public:
  struct Events {
    std::function<void()> connected;
    std::function<void(const std::vector<std::string>&)> subscribed;
    std::function<void(std::string_view)> error;
  };

  BusPublisher(Bus& bus, const Clock& clock, ConnectionIndex connection, Events events)
      : bus_(bus), clock_(clock), connection_(connection), events_(std::move(events)) {}

  void Connected() override { events_.connected(); }
  void Subscribed(const std::vector<std::string>& tickers) override { events_.subscribed(tickers); }
  void ReportError(std::string_view what) override { events_.error(what); }
  Batch& NewBatch() override;
  void Publish(Batch& batch) override;

 private:
  Bus& bus_;
  const Clock& clock_;
  const ConnectionIndex connection_;
  const Events events_;
  BatchRef filling_;
};

}  // namespace feedmux
