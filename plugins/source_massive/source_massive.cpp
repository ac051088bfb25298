#include "feedmux/plugin.hpp"
#include "source_massive/massive_source.hpp"
#include "source_massive/option_table.hpp"

FEEDMUX_PLUGIN(feedmux::DescribePlugin<feedmux::massive::MassiveSource>(
    {"massive", "1.0.0", "Real-time market data of Massive (formerly Polygon.io) by WebSocket"},
    feedmux::massive::kSourceOptions));
