#include "connections/bus_publisher.hpp"

#include <stdexcept>  // logic_error
#include <utility>    // exchange

namespace feedmux {

Batch& BusPublisher::NewBatch() {
  if (filling_) {
    filling_->Clear();
  } else {
    filling_ = bus_.NewBatch();
  }
  filling_->connection = connection_;
  filling_->ts_recv_ns = clock_.UtcNs();
  return *filling_;
}

void BusPublisher::Publish(Batch& batch) {
  if (!filling_ || &batch != &*filling_) {
    throw std::logic_error("Publish takes the batch that NewBatch gave, once");
  }
  filling_->connection = connection_;  // whatever the plugin did to it: the ledger goes by it
  meter_.Count(filling_->ticks.data(), filling_->ticks.size(), filling_->ts_recv_ns);
  const BatchRef filled = std::exchange(filling_, {});
  const ConnectionMeter::Publishing publishing{meter_};
  overlaps_.active() ? overlaps_.Publish(filled) : bus_.Publish(filled);
}

}  // namespace feedmux
