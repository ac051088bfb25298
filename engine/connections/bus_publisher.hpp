#pragma once

#include <functional>   // function
#include <string_view>  // string_view

#include "bus/bus.hpp"
#include "connections/connection_meter.hpp"
#include "connections/overlaps.hpp"
#include "feedmux/host.hpp"
#include "feedmux/publisher.hpp"

namespace feedmux {

/// A connection's publisher: batches from the bus' pool, filled by the connection, metered, and
/// published there, without what has come over another connection already.
class BusPublisher final : public Publisher {
 public:
  struct Events {
    std::function<void()> connected;
    std::function<void(const std::vector<std::string>&)> subscribed;
    std::function<void(std::string_view)> error;
  };

  /// All of these outlive it.
  BusPublisher(Bus& bus, Overlaps& overlaps, ConnectionMeter& meter, const Clock& clock,
               ConnectionIndex connection, Events events)
      : bus_(bus),
        overlaps_(overlaps),
        meter_(meter),
        clock_(clock),
        connection_(connection),
        events_(std::move(events)) {}

  void Connected() override { events_.connected(); }
  void Subscribed(const std::vector<std::string>& tickers) override { events_.subscribed(tickers); }
  void ReportError(std::string_view what) override { events_.error(what); }
  Batch& NewBatch() override;
  void Publish(Batch& batch) override;

 private:
  Bus& bus_;
  Overlaps& overlaps_;
  ConnectionMeter& meter_;
  const Clock& clock_;
  const ConnectionIndex connection_;
  const Events events_;
  BatchRef filling_;
};

}  // namespace feedmux
