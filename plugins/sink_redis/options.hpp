#pragma once

#include <array>  // array

#include "feedmux/options.hpp"

namespace feedmux::redis {

inline constexpr int kMaxChannels = 16;

inline constexpr std::array kOptions = {
    OptionSpec{
        .name = "url",
        .type = OptionType::String,
        .default_value = "redis://127.0.0.1:6379",
        .secret = true,
        .description =
            "Where Redis is: redis://[user:password@]host[:port][/database] or "
            "unix://[user:password@]/path[?db=N]; without it, redis://127.0.0.1:6379. Secret "
            "because it may hold a password. An option below takes the place of the same thing in "
            "the url.",
    },
    OptionSpec{
        .name = "unix_socket",
        .type = OptionType::Path,
        .description = "A Unix socket to connect to instead of the url's host and port.",
    },
    OptionSpec{
        .name = "username",
        .type = OptionType::String,
        .description = "ACL user; needs a password. Beside its data commands the user must be "
                       "allowed MULTI and EXEC; CLIENT and INFO are used if allowed.",
    },
    OptionSpec{
        .name = "password",
        .type = OptionType::String,
        .secret = true,
        .description = "Password of the user, or of the default user.",
    },
    OptionSpec{
        .name = "database",
        .type = OptionType::Integer,
        .min = 0,
        .max = 2147483647,
        .description = "Number of the database; 0 if neither this nor the url says one.",
    },
    OptionSpec{
        .name = "channels",
        .type = OptionType::Strings,
        .default_value = "tickstock:market:ticks",
        .min = 1,
        .max = kMaxChannels,
        .description = "Channels (with mode stream: keys of streams) that every tick is written "
                       "to. {symbol}, {kind}, {source} and {connection} stand for the tick's own.",
    },
    OptionSpec{
        .name = "format",
        .type = OptionType::Choice,
        .default_value = "tickstock",
        .choices = "tickstock|raw|full",
        .description = "tickstock: one small JSON object, the same for every kind. raw: the "
                       "vendor's event byte for byte (ticks without one, such as synthetic ones, "
                       "go out as full). full: JSON of every decoded field.",
    },
    OptionSpec{
        .name = "mode",
        .type = OptionType::Choice,
        .default_value = "pubsub",
        .choices = "pubsub|stream",
        .description = "pubsub: PUBLISH. stream: XADD, one entry a tick, its message in the field "
                       "\"data\".",
    },
    OptionSpec{
        .name = "stream_max_length",
        .type = OptionType::Integer,
        .default_value = "1000000",
        .min = 0,
        .max = 1e15,
        .description = "Entries that Redis keeps in each stream, approximately (MAXLEN ~); 0: all.",
    },
    OptionSpec{
        .name = "last_value_hash",
        .type = OptionType::String,
        .description = "Key of a hash that holds the last value of a symbol, such as "
                       "\"last:{symbol}\" or \"last:{kind}:{symbol}\"; the placeholders of "
                       "channels, {symbol} among them. Fields: kind, price, volume, timestamp, "
                       "source, as in the format tickstock; ticks without a price leave it as it "
                       "is. Without this option no hash is written.",
    },
    OptionSpec{
        .name = "connect_timeout",
        .type = OptionType::Duration,
        .default_value = "3s",
        .min = 1,
        .max = 600'000,
        .description = "How long to wait for a connection.",
    },
    OptionSpec{
        .name = "io_timeout",
        .type = OptionType::Duration,
        .default_value = "5s",
        .min = 1,
        .max = 600'000,
        .description = "How long Redis may keep silent, or take nothing, before the connection "
                       "counts as lost.",
    },
};

}  // namespace feedmux::redis
