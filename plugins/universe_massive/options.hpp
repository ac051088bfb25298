#pragma once

#include "feedmux/options.hpp"

namespace feedmux::universe_massive {

inline constexpr OptionSpec kOptions[] = {
    {.name = "base_url",
     .type = OptionType::String,
     .default_value = "https://api.massive.com",
     .description = "Where the vendor's REST API is; http:// only for this machine"},
    {.name = "api_key",
     .type = OptionType::String,
     .required = true,
     .secret = true,
     .description = "The account's key"},
    {.name = "prefix",
     .type = OptionType::String,
     .default_value = "massive:",
     .description = "What the keys of these universes begin with; behind it stands "
                    "market[/type[/exchange]], as in massive:stocks/CS/XNYS"},
    {.name = "cache_dir",
     .type = OptionType::Path,
     .description = "Folder for the answers, made if it is missing; without it they are kept only "
                    "while the engine runs"},
    {.name = "max_age",
     .type = OptionType::Duration,
     .default_value = "24h",
     .min = 0,
     .max = 31'536'000'000,
     .description = "A younger answer from the cache is used without asking the vendor"},
    {.name = "ca_file",
     .type = OptionType::Path,
     .description = "PEM file of the authorities that may vouch for the server, in place of the "
                    "system's"},
    {.name = "timeout",
     .type = OptionType::Duration,
     .default_value = "30s",
     .min = 100,
     .max = 600'000,
     .description = "For all pages of one universe together, waiting between attempts included"},
    {.name = "retries",
     .type = OptionType::Integer,
     .default_value = "3",
     .min = 0,
     .max = 20,
     .description = "How often a page is asked for again after HTTP 429 or 5xx"},
    {.name = "max_retry_wait",
     .type = OptionType::Duration,
     .default_value = "15s",
     .min = 0,
     .max = 600'000,
     .description =
         "Longest wait before such an attempt; a server that asks for more (Retry-After) "
         "is not asked again"},
    {.name = "max_response_bytes",
     .type = OptionType::Bytes,
     .default_value = "16MiB",
     .min = 1'024,
     .max = 1'073'741'824,
     .description = "A page that is larger is an error"},
    {.name = "max_pages",
     .type = OptionType::Integer,
     .default_value = "100",
     .min = 1,
     .max = 10'000,
     .description = "More pages, of 1000 tickers each, are an error"},
};

}  // namespace feedmux::universe_massive
