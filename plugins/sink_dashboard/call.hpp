#pragma once

#include <optional>   // optional
#include <stdexcept>  // runtime_error
#include <string>     // string
#include <utility>    // move
#include <vector>     // vector

#include <nlohmann/json.hpp>

#include "sink_dashboard/identity.hpp"
#include "sink_dashboard/request_parts.hpp"
#include "webserver/messages.hpp"

namespace feedmux::dashboard {

/// An answer other than 2xx; the text is for the client.
class Problem : public std::runtime_error {
 public:
  Problem(int status, const std::string& text, webserver::Headers headers = {})
      : std::runtime_error(text), status_(status), headers_(std::move(headers)) {}
  int status() const { return status_; }
  const webserver::Headers& headers() const { return headers_; }

 private:
  int status_;
  webserver::Headers headers_;
};

/// One request on its way through its route. What outlives the handler's call copies what it needs.
struct Call {
  const webserver::Request& request;
  const Target& target;
  std::vector<std::string> captured;    ///< what stood for the pattern's {…}, in order
  const std::optional<Caller>& caller;  ///< set where the route needs somebody
  const std::string& address;           ///< the caller's
  std::string_view action;              ///< of the route
  nlohmann::ordered_json body;          ///< of a POST; an empty object if there was none
  const webserver::Reply& reply;

  /// How logs name who it is: "alice from 10.0.0.7".
  std::string Who() const { return caller->Subject() + " from " + address; }
};

webserver::Response JsonResponse(const nlohmann::ordered_json& json, int status = 200);
webserver::Response ProblemResponse(const Problem& problem);
webserver::Response Redirect(const std::string& location);

/// The whole number in the query, or `absent`. Throws Problem.
std::uint64_t QueryNumber(const Target& target, const std::string& name, std::uint64_t absent,
                          std::uint64_t most);

/// A text in the body. Throws Problem.
std::string BodyText(const nlohmann::ordered_json& body, const char* name, std::size_t most_bytes);

/// The body of a POST as JSON. Throws Problem.
nlohmann::ordered_json ReadBody(const webserver::Request& request);

}  // namespace feedmux::dashboard
