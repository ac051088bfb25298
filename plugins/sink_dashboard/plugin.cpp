#include "feedmux/plugin.hpp"

#include "sink_dashboard/dashboard_sink.hpp"
#include "sink_dashboard/options.hpp"

FEEDMUX_PLUGIN(feedmux::DescribePlugin<feedmux::dashboard::DashboardSink>(
    {"dashboard", "1.0.0", "Shows and steers the engine in the browser"},
    feedmux::dashboard::kOptions));
