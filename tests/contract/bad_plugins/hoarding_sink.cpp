// Looks at a tick again after OnTicks has returned.
#include "feedmux/plugin.hpp"

namespace {

class HoardingSink final : public feedmux::Sink {
 public:
  HoardingSink(feedmux::Host&, const feedmux::Options&) {}
  void OnTicks(std::span<const feedmux::Tick> ticks) override {
    if (last_) price_ = last_->price;
    last_ = &ticks.back();
  }

 private:
  const feedmux::Tick* last_ = nullptr;
  volatile double price_ = 0;
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<HoardingSink>({"hoarding", "1.0.0", "Keeps too much"}));
