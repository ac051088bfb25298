#pragma once

#include <array>  // array

#include "feedmux/options.hpp"

namespace feedmux::dashboard {

inline constexpr std::array kOptions = {
    OptionSpec{
        .name = "listen",
        .type = OptionType::String,
        .default_value = "127.0.0.1:8080",
        .description = "Address and port of page, API and live WebSocket: 127.0.0.1:8080, "
                       "[::1]:8080, 0.0.0.0:8443 for all of this machine's. Port 0 takes a free "
                       "one, which the log tells. Beyond loopback, give a certificate.",
    },
    OptionSpec{
        .name = "tls_certificate",
        .type = OptionType::Path,
        .description = "PEM file with the certificate and its chain; with tls_key, the dashboard "
                       "speaks HTTPS (TLS 1.2 or newer). Read again when it changes.",
    },
    OptionSpec{
        .name = "tls_key",
        .type = OptionType::Path,
        .description = "PEM file with the certificate's private key, without passphrase.",
    },
    OptionSpec{
        .name = "users_file",
        .type = OptionType::Path,
        .description = "Users and API tokens, as `feedmux user` and `feedmux token` keep them. "
                       "Without this option: the file that these commands use by themselves. If it "
                       "has no user at the first start, one is made and its password printed.",
    },
    OptionSpec{
        .name = "audit_log",
        .type = OptionType::Path,
        .description =
            "File that gets a line of JSON for every action, refused or not, log-in, "
            "failed log-in and log-out. Without this option: audit.log beside the users file.",
    },
    OptionSpec{
        .name = "idle_timeout",
        .type = OptionType::Duration,
        .default_value = "30m",
        .min = 10'000,
        .max = 7 * 86'400'000.0,
        .description = "A session ends when its user asked for nothing for this long. What an open "
                       "page does by itself does not count, nor does its live stream.",
    },
    OptionSpec{
        .name = "session_lifetime",
        .type = OptionType::Duration,
        .default_value = "12h",
        .min = 60'000,
        .max = 30 * 86'400'000.0,
        .description = "A session ends this long after its log-in in any case.",
    },
    OptionSpec{
        .name = "max_connections",
        .type = OptionType::Integer,
        .default_value = "100",
        .min = 1,
        .max = 10'000,
        .description = "Network connections at a time; further ones are told to come back later.",
    },
    OptionSpec{
        .name = "allowed_hosts",
        .type = OptionType::Strings,
        .max = 100,
        .description = "Names that the dashboard may be called by, without port: "
                       "[feed.example.com]. Requests for others are refused. Without this option: "
                       "when listening on loopback, localhost and the loopback addresses; "
                       "otherwise any.",
    },
    OptionSpec{
        .name = "trusted_proxies",
        .type = OptionType::Strings,
        .max = 100,
        .description = "Addresses of reverse proxies: [127.0.0.1]. A request from one of them is "
                       "taken as that of the last address in its X-Forwarded-For that is no such "
                       "proxy, in the audit log and where log-ins are slowed down. Name only "
                       "proxies that set or extend that header.",
    },
};

}  // namespace feedmux::dashboard
