// Gives a list in another order each time.
#include <algorithm>

#include "feedmux/plugin.hpp"

namespace {

class FickleUniverse final : public feedmux::UniverseResolver {
 public:
  FickleUniverse(feedmux::Host&, const feedmux::Options&) {}
  std::optional<std::vector<std::string>> Resolve(std::string_view key) override {
    if (key != "all") return std::nullopt;
    std::reverse(symbols_.begin(), symbols_.end());
    return symbols_;
  }
  std::vector<std::string> Keys() override { return {"all"}; }

 private:
  std::vector<std::string> symbols_ = {"AAPL", "MSFT"};
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<FickleUniverse>({"fickle", "1.0.0", "Changes its mind"}));
