#include "feedmux/plugin.hpp"

#include "sink_redis/options.hpp"
#include "sink_redis/redis_sink.hpp"

FEEDMUX_PLUGIN(feedmux::DescribePlugin<feedmux::redis::RedisSink>(
    {"redis", "1.0.0", "Publishes every tick to Redis channels or streams"},
    feedmux::redis::kOptions));
