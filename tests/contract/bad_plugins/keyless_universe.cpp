// Needs no network, and cannot tell its keys all the same.
#include <stdexcept>

#include "feedmux/plugin.hpp"

namespace {

class KeylessUniverse final : public feedmux::UniverseResolver {
 public:
  KeylessUniverse(feedmux::Host&, const feedmux::Options&) {}
  std::optional<std::vector<std::string>> Resolve(std::string_view) override {
    return std::nullopt;
  }
  std::vector<std::string> Keys() override { throw std::runtime_error("a bug"); }
  bool ResolvesOffline() const override { return true; }
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<KeylessUniverse>({"keyless", "1.0.0", "Lost its keys"}));
