#pragma once

#include <array>  // array

#include "feedmux/options.hpp"
#include "redis/endpoint_options.hpp"

namespace feedmux::universe_redis {

inline constexpr std::array kOptions = {
    redis::kUrlOption,
    redis::kUnixSocketOption,
    OptionSpec{
        .name = "username",
        .type = OptionType::String,
        .description = "ACL user; needs a password. The user must be allowed TYPE, SCARD, "
                       "SMEMBERS, LLEN, LRANGE, STRLEN and GET; for hints also SCAN and GETRANGE.",
    },
    redis::kPasswordOption,
    redis::kDatabaseOption,
    OptionSpec{
        .name = "key",
        .type = OptionType::String,
        .default_value = "{key}",
        .description = "The Redis key of a universe: {key} stands for the universe's key, as in "
                       "\"universe:{key}\".",
    },
    redis::kConnectTimeoutOption,
    OptionSpec{
        .name = "timeout",
        .type = OptionType::Duration,
        .default_value = "5s",
        .min = 1,
        .max = 600'000,
        .description = "How long Redis may take for all its answers about one universe.",
    },
};

}  // namespace feedmux::universe_redis
