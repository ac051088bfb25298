#pragma once

#include <chrono>    // milliseconds
#include <cstddef>   // size_t
#include <optional>  // optional
#include <string>    // string
#include <vector>    // vector

#include "feedmux/options.hpp"
#include "massive/market.hpp"
#include "websocket/client.hpp"
#include "websocket/url.hpp"

namespace feedmux::massive {

/// The options of the table as the source uses them.
struct SourceOptions {
  websocket::Url url;
  /// Nothing for a path that the protocol does not name.
  std::optional<Market> market;
  std::string api_key;
  std::vector<std::string> channels;  ///< each once
  websocket::ClientOptions client;
  std::chrono::milliseconds auth_timeout;
  std::chrono::milliseconds ack_timeout;
  std::size_t subscribe_bytes;  ///< of one subscribe message at most
};

/// Throws OptionError for what the table cannot rule out.
SourceOptions ReadSourceOptions(const Options& options);

}  // namespace feedmux::massive
