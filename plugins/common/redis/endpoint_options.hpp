#pragma once

#include "feedmux/options.hpp"
#include "redis/endpoint.hpp"

namespace feedmux::redis {

// Rows that the option tables of all plugins for Redis have. "username" is each plugin's own: what
// the user must be allowed to do differs.

inline constexpr OptionSpec kUrlOption{
    .name = "url",
    .type = OptionType::String,
    .default_value = "redis://127.0.0.1:6379",
    .secret = true,
    .description =
        "Where Redis is: redis://[user:password@]host[:port][/database] or "
        "unix://[user:password@]/path[?db=N]; without it, redis://127.0.0.1:6379. Secret "
        "because it may hold a password. An option below takes the place of the same thing in "
        "the url.",
};
inline constexpr OptionSpec kUnixSocketOption{
    .name = "unix_socket",
    .type = OptionType::Path,
    .description = "A Unix socket to connect to instead of the url's host and port.",
};
inline constexpr OptionSpec kPasswordOption{
    .name = "password",
    .type = OptionType::String,
    .secret = true,
    .description = "Password of the user, or of the default user.",
};
inline constexpr OptionSpec kDatabaseOption{
    .name = "database",
    .type = OptionType::Integer,
    .min = 0,
    .max = 2147483647,
    .description = "Number of the database; 0 if neither this nor the url says one.",
};
inline constexpr OptionSpec kConnectTimeoutOption{
    .name = "connect_timeout",
    .type = OptionType::Duration,
    .default_value = "3s",
    .min = 1,
    .max = 600'000,
    .description = "How long to wait for a connection.",
};

/// The endpoint that url, unix_socket, username, password and database say together. Throws
/// OptionError.
Endpoint ReadEndpoint(const Options& options);

}  // namespace feedmux::redis
