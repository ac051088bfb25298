#include "console_sink.hpp"
#include "feedmux/plugin.hpp"
#include "options.hpp"

FEEDMUX_PLUGIN(feedmux::DescribePlugin<feedmux::console::ConsoleSink>(
    {"console", "1.0.0", "Writes one line a tick, or a summary line each second"},
    feedmux::console::kOptionTable));
