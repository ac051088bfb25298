#include "feedmux/plugin.hpp"
#include "options.hpp"
#include "synthetic_source.hpp"

FEEDMUX_PLUGIN(feedmux::DescribePlugin<feedmux::synthetic::SyntheticSource>(
    {"synthetic", "1.0.0", "Makes trades, quotes and bars of a simulated market"},
    feedmux::synthetic::kOptionTable));
