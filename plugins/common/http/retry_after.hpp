#pragma once

#include <chrono>    // seconds, system_clock
#include <optional>  // optional
#include <string>    // string

namespace feedmux::http {

/// How long a Retry-After field asks to wait, given as seconds or as a date; not below 0. Nothing
/// if it is neither.
std::optional<std::chrono::seconds> ParseRetryAfter(const std::string& text,
                                                    std::chrono::system_clock::time_point now);

}  // namespace feedmux::http
