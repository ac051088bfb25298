// Opens its file when it is constructed.
#include <fstream>

#include "feedmux/plugin.hpp"

namespace {

class EarlySink final : public feedmux::Sink {
 public:
  EarlySink(feedmux::Host&, const feedmux::Options&) : file_("/dev/null") {}
  void OnTicks(std::span<const feedmux::Tick>) override {}

 private:
  std::ofstream file_;
};

}  // namespace

FEEDMUX_PLUGIN(feedmux::DescribePlugin<EarlySink>({"early", "1.0.0", "Opens its file too early"}));
