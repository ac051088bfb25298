#pragma once

#include <array>  // array

#include "feedmux/options.hpp"
#include "redis/endpoint_options.hpp"

namespace feedmux::redis {

inline constexpr int kMaxChannels = 16;

inline constexpr std::array kOptions = {
    kUrlOption,
    kUnixSocketOption,
    OptionSpec{
        .name = "username",
        .type = OptionType::String,
        .description = "ACL user; needs a password. Beside its data commands the user must be "
                       "allowed MULTI and EXEC; CLIENT and INFO are used if allowed.",
    },
    kPasswordOption,
    kDatabaseOption,
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
    kConnectTimeoutOption,
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
