#pragma once

#include <cstdint>      // uint64_t
#include <string>       // string
#include <string_view>  // string_view

#include "feedmux/tick.hpp"

namespace feedmux::synthetic {

// The events as Massive sends them for stocks, appended to `frame`. `symbol` is a JSON string,
// quotes included. They allocate only to let `frame` grow.

/// {"ev":"T",...}. Also notes in `tick` where its id stands.
void AppendTrade(std::string& frame, Tick& tick, std::string_view symbol, std::uint64_t id);

/// {"ev":"Q",...}
void AppendQuote(std::string& frame, const Tick& tick, std::string_view symbol);

/// {"ev":"A",...} for a window of one second, {"ev":"AM",...} for longer ones.
void AppendBar(std::string& frame, const Tick& tick, std::string_view symbol, std::uint64_t trades);

/// `text` as a JSON string; bytes that are no UTF-8 are replaced.
std::string JsonString(std::string_view text);

}  // namespace feedmux::synthetic
