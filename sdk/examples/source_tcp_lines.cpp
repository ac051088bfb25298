#include "tcp_lines_source.hpp"

constexpr feedmux::PluginInfo kInfo = {"tcp_lines", "1.0.0", "Trades as lines of text over TCP"};

FEEDMUX_PLUGIN(feedmux::DescribePlugin<tcp_lines::LinesSource>(kInfo, tcp_lines::kOptions));
