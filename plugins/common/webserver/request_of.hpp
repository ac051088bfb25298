#pragma once

// Between Beast's messages and ours. Compiles as C++17 only; private to this library.

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <string>  // string

#include "webserver/messages.hpp"

namespace feedmux::webserver {

using RequestHead = boost::beast::http::request_header<>;

/// Fills all but body and peer. Returns why the request cannot be taken, or nothing.
std::string ReadRequest(const RequestHead& head, Request& request);

/// Whether the client wants another protocol than HTTP.
bool IsUpgrade(const RequestHead& head);

struct Handshake {
  std::string problem;  ///< why it is refused, with status and headers; empty: it is in order
  int status = 400;
  Headers headers;
  std::string accept;  ///< the value of Sec-WebSocket-Accept
};
Handshake CheckHandshake(const RequestHead& head);

/// {"error": why} with Content-Type and Cache-Control.
Response ErrorResponse(int status, const std::string& why);

const char* ReasonPhrase(int status);

/// Now, as HTTP writes it: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string DateText();

}  // namespace feedmux::webserver
