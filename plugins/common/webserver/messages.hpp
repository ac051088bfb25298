#pragma once

#include <functional>   // function
#include <string>       // string
#include <string_view>  // string_view
#include <utility>      // pair
#include <vector>       // vector

namespace feedmux::webserver {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A whole request. HEAD is shown as GET: the server leaves the body of the answer out by itself.
struct Request {
  std::string method;
  std::string target;  ///< path and query as the client sent them
  Headers headers;     ///< names in lower case; what came twice is joined with ", ", cookies "; "
  std::string body;
  std::string peer;  ///< the client's address, without its port

  /// Empty if there is no such header.
  std::string_view Header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers) {
      if (name == lower_case_name) return value;
    }
    return {};
  }
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
};

/// Answers one request, once. Thread: the server's; any time later. Without effect if the client
/// has gone or its time is up. May be copied, and let go of, on any thread as long as the server is
/// there.
using Reply = std::function<void(Response)>;

}  // namespace feedmux::webserver
