#include "lines_sink.hpp"

constexpr feedmux::PluginInfo kInfo = {"lines", "1.0.0", "Appends one line a tick to a file"};

FEEDMUX_PLUGIN(feedmux::DescribePlugin<lines::LinesSink>(kInfo, lines::kOptions));
