#include "feedmux/plugin.hpp"

#include "universe_massive/massive_resolver.hpp"
#include "universe_massive/options.hpp"

FEEDMUX_PLUGIN(feedmux::DescribePlugin<feedmux::universe_massive::MassiveResolver>(
    {"massive", "1.0.0", "The vendor's own lists of tickers, by market, type and exchange"},
    feedmux::universe_massive::kOptions));
