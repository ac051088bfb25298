#pragma once

#include <string>       // string
#include <string_view>  // string_view

#include "net/url.hpp"

namespace feedmux::websocket {

/// Where a WebSocket server is.
struct Url : net::Url {};

/// Reads ws://host[:port][/path][?query] or the same with wss; see net::ParseUrl.
inline bool ParseUrl(std::string_view text, Url& url, std::string& expected) {
  return net::ParseUrl(text, {"ws", "wss", "wss://socket.example.com/stocks"}, url, expected);
}

}  // namespace feedmux::websocket
