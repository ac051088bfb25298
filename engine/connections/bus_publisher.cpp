#include "connections/bus_publisher.hpp"

#include <cstdint>    // uintptr_t
#include <stdexcept>  // logic_error
#include <string>     // string, to_string
#include <utility>    // exchange

namespace feedmux {
namespace {

bool IsPluginsKind(Kind kind) {
  return static_cast<std::size_t>(kind) < kKindCount && kind != Kind::Gap;
}

bool IsOfFrame(const Tick& tick, const std::string& frame) {
  if (tick.raw_size == 0) return true;
  const std::uintptr_t offset = reinterpret_cast<std::uintptr_t>(tick.raw_data) -
                                reinterpret_cast<std::uintptr_t>(frame.data());
  return tick.raw_size <= frame.size() && offset <= frame.size() - tick.raw_size;
}

/// Keeps from the sinks what would take them down, and from the ledger what is the engine's own.
void CheckTicks(const Batch& batch) {
  for (const Tick& tick : batch.ticks) {
    if (!IsPluginsKind(tick.kind)) {
      throw std::logic_error("Publish takes no tick of kind " +
                             std::to_string(static_cast<int>(tick.kind)) +
                             ": it is none, or the engine's own (gap)");
    }
    if (!IsOfFrame(tick, batch.frame)) {
      throw std::logic_error("Publish takes no tick whose raw bytes are not of the batch's frame");
    }
  }
}

}  // namespace

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
  CheckTicks(*filling_);
  filling_->connection = connection_;  // whatever the plugin did to it: the ledger goes by it
  meter_.Count(filling_->ticks.data(), filling_->ticks.size(), filling_->ts_recv_ns);
  const BatchRef filled = std::exchange(filling_, {});
  const ConnectionMeter::Publishing publishing{meter_};
  overlaps_.active() ? overlaps_.Publish(filled) : bus_.Publish(filled);
}

}  // namespace feedmux
