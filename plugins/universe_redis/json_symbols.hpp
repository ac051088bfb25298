#pragma once

#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::universe_redis {

/// The symbols in a JSON text, in order, each once: ["AAPL", ...], {"symbols": [...]} or
/// {"stocks": [...]}, where a symbol stands as text or as {"ticker": "AAPL", ...} or
/// {"symbol": ...}. Throws std::invalid_argument, which says where, what was found and what would
/// be valid.
std::vector<std::string> ReadJsonSymbols(std::string_view text);

}  // namespace feedmux::universe_redis
