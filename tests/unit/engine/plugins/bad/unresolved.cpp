#include "feedmux/plugin.hpp"

namespace feedmux {

void NotThere(int);  // in no library

namespace {

class UnresolvedSink final : public Sink {
 public:
  UnresolvedSink(Host&, const Options&) {}
  void OnTicks(std::span<const Tick>) override { NotThere(1); }
};

}  // namespace
}  // namespace feedmux

FEEDMUX_PLUGIN(feedmux::DescribePlugin<feedmux::UnresolvedSink>({"unresolved", "1.0.0",
                                                                 "Cannot be loaded"}));
