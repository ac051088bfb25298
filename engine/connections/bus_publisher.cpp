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
  bus_.Publish(std::exchange(filling_, {}));
}

}  // namespace feedmux
