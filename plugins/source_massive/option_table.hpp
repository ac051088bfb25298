#pragma once

#include "feedmux/options.hpp"

namespace feedmux::massive {

inline constexpr OptionSpec kSourceOptions[] = {
    {.name = "url",
     .type = OptionType::String,
     .required = true,
     .description = "ws:// or wss:// and the server; the path is the market: /stocks, /options, "
                    "/indices, /forex, /crypto, /futures or /futures/VENUE"},
    {.name = "api_key",
     .type = OptionType::String,
     .required = true,
     .secret = true,
     .description = "The account's key"},
    {.name = "channels",
     .type = OptionType::Strings,
     .default_value = "T",
     .min = 1,
     .description = "What to subscribe to for each symbol, such as T (trades), Q (quotes), A "
                    "(second bars), AM (minute bars); each market has its own"},
    {.name = "ca_file",
     .type = OptionType::Path,
     .description = "PEM file of the authorities that may vouch for the server, in place of the "
                    "system's"},
    {.name = "connect_timeout",
     .type = OptionType::Duration,
     .default_value = "10s",
     .min = 100,
     .max = 300'000,
     .description = "For name look-up, TCP, TLS and WebSocket upgrade together"},
    {.name = "auth_timeout",
     .type = OptionType::Duration,
     .default_value = "10s",
     .min = 100,
     .max = 300'000,
     .description = "For the server's greeting, and again for its answer to the key"},
    {.name = "ack_timeout",
     .type = OptionType::Duration,
     .default_value = "10s",
     .min = 100,
     .max = 3'600'000,
     .description = "After this, subscriptions that were not confirmed are reported"},
    {.name = "ping_interval",
     .type = OptionType::Duration,
     .default_value = "20s",
     .min = 100,
     .max = 3'600'000,
     .description = "Time between two pings to the server"},
    {.name = "dead_after",
     .type = OptionType::Duration,
     .default_value = "35s",
     .min = 200,
     .max = 7'200'000,
     .description = "The connection is lost if not a byte arrived for this long; more than "
                    "ping_interval"},
    {.name = "max_message_bytes",
     .type = OptionType::Bytes,
     .default_value = "16MiB",
     .min = 65'536,
     .max = 1'073'741'824,
     .description = "A longer message from the server is a breach of protocol"},
    {.name = "subscribe_bytes",
     .type = OptionType::Bytes,
     .default_value = "256KiB",
     .min = 1'024,
     .max = 900'000,
     .description = "Longest subscribe message; the server takes less than 1 MB"},
};

}  // namespace feedmux::massive
