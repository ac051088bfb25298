#include "feedmux/plugin.hpp"

#include "universe_redis/options.hpp"
#include "universe_redis/redis_resolver.hpp"

FEEDMUX_PLUGIN(feedmux::DescribePlugin<feedmux::universe_redis::RedisResolver>(
    {"redis", "1.0.0", "Symbol lists from Redis: sets, lists and JSON"},
    feedmux::universe_redis::kOptions));
