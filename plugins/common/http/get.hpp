#pragma once

#include <chrono>     // steady_clock
#include <cstddef>    // size_t
#include <stdexcept>  // runtime_error
#include <string>     // string

#include "net/url.hpp"

namespace feedmux::http {

struct Request {
  net::Url url;
  std::string bearer_token = {};  ///< sent as Authorization; empty: none is sent
  std::string ca_file = {};       ///< PEM file with the authorities to trust; empty: the system's
  std::size_t max_body_bytes = std::size_t{16} << 20;
  std::chrono::steady_clock::time_point deadline;
};

/// Of the header fields those that callers need, as the server wrote them; empty if it did not.
struct Response {
  int status = 0;
  std::string reason;
  std::string retry_after;
  std::string location;
  std::string body;
};

/// There is no whole answer. The text names the server, and nothing secret.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One GET on a connection of its own; returns whatever status the server answers with, redirects
/// included. Name look-up, TCP, TLS and answer together end at the deadline. The certificate of an
/// https server must be trusted and name the host. Throws Error. Thread: any.
Response Get(const Request& request);

}  // namespace feedmux::http
