#pragma once

#include <string>  // string

#include "http/get.hpp"

namespace feedmux::universe_massive {

/// Why an answer with another status than 200 is of no use, for people. Where the server repeats
/// the key, it is replaced by ***.
std::string StatusText(const http::Response& response, const std::string& api_key);

/// Whether the same request may succeed later: 429 and 5xx.
bool IsTemporary(int status);

}  // namespace feedmux::universe_massive
